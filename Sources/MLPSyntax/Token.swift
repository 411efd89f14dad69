/// A piece of the text that means something by itself.
package struct Token: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case word(String)
    case number(Number)
    /// `3x3`
    case size([Int])
    /// `"text"`, without its quotes and escapes.
    case text(String)
    case arrow
    case leftParenthesis
    case rightParenthesis
    case leftBrace
    case rightBrace
    case bar
    case star
    case equals
    /// No part of the language: the parser says so.
    case comma
    /// No part of the language: the parser says so.
    case colon
    /// Something that the lexer has reported; it stands for an item.
    case invalid
    /// The end of a statement; empty.
    case end
    /// Once, at the very end; empty.
    case endOfSource
  }

  package var kind: Kind
  package var span: Span
  /// Whether a blank line stands before the token's line.
  package var followsBlankLine: Bool

  package init(_ kind: Kind, _ span: Span, followsBlankLine: Bool = false) {
    self.kind = kind
    self.span = span
    self.followsBlankLine = followsBlankLine
  }

  /// The keyword that a word spells.
  package var keyword: Keyword? {
    guard case .word(let text) = kind else { return nil }
    return Keyword(rawValue: text)
  }

  /// Whether an item may begin here.
  var beginsItem: Bool {
    switch kind {
    case .word, .number, .size, .text, .leftParenthesis, .leftBrace, .invalid: true
    default: false
    }
  }
}
