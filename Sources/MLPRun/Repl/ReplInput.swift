import MLPSyntax

/// Divides what is typed, pasted or piped into what is answered at once: a command, or statements.
package struct ReplInput {
  package struct Part: Equatable, Sendable {
    package var text: String
    /// The number of its first line.
    package var line: Int

    package init(_ text: String, line: Int) {
      self.text = text
      self.line = line
    }
  }

  /// Lines of statements that stand together.
  private var open: Part?
  private var lineCount = 0

  package init() {}

  /// Takes one more line. A byte order mark before the first, and the carriage return that ends a line in files of
  /// Windows, mean nothing.
  ///
  /// - Returns: what is complete by it: a command at once, statements by a blank line or a command.
  package mutating func add(_ line: String) -> [Part] {
    lineCount += 1
    var line = line
    if line.last == "\r" { line.removeLast() }
    if lineCount == 1, line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
    if line.allSatisfy({ $0.isWhitespace }) { return finish() }
    if Self.isCommand(line) { return finish() + [Part(line, line: lineCount)] }
    if open == nil { open = Part(line, line: lineCount) } else { open?.text += "\n" + line }
    return []
  }

  /// What is left at the end.
  package mutating func finish() -> [Part] {
    defer { open = nil }
    return open.map { [$0] } ?? []
  }

  /// The parts of a text that is there as a whole.
  package static func parts(of text: String) -> [Part] {
    var input = ReplInput()
    // By scalars, for "\r\n" is one character.
    let parts = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { input.add(String($0)) }
    return parts + input.finish()
  }

  // MARK: What lines are

  package static func isCommand(_ text: some StringProtocol) -> Bool {
    text.drop { $0 == " " || $0 == "\t" }.hasPrefix(":")
  }

  /// Whether a line goes on with the statement above: it is indented, or begins with an arrow.
  package static func continues(_ line: some StringProtocol) -> Bool {
    line.hasPrefix(" ") || line.hasPrefix("\t") || line.hasPrefix("->")
  }

  /// Whether more must follow: the text ends with an arrow or an equals sign, or something in it is open.
  package static func isOpen(_ text: String) -> Bool {
    if isCommand(text) { return false }
    let tokens = Lexer.tokens(of: Source(name: "", text: text)).tokens
    // Only the last statement counts: what the others left open is not closed any more.
    let last = tokens.dropLast(2).split { $0.kind == .end }.last ?? []
    let depth = last.reduce(0) { depth, token in
      switch token.kind {
      case .leftParenthesis, .leftBrace: depth + 1
      case .rightParenthesis, .rightBrace: depth - 1
      default: depth
      }
    }
    return depth > 0 || last.last?.kind == .arrow || last.last?.kind == .equals
  }
}
