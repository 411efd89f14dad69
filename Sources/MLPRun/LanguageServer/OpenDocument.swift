import MLPSyntax

/// A text that is open in the editor, as it is there.
struct OpenDocument {
  let uri: String
  private(set) var version: Int?
  private(set) var bytes: [UInt8]
  private let encoding: TextPositions.Encoding
  private var known: Analysis?

  init(uri: String, version: Int?, text: String, _ encoding: TextPositions.Encoding) {
    self.uri = uri
    self.version = version
    self.encoding = encoding
    bytes = Array(text.utf8)
  }

  var positions: TextPositions { TextPositions(bytes, encoding) }

  /// What is known about the text as it is now.
  mutating func analysis() -> Analysis {
    if let known { return known }
    let analysis = Analysis(Source(name: uri, bytes: bytes))
    known = analysis
    return analysis
  }

  /// Makes the changes one after another.
  ///
  /// - Parameter changes: `TextDocumentContentChangeEvent`s.
  /// - Throws: `.invalidParams` at the first that is none; those before it are made.
  mutating func change(_ changes: [JSON], version: Int?) throws(RPCError) {
    known = nil
    self.version = version ?? self.version
    for change in changes {
      guard let text = change["text"]?.text else {
        throw RPCError(.invalidParams, "a change has no 'text'")
      }
      let range = try range(of: change)
      bytes.replaceSubrange(range, with: Array(text.utf8))
    }
  }

  /// The whole text where the change names no range.
  private func range(of change: JSON) throws(RPCError) -> Range<Int> {
    guard let range = change["range"], range != .null else { return 0..<bytes.count }
    return try positions.range(range)
  }
}

// MARK: - Positions as JSON

extension TextPositions {
  func json(_ offset: Int) -> JSON {
    let position = position(of: offset)
    return .object([
      ("line", .integer(position.line)), ("character", .integer(position.character)),
    ])
  }

  func json(_ range: Range<Int>) -> JSON {
    .object([("start", json(range.lowerBound)), ("end", json(range.upperBound))])
  }

  func json(_ span: Span) -> JSON { json(span.lower..<span.upper) }

  func edit(_ range: Range<Int>, _ text: String) -> JSON {
    .object([("range", json(range)), ("newText", .text(text))])
  }

  /// - Throws: `.invalidParams` where it is no position.
  func offset(_ position: JSON?) throws(RPCError) -> Int {
    guard let line = position?["line"]?.integer, let character = position?["character"]?.integer
    else { throw RPCError(.invalidParams, "expected a position with 'line' and 'character'") }
    return offset(of: Position(line: line, character: character))
  }

  /// - Throws: `.invalidParams` where it is no range. One that ends before it begins is empty.
  func range(_ range: JSON?) throws(RPCError) -> Range<Int> {
    let start = try offset(range?["start"])
    let end = try offset(range?["end"])
    return start..<max(start, end)
  }
}
