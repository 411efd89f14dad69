/// The lines of a text that is being laid out.
struct Page {
  enum Line {
    case blank
    /// A comment on a line of its own, with its indentation.
    case comment(String)
    case code(String, comment: String?)
  }

  private var lines: [Line] = []

  mutating func add(_ statement: Statement) {
    for comment in statement.comments { add(comment) }
    if statement.followsBlankLine { addBlankLine() }
    var filler = LineFiller(
      head: Printer.head(of: statement), comments: statement.innerComments[...])
    filler.fill(Printer.pieces(of: statement.body))
    lines += filler.lines(endingWith: statement.trailingComment)
  }

  mutating func add(_ comment: Comment) {
    if comment.followsBlankLine { addBlankLine() }
    lines.append(.comment(Printer.text(of: comment)))
  }

  private mutating func addBlankLine() {
    if !lines.isEmpty { lines.append(.blank) }
  }

  /// Comments behind lines stand below each other as far as no blank line or other comment comes between.
  var text: String {
    var text = ""
    var block: [(code: String, comment: String?)] = []
    for line in lines {
      if case .code(let code, let comment) = line {
        block.append((code, comment))
        continue
      }
      text += Self.aligned(block)
      block = []
      if case .comment(let comment) = line { text += comment }
      text += "\n"
    }
    return text + Self.aligned(block)
  }

  private static func aligned(_ block: [(code: String, comment: String?)]) -> String {
    let column = block.map { $0.comment == nil ? 0 : $0.code.terminalWidth }.max() ?? 0
    return block.map { code, comment in
      guard let comment else { return code + "\n" }
      return code + blanks(column - code.terminalWidth + 2) + comment + "\n"
    }.joined()
  }
}

/// Fills lines with the pieces of one statement and the comments between them.
struct LineFiller {
  private var lines: [Page.Line] = []
  /// Those that are still to come.
  private var comments: ArraySlice<Comment>
  /// The line that is being filled.
  private var text: String
  private var width: Int
  /// Whether no piece stands on it.
  private var isFresh = true
  private var comment: Comment?

  /// - Parameters:
  ///   - head: what the first line begins with, up to the body.
  ///   - comments: with their places, in order.
  init(head: String, comments: ArraySlice<Comment>) {
    self.comments = comments
    text = head
    width = head.terminalWidth
  }

  /// The pieces between two comments fill lines by themselves.
  mutating func fill(_ pieces: [Piece]) {
    var rest = pieces[...]
    while let first = rest.first {
      addComments(before: first)
      let next = rest.dropFirst().firstIndex { isBehindComment($0) } ?? rest.endIndex
      place(rest[..<next])
      rest = rest[next...]
    }
  }

  /// All lines, the last with the comment behind the statement.
  func lines(endingWith comment: Comment?) -> [Page.Line] {
    var last = self
    if let comment { last.comment = comment }
    last.endLine()
    return last.lines
  }

  // MARK: Comments

  private func isBehindComment(_ piece: Piece) -> Bool {
    comments.first.map { $0.span.lower < piece.lower } ?? false
  }

  /// A comment goes behind the line if it did and nothing stands there; else it has a line of its own.
  private mutating func addComments(before piece: Piece) {
    guard isBehindComment(piece) else { return }
    while isBehindComment(piece), let next = comments.popFirst() {
      if next.trails, comment == nil, !text.isEmpty {
        comment = next
      } else {
        endLine()
        lines.append(.comment(blanks(piece.indent) + Printer.text(of: next)))
      }
    }
    startLine(indent: piece.indent)
  }

  // MARK: Lines

  /// On this line if they fit; else in parts, divided where that is done first.
  private mutating func place(_ pieces: ArraySlice<Piece>) {
    let level = pieces.dropFirst().map { $0.level }.min() ?? Piece.unbroken
    if level == Piece.unbroken || fits(pieces) { return append(pieces) }
    var rest = pieces
    while let first = rest.first {
      let end = rest.dropFirst().firstIndex { $0.level == level } ?? rest.endIndex
      let part = rest[..<end]
      if part.startIndex > pieces.startIndex, !fits(part) { startLine(indent: first.indent) }
      place(part)
      rest = rest[end...]
    }
  }

  private func fits(_ pieces: ArraySlice<Piece>) -> Bool {
    var column = width
    var isFirst = isFresh
    for piece in pieces {
      column += piece.width + (piece.isSpaced && !isFirst ? 1 : 0)
      isFirst = false
      if column > Printer.maximumColumns { return false }
    }
    return true
  }

  private mutating func append(_ pieces: ArraySlice<Piece>) {
    for piece in pieces {
      let gap = piece.isSpaced && !isFresh ? " " : ""
      text += gap + piece.text
      width += gap.count + piece.width
      isFresh = false
    }
  }

  private mutating func startLine(indent: Int) {
    endLine()
    text = blanks(indent)
    width = indent
    isFresh = true
  }

  private mutating func endLine() {
    while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
    if !text.isEmpty { lines.append(.code(text, comment: comment.map { Printer.text(of: $0) })) }
    text = ""
    comment = nil
  }
}
