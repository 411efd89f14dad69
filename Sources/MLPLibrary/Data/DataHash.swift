/// 64 bits that tell data sets apart: a mix of eight bytes at a time in four lanes, which a core does faster than
/// memory gives them. It is no protection against somebody who wants two data sets to have the same.
package struct DataHash: Sendable {
  private var lanes = SIMD4<UInt64>(
    0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93)

  package init() {}

  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(SIMD4(repeating: UInt64(bytes.count)))
    var offset = 0
    while offset + 32 <= bytes.count {
      mix(
        SIMD4(
          word(bytes, offset), word(bytes, offset + 8), word(bytes, offset + 16),
          word(bytes, offset + 24)))
      offset += 32
    }
    var rest = SIMD4<UInt64>()
    for (position, byte) in bytes[offset...].enumerated() {
      rest[position / 8] |= UInt64(byte) << UInt64(position % 8 * 8)
    }
    mix(rest)
  }

  package mutating func add(_ number: Int) {
    mix(SIMD4(repeating: UInt64(bitPattern: Int64(number))))
  }

  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  package mutating func add<T: BitwiseCopyable>(_ numbers: [T]) {
    numbers.withUnsafeBytes { add($0) }
  }

  /// 16 hexadecimal digits.
  package var text: String {
    var all: UInt64 = 0
    for lane in 0..<4 {
      var word = (all ^ lanes[lane]) &* 0xFF51_AFD7_ED55_8CCD
      word ^= word >> 33
      all = word &* 0xC4CE_B9FE_1A85_EC53
      all ^= all >> 29
    }
    let digits = String(all, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  @inline(__always)
  private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// A multiplication by an odd number loses nothing, and the shift brings high bits down.
  @inline(__always)
  private mutating func mix(_ words: SIMD4<UInt64>) {
    for lane in 0..<4 {
      let mixed = (lanes[lane] ^ words[lane]) &* 0x9FB2_1C65_1E98_DF25
      lanes[lane] = mixed ^ mixed >> 32
    }
  }
}

extension PreparedData {
  /// Of everything that training and evaluation see: samples, labels, their use, and the scale.
  package var hash: String {
    var hash = DataHash()
    hash.add(samples)
    for bound in [train.lowerBound, train.upperBound, validation.lowerBound, validation.upperBound]
    {
      hash.add(bound)
    }
    hash.add(test == nil ? 0 : 1)
    if let test { hash.add(test) }
    if case .standard(let mean, let inverseDeviation) = scaling {
      hash.add(mean)
      hash.add(inverseDeviation)
    }
    return hash.text
  }
}

extension DataHash {
  fileprivate mutating func add(_ samples: Samples) {
    for size in samples.shape.sizes { add(size) }
    add(samples.labels)
    switch samples.storage {
    case .bytes(let bytes): add(bytes)
    case .floats(let floats): add(floats)
    }
  }
}
