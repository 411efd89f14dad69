extension JSON {
  /// Why a text is no JSON.
  package struct Fault: Error, Equatable, Sendable {
    /// Where, in bytes from the text's start; at most the text's length.
    package let offset: Int
    /// One sentence, lower case, no full stop.
    package let message: String
  }

  /// How deep lists and objects may lie in each other.
  package static let maximumDepth = 128

  /// Reads one value with nothing but blanks around it, strictly as RFC 8259 says: no comments, no
  /// trailing commas, UTF-8 without a byte order mark, surrogates in pairs.
  ///
  /// Members keep their order, and those that share a name are all kept. A number without point and
  /// exponent that fits is `.integer`; any other is `.number`, correctly rounded. Takes time linear in
  /// the text's length.
  package static func parse(_ bytes: [UInt8]) throws(Fault) -> JSON {
    var parser = Parser(bytes)
    return try parser.whole()
  }

  private struct Parser {
    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func whole() throws(Fault) -> JSON {
      skipBlanks()
      let value = try value()
      skipBlanks()
      guard offset == bytes.count else {
        throw fault("expected the end of the text, found \(found)")
      }
      return value
    }

    private mutating func value() throws(Fault) -> JSON {
      switch peek() {
      case UInt8(ascii: "{"): return try object()
      case UInt8(ascii: "["): return try list()
      case UInt8(ascii: "\""): return .text(try text())
      case let byte where isDigit(byte) || byte == UInt8(ascii: "-"): return try number()
      case UInt8(ascii: "n") where take("null"): return .null
      case UInt8(ascii: "t") where take("true"): return .flag(true)
      case UInt8(ascii: "f") where take("false"): return .flag(false)
      default: throw fault("expected a value, found \(found)")
      }
    }

    // MARK: Lists and objects

    private mutating func list() throws(Fault) -> JSON {
      try descend()
      var values: [JSON] = []
      skipBlanks()
      if take("]") { return .list(ascend(values)) }
      repeat {
        skipBlanks()
        values.append(try value())
        skipBlanks()
      } while take(",")
      guard take("]") else { throw fault("expected ',' or ']', found \(found)") }
      return .list(ascend(values))
    }

    private mutating func object() throws(Fault) -> JSON {
      try descend()
      var members: [(String, JSON)] = []
      skipBlanks()
      if take("}") { return .object(ascend(members)) }
      repeat {
        skipBlanks()
        members.append(try member())
        skipBlanks()
      } while take(",")
      guard take("}") else { throw fault("expected ',' or '}', found \(found)") }
      return .object(ascend(members))
    }

    private mutating func member() throws(Fault) -> (String, JSON) {
      guard peek() == UInt8(ascii: "\"") else {
        throw fault("expected a member's name in quotes, found \(found)")
      }
      let name = try text()
      skipBlanks()
      guard take(":") else { throw fault("expected ':', found \(found)") }
      skipBlanks()
      return (name, try value())
    }

    private mutating func descend() throws(Fault) {
      guard depth < JSON.maximumDepth else {
        throw fault("lists and objects lie more than \(JSON.maximumDepth) deep in each other")
      }
      depth += 1
      offset += 1
    }

    private mutating func ascend<T>(_ result: T) -> T {
      depth -= 1
      return result
    }

    // MARK: Numbers

    private mutating func number() throws(Fault) -> JSON {
      let lower = offset
      _ = take("-")
      if peek() == UInt8(ascii: "0") {
        offset += 1
        if isDigit(peek()) { throw fault("a number begins with a superfluous 0", at: lower) }
      } else {
        try digits()
      }
      var isWhole = true
      if take(".") {
        isWhole = false
        try digits()
      }
      if take("e") || take("E") {
        isWhole = false
        if !take("+") { _ = take("-") }
        try digits()
      }
      return try number(String(decoding: bytes[lower..<offset], as: UTF8.self), isWhole, at: lower)
    }

    private func number(_ text: String, _ isWhole: Bool, at lower: Int) throws(Fault) -> JSON {
      if isWhole, text != "-0", let integer = Int(text) { return .integer(integer) }
      guard let double = Double(text), double.isFinite else {
        throw fault("a number is too large to be stored", at: lower)
      }
      return .number(double)
    }

    private mutating func digits() throws(Fault) {
      guard isDigit(peek()) else { throw fault("expected a digit, found \(found)") }
      while isDigit(peek()) { offset += 1 }
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
      byte.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
    }

    private mutating func text() throws(Fault) -> String {
      var scanner = TextScanner(bytes, from: offset, to: bytes.count)
      let text = try scanner.read()
      offset = scanner.offset
      return text
    }

    // MARK: Means

    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ sign: String) -> Bool {
      guard bytes[offset...].starts(with: sign.utf8) else { return false }
      offset += sign.utf8.count
      return true
    }

    private mutating func skipBlanks() {
      while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        offset += 1
      }
    }

    /// What stands here, as a message names it.
    private var found: String {
      guard let byte = peek() else { return "the end of the text" }
      guard 0x21...0x7E ~= byte else { return "byte \(byte)" }
      return "'\(Character(Unicode.Scalar(byte)))'"
    }

    private func fault(_ message: String, at place: Int? = nil) -> Fault {
      Fault(offset: place ?? offset, message: message)
    }
  }
}
