/// Reads values as JSON, Python, YAML's short forms and Caffe write them; each of these is read more freely than its own
/// rules say.
struct ForeignReader {
  /// How deep lists, maps and calls may lie in each other.
  private static let maximumDepth = 32

  private let bytes: ArraySlice<UInt8>
  private(set) var offset: Int
  private var depth = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  init(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  /// The whole text as one value; nil where it is none.
  static func value(of text: some StringProtocol) -> ForeignValue? {
    var reader = ForeignReader(text)
    guard let value = reader.value(), reader.isAtEnd else { return nil }
    return value
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return offset == bytes.endIndex
    }
  }

  mutating func value() -> ForeignValue? {
    guard depth < Self.maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return map(closedBy: UInt8(ascii: "}"))
    case UInt8(ascii: "["): return list(closedBy: UInt8(ascii: "]"))
    case UInt8(ascii: "("): return list(closedBy: UInt8(ascii: ")"))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return quotation().map { .text($0) }
    default: return wordOrCall()
    }
  }

  /// Names with their values up to a closing brace or the end: `num_output: 500 weight_filler { … }`.
  mutating func map(closedBy closing: UInt8?) -> ForeignValue? {
    if closing != nil { offset += 1 }
    var members: [ForeignValue.Member] = []
    while true {
      skipSeparators()
      guard let byte = peek else { return closing == nil ? .map(members) : nil }
      if byte == closing {
        offset += 1
        return .map(members)
      }
      guard let name = name(), let value = memberValue() else { return nil }
      members.append(ForeignValue.Member(name: name, value: value))
    }
  }

  /// Behind a name: a colon with a value, or braces alone.
  private mutating func memberValue() -> ForeignValue? {
    skipBlanks()
    guard let byte = peek, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "{") else {
      return nil
    }
    if byte == UInt8(ascii: ":") { offset += 1 }
    return value()
  }

  private mutating func list(closedBy closing: UInt8) -> ForeignValue? {
    offset += 1
    var values: [ForeignValue] = []
    while true {
      skipSeparators()
      guard let byte = peek else { return nil }
      if byte == closing {
        offset += 1
        return .list(values)
      }
      guard let value = value() else { return nil }
      values.append(value)
    }
  }

  private mutating func wordOrCall() -> ForeignValue? {
    guard let word = word() else { return nil }
    guard peek == UInt8(ascii: "(") else { return .text(word) }
    guard let arguments = arguments() else { return nil }
    let isApplied = peek == UInt8(ascii: "(")
    if isApplied, self.arguments() == nil { return nil }
    // `Sequential(…).cuda()` is more than the call.
    guard peek != UInt8(ascii: "("), peek != UInt8(ascii: ".") else { return nil }
    let path = word.split(separator: ".").map { String($0) }
    return .call(ForeignCall(path, arguments, isApplied: isApplied))
  }

  private mutating func arguments() -> [ForeignCall.Argument]? {
    offset += 1
    var arguments: [ForeignCall.Argument] = []
    while true {
      skipSeparators()
      guard let byte = peek else { return nil }
      if byte == UInt8(ascii: ")") {
        offset += 1
        return arguments
      }
      guard var value = value() else { return nil }
      var name: String?
      skipBlanks()
      if peek == UInt8(ascii: "="), let text = value.text {
        offset += 1
        name = text
        guard let named = self.value() else { return nil }
        value = named
      }
      arguments.append(ForeignCall.Argument(name: name, value: value))
    }
  }

  // MARK: Words

  private mutating func name() -> String? {
    peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") ? quotation() : word()
  }

  /// Letters, digits and the signs within numbers and qualified names.
  mutating func word() -> String? {
    let lower = offset
    while let byte = peek, Self.isOfWord(byte) { offset += 1 }
    guard offset > lower else { return nil }
    return String(decoding: bytes[lower..<offset], as: UTF8.self)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    let lowered = byte | 0x20
    return (0x61...0x7A).contains(lowered) || (0x30...0x39).contains(byte)
      || "_.+-".utf8.contains(byte)
  }

  private mutating func quotation() -> String? {
    guard let quote = peek else { return nil }
    let lower = offset + 1
    guard let end = bytes[lower...].firstIndex(of: quote) else { return nil }
    offset = end + 1
    return String(decoding: bytes[lower..<end], as: UTF8.self)
  }

  // MARK: What lies between

  private var peek: UInt8? { offset < bytes.endIndex ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = peek {
      if byte == UInt8(ascii: "#") {
        while let next = peek, next != UInt8(ascii: "\n") { offset += 1 }
      } else if byte <= 0x20 {
        offset += 1
      } else {
        return
      }
    }
  }

  private mutating func skipSeparators() {
    skipBlanks()
    while let byte = peek, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
      offset += 1
      skipBlanks()
    }
  }
}
