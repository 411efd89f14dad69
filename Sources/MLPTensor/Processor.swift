import CProcessor

/// The processor that this room was compiled for.
package enum Processor {
  /// Without it, every multiply-add is a call of `fmaf`: about a hundred times slower, the bits the same.
  package static var hasFusedMultiplyAdd: Bool { MLPC_HAS_FUSED_MULTIPLY_ADD != 0 }

  /// Bits of a vector register: 128, 256 or 512.
  package static var vectorBits: Int { Int(MLPC_VECTOR_BITS) }

  /// Whether the processor that runs this has the instructions that the room was compiled to.
  package static var runsThisBuild: Bool {
    mlpc_processor_has_vectors(MLPC_VECTOR_BITS) != 0
  }
}
