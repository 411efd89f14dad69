import MLPTensor

extension PreparedData {
  /// 16 hexadecimal digits that two sets of data share if their samples and labels are the same, and hardly
  /// otherwise; made as `Fingerprint` says of the training samples, their labels, the test samples and theirs.
  package var hash: String {
    knownHash.withLock { known in
      let hash = known ?? fingerprint
      known = hash
      return hash
    }
  }

  private var fingerprint: String {
    var fingerprint = Fingerprint()
    fingerprint.add(samples)
    if let test { fingerprint.add(test) }
    return fingerprint.text
  }
}

/// A hash of 64 bits over words w of 8 bytes, little-endian, each list after its length and filled up with zeros:
/// h ← (h ⊕ w) · 0x100000001B3, then h ← h ⊕ ⌊h / 2^32⌋, beginning with 0xCBF29CE484222325. No protection against
/// forgery.
package struct Fingerprint: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package mutating func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { add($0) }
  }

  package mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ samples: Samples) {
    switch samples.storage {
    case .bytes(let bytes): add(bytes)
    case .floats(let floats): floats.withUnsafeBytes { add($0) }
    }
    samples.labels.withUnsafeBytes { add($0) }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    add(UInt64(bytes.count))
    let whole = bytes.count / 8 * 8
    for offset in stride(from: 0, to: whole, by: 8) {
      add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    guard whole < bytes.count else { return }
    var last: UInt64 = 0
    for offset in (whole..<bytes.count).reversed() { last = last << 8 | UInt64(bytes[offset]) }
    add(last)
  }

  @inline(__always)
  private mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x100_0000_01B3
    state ^= state >> 32
  }

  /// 16 hexadecimal digits.
  package var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
