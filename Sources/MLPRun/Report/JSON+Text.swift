extension JSON {
  /// Reads one text in quotes, strictly as RFC 8259 says: UTF-8, escapes that there are, surrogates in pairs.
  ///
  /// What it makes on the way is no more than a small multiple of the text.
  struct TextScanner {
    private let bytes: [UInt8]
    private let end: Int
    /// Where it stands; behind the closing quote when the text was read.
    private(set) var offset: Int

    /// - Parameters:
    ///   - offset: where the opening quote stands.
    ///   - end: where the bytes end that may be read.
    init(_ bytes: [UInt8], from offset: Int, to end: Int) {
      self.bytes = bytes
      self.offset = offset
      self.end = end
    }

    mutating func read() throws(Fault) -> String {
      let open = offset
      offset += 1
      var content = try run()
      while let byte = peek() {
        switch byte {
        case UInt8(ascii: "\""):
          offset += 1
          return String(decoding: content, as: UTF8.self)
        case UInt8(ascii: "\\"): content += Array(String(try escape()).utf8)
        case ..<0x20: throw fault("a text holds a control character that is not escaped")
        default: content += try run()
        }
      }
      throw fault("a text is not closed", at: open)
    }

    /// What stands before the next quote, backslash or control character.
    private mutating func run() throws(Fault) -> ArraySlice<UInt8> {
      let lower = offset
      while let byte = peek(), byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
      {
        offset += 1
      }
      let run = bytes[lower..<offset]
      if let place = Self.firstFault(in: run) { throw fault("the text is not UTF-8", at: place) }
      return run
    }

    private static func firstFault(in run: ArraySlice<UInt8>) -> Int? {
      if run.allSatisfy({ $0 < 0x80 }) { return nil }
      var parser = Unicode.UTF8.ForwardParser()
      var rest = run.makeIterator()
      var place = run.startIndex
      while true {
        switch parser.parseScalar(from: &rest) {
        case .valid(let encoded): place += encoded.count
        case .error: return place
        case .emptyInput: return nil
        }
      }
    }

    // MARK: Escapes

    private mutating func escape() throws(Fault) -> Unicode.Scalar {
      let lower = offset
      offset += 1
      let byte = peek()
      offset += byte == nil ? 0 : 1
      switch byte {
      case UInt8(ascii: "\""): return "\""
      case UInt8(ascii: "\\"): return "\\"
      case UInt8(ascii: "/"): return "/"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "u"): return try unicodeEscape(from: lower)
      default: throw fault("a backslash stands before a character that it can't", at: lower)
      }
    }

    /// What follows `\u`: one unit of UTF-16, or a pair of surrogates.
    private mutating func unicodeEscape(from lower: Int) throws(Fault) -> Unicode.Scalar {
      let unit = try unit(from: lower)
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, peek() == UInt8(ascii: "\\"), offset + 1 < end,
        bytes[offset + 1] == UInt8(ascii: "u")
      else { throw fault("a surrogate stands without its other half", at: lower) }
      offset += 2
      let other = try self.unit(from: lower)
      guard 0xDC00...0xDFFF ~= other,
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (other - 0xDC00))
      else { throw fault("a surrogate stands without its other half", at: lower) }
      return scalar
    }

    private mutating func unit(from lower: Int) throws(Fault) -> UInt32 {
      var unit: UInt32 = 0
      for _ in 0..<4 {
        guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
          throw fault("'\\u' needs four hexadecimal digits", at: lower)
        }
        unit = unit << 4 | UInt32(digit)
        offset += 1
      }
      return unit
    }

    private func peek() -> UInt8? { offset < end ? bytes[offset] : nil }

    private func fault(_ message: String, at place: Int? = nil) -> Fault {
      Fault(offset: place ?? offset, message: message)
    }
  }
}
