import MLPLibrary

extension Safetensors {
  /// Reads a whole file, strictly: everything is where the header says, once, and nothing lies between.
  ///
  /// The header is proved plausible before anything is made by it, so that no file makes more than a small multiple
  /// of itself.
  ///
  /// - Throws: `.data`, with the place or the name at fault.
  package init(_ bytes: [UInt8]) throws(Problem) {
    self.init()
    let header = try Self.header(of: bytes)
    var scanner = SafetensorsScanner(bytes, header)
    let found = try scanner.read()
    try Self.check(found.tensors, dataCount: bytes.count - header.upperBound)
    metadata = found.metadata
    for tensor in found.tensors {
      guard entry(tensor.name) == nil else {
        throw Problem(.data, "'\(tensor.name.brief)' stands twice")
      }
      let range =
        header.upperBound + tensor.begin..<header.upperBound + tensor.end
      add(Entry(tensor.name, tensor.sizes, tensor.type.numbers(in: bytes, range)))
    }
  }

  /// The header's place in the file.
  private static func header(of bytes: [UInt8]) throws(Problem) -> Range<Int> {
    guard bytes.count >= 8 else {
      throw Problem(.data, "a safetensors file has at least 8 bytes, and this one \(bytes.count)")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= UInt64(headerLimit) else {
      throw Problem(
        .data, "the header is to have \(length) bytes, and a header has at most \(headerLimit)")
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw Problem(
        .data,
        "the header is to have \(length) bytes, but only \(bytes.count - 8) follow its length")
    }
    return 8..<8 + Int(length)
  }

  /// That sizes and places agree, and that the data are covered once and wholly.
  private static func check(
    _ tensors: [SafetensorsScanner.Tensor], dataCount: Int
  ) throws(Problem) {
    for tensor in tensors {
      guard tensor.begin <= tensor.end, tensor.end <= dataCount else {
        throw Problem(
          .data, "'\(tensor.name.brief)' lies beyond the \(dataCount) bytes of data")
      }
      guard tensor.byteCount == tensor.end - tensor.begin else {
        throw Problem(
          .data,
          "'\(tensor.name.brief)' has \(tensor.end - tensor.begin) bytes, which are not those of its "
            + "sizes and type")
      }
    }
    var end = 0
    for tensor in tensors.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard tensor.begin == end else {
        let fault = tensor.begin < end ? "overlaps the data before it" : "has a hole before it"
        throw Problem(.data, "'\(tensor.name.brief)' \(fault)")
      }
      end = tensor.end
    }
    guard end == dataCount else {
      throw Problem(.data, "\(dataCount - end) bytes at the end belong to nothing")
    }
  }
}

extension Safetensors.NumberType {
  /// The numbers in a range of bytes that is a whole number of them.
  func numbers(in bytes: [UInt8], _ range: Range<Int>) -> Safetensors.Numbers {
    switch self {
    case .half: .floats((copied(bytes, range) as [UInt16]).map { Float(half: $0) })
    case .brain: .floats((copied(bytes, range) as [UInt16]).map { Float(brain: $0) })
    case .float: .floats(copied(bytes, range))
    case .double: .doubles(copied(bytes, range))
    case .integer: .integers(copied(bytes, range))
    }
  }

  private func copied<T: BitwiseCopyable>(_ bytes: [UInt8], _ range: Range<Int>) -> [T] {
    [T](unsafeUninitializedCapacity: range.count / width) { buffer, count in
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[range]))
      }
      count = range.count / width
    }
  }
}

extension Float {
  /// The number of 16 bits that IEEE 754 calls binary16: one for the sign, five for the exponent, ten for the fraction.
  init(half bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let fraction = UInt32(bits & 0x3FF)
    switch bits >> 10 & 0x1F {
    // Below the smallest normal number, in steps of 2^-24.
    case 0: self = Float(bitPattern: (Float(fraction) * 0x1p-24).bitPattern | sign)
    // Infinite, or no number.
    case 0x1F: self = Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    case let exponent:
      // The exponent counts from -15 there, from -127 here.
      self = Float(bitPattern: sign | (UInt32(exponent) + 112) << 23 | fraction << 13)
    }
  }

  /// The upper half of a number of 32 bits, as bfloat16 is.
  init(brain bits: UInt16) { self = Float(bitPattern: UInt32(bits) << 16) }
}
