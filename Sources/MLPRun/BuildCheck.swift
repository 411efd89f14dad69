import MLPTensor

/// Whether this build can run on this processor, and how well.
package struct BuildCheck: Sendable {
  let vectorBits: Int
  let hasFusedMultiplyAdd: Bool
  let isSupported: Bool

  /// Of this program on this machine.
  package static var here: BuildCheck {
    BuildCheck(
      vectorBits: Processor.vectorBits, hasFusedMultiplyAdd: Processor.hasFusedMultiplyAdd,
      isSupported: Processor.runsThisBuild)
  }

  /// Why nothing can be computed here; nil where it can.
  package var obstacle: String? {
    guard !isSupported else { return nil }
    let fused = hasFusedMultiplyAdd ? " and fused multiply-add" : ""
    return "this program was built for a processor with \(vectorBits)-bit vectors\(fused), "
      + "which this one lacks; build it here, or elsewhere with MLPC_CPU=x86-64-v3 or x86-64"
  }

  /// Why it will be slow; nil where it won't.
  package var warning: String? {
    guard !hasFusedMultiplyAdd else { return nil }
    return
      "this program was built without fused multiply-add and is about a hundred times slower than it "
      + "could be; build it for this processor, or with MLPC_CPU=x86-64-v3"
  }
}
