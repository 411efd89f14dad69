/// Fields of a text table, one after the other (RFC 4180).
///
/// Rows end with a line feed, or a carriage return and a line feed; the last row's end may be missing.
/// A field in quotes may hold separators, line ends and, doubled, quotes. Blanks around a field don't
/// belong to it. A byte order mark and blank lines at the end are passed over.
struct CSVReader {
  struct Field {
    /// Without the quotes around it.
    var bytes: Range<Int>
    var line: Int
    /// From 1.
    var column: Int
    var isQuoted = false
    var endsRow = false
  }

  let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private let name: String
  private var position = 0
  private var line = 1
  private var column = 1

  /// - Parameters:
  ///   - bytes: must outlive the reader.
  ///   - name: the file's name, for messages.
  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, name: String) throws(Problem) {
    self.bytes = bytes
    self.separator = separator
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
      throw Problem(.data, "'\(name)' is UTF-16 text; UTF-8 is expected")
    }
    guard !isAtEnd else { throw Problem(.data, "'\(name)' is empty") }
  }

  /// Whether no row follows.
  var isAtEnd: Bool {
    var next = position
    while next < bytes.count {
      guard bytes[next] == .lineFeed || bytes[next] == .carriageReturn else { return false }
      next += 1
    }
    return true
  }

  /// The next field; at the end of the text, an empty one.
  mutating func next() throws(Problem) -> Field {
    skipBlanks()
    var field = Field(bytes: position..<position, line: line, column: column)
    if position < bytes.count, bytes[position] == .quote {
      try scanQuoted(&field)
    } else {
      scanPlain(&field)
    }
    field.endsRow = try endField(field)
    column = field.endsRow ? 1 : column + 1
    return field
  }

  /// More columns than any table has here.
  static let columnLimit = 1_000_000

  /// The texts of the next row.
  ///
  /// - Parameter body: given each field as well.
  mutating func row(_ body: (Field) -> Void = { _ in }) throws(Problem) -> [String] {
    var texts: [String] = []
    // A row of nothing but separators would be the more to make room for again and again.
    let line = bytes[position...].prefix { $0 != .lineFeed }
    let count = line.reduce(1) { $0 + ($1 == separator ? 1 : 0) }
    texts.reserveCapacity(min(count, Self.columnLimit))
    while true {
      let field = try next()
      guard texts.count < Self.columnLimit else {
        throw problem(field, "there are more than \(Self.columnLimit) columns")
      }
      texts.append(try text(field))
      body(field)
      if field.endsRow { return texts }
    }
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == .space { position += 1 }
  }

  private mutating func scanPlain(_ field: inout Field) {
    let start = position
    while position < bytes.count, bytes[position] != separator, bytes[position] != .lineFeed {
      position += 1
    }
    var end = position
    let endsLine = end == bytes.count || bytes[end] == .lineFeed
    if endsLine, end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
    while end > start, bytes[end - 1] == .space { end -= 1 }
    field.bytes = start..<end
  }

  private mutating func scanQuoted(_ field: inout Field) throws(Problem) {
    field.isQuoted = true
    position += 1
    let start = position
    while position < bytes.count {
      if bytes[position] == .lineFeed { line += 1 }
      if bytes[position] == .quote {
        guard position + 1 < bytes.count, bytes[position + 1] == .quote else { break }
        position += 1
      }
      position += 1
    }
    guard position < bytes.count else { throw problem(field, "the quote is never closed") }
    field.bytes = start..<position
    position += 1
    skipBlanks()
    let next = position + 1 < bytes.count ? bytes[position + 1] : .lineFeed
    if position < bytes.count, bytes[position] == .carriageReturn, next == .lineFeed {
      position += 1
    }
  }

  /// Passes over what stands behind a field; true where the row ends.
  private mutating func endField(_ field: Field) throws(Problem) -> Bool {
    guard position < bytes.count else { return true }
    let found = bytes[position]
    guard found == separator || found == .lineFeed else {
      throw problem(field, "expected a separator or the line's end behind the closing quote")
    }
    position += 1
    if found == .lineFeed { line += 1 }
    return found == .lineFeed
  }
}

// What a field means.
extension CSVReader {
  /// - Throws: `.data` where it is not UTF-8.
  func text(_ field: Field) throws(Problem) -> String {
    let raw = UnsafeBufferPointer(rebasing: bytes[field.bytes])
    let text = String(decoding: raw, as: UTF8.self)
    guard text.utf8.elementsEqual(raw) else { throw problem(field, "the text is not UTF-8") }
    guard field.isQuoted, raw.contains(.quote) else { return text }
    var previous = false
    let single = raw.filter { byte in
      previous = byte == .quote && !previous
      return byte != .quote || previous
    }
    return String(decoding: single, as: UTF8.self)
  }

  /// - Throws: `.data` where it is empty, or not a decimal number, or beyond the range of `Float`.
  func number(_ field: Field) throws(Problem) -> Float {
    guard !field.bytes.isEmpty else { throw problem(field, "a value is missing") }
    guard let number = Decimal.float(UnsafeBufferPointer(rebasing: bytes[field.bytes])) else {
      throw problem(field, "expected a number, found '\(excerpt(field))'")
    }
    guard number.isFinite else {
      throw problem(field, "expected a number within ±3.4e38, found '\(excerpt(field))'")
    }
    return number
  }

  func problem(_ field: Field, _ message: String) -> Problem {
    Problem(.data, "'\(name)', line \(field.line), column \(field.column): \(message)")
  }

  /// A field for a message: at most 30 characters, without controls.
  func excerpt(_ field: Field) -> String {
    // Thirty characters have no more bytes than that.
    let text = String(decoding: bytes[field.bytes].prefix(160), as: UTF8.self)
    let clean = text.unicodeScalars.map {
      $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0)
    }
    return clean.count > 30 ? String(clean.prefix(29)) + "…" : String(clean)
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed: UInt8 = 10
  static let carriageReturn: UInt8 = 13
  static let space: UInt8 = 32
}
