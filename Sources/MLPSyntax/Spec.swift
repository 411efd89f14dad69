/// The tree of one spec text.
///
/// The grammar knows seven keywords and no other word: a statement's body is a chain, and a chain's
/// links are items. What the items mean is the checker's matter.
package struct Spec: Equatable, Sendable {
  package var statements: [Statement]
  /// The comments that follow the last statement.
  package var trailingComments: [Comment]
  /// The keywords of the statements that are left out because the parser has reported them.
  package var brokenKeywords: [Keyword]

  package init(
    statements: [Statement], trailingComments: [Comment] = [], brokenKeywords: [Keyword] = []
  ) {
    self.statements = statements
    self.trailingComments = trailingComments
    self.brokenKeywords = brokenKeywords
  }
}

/// The words that begin a statement.
package enum Keyword: String, CaseIterable, Sendable {
  case net
  case `init`
  case data
  case solver
  case train
  case expect
  case `let`
}

/// A comment without its `#` and the blank behind it.
package struct Comment: Equatable, Sendable {
  package var text: String
  package var span: Span
  /// Whether a blank line stands before it.
  package var followsBlankLine: Bool
  /// Whether it stands behind something on its line.
  package var trails: Bool

  package init(text: String, span: Span, followsBlankLine: Bool = false, trails: Bool = false) {
    self.text = text
    self.span = span
    self.followsBlankLine = followsBlankLine
    self.trails = trails
  }
}

/// `keyword body`, `let name = body`, or a bare chain, which is a `net` statement.
package struct Statement: Equatable, Sendable {
  package var keyword: Keyword
  /// Where the keyword stands; nil for a bare chain, empty where a `let` was left out and reported.
  package var keywordSpan: Span?
  /// The name that a `let` gives.
  package var name: Name?
  /// What follows the keyword (for `let`, the `=`); may be empty.
  package var body: Chain
  package var span: Span
  /// Comment lines above the statement.
  package var comments: [Comment]
  /// Comments within the statement, in order.
  package var innerComments: [Comment] = []
  /// The comment behind the statement's last line.
  package var trailingComment: Comment?
  package var followsBlankLine: Bool

  package init(
    keyword: Keyword, keywordSpan: Span?, name: Name? = nil, body: Chain, span: Span,
    comments: [Comment] = [], trailingComment: Comment? = nil, followsBlankLine: Bool = false
  ) {
    self.keyword = keyword
    self.keywordSpan = keywordSpan
    self.name = name
    self.body = body
    self.span = span
    self.comments = comments
    self.trailingComment = trailingComment
    self.followsBlankLine = followsBlankLine
  }
}

/// A word together with its place.
package struct Name: Equatable, Sendable {
  package var text: String
  package var span: Span

  package init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// `link -> link -> …`
package struct Chain: Equatable, Sendable {
  package var links: [Link]
  package var span: Span

  package init(_ links: [Link], _ span: Span) {
    self.links = links
    self.span = span
  }
}

/// What stands between two arrows: one or more items.
package struct Link: Equatable, Sendable {
  package var items: [Item]
  package var span: Span

  package init(_ items: [Item], _ span: Span) {
    self.items = items
    self.span = span
  }
}

/// The smallest piece: a word, a literal, a group or alternatives.
package struct Item: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case word(String)
    case number(Number)
    /// `3x3`
    case size([Int])
    /// `"text"`, without its quotes and escapes.
    case text(String)
    /// `( chain )` or `( chain ) * times`, where `times` is a number or a word.
    indirect case group(Chain, times: Item?)
    /// `{ chain | chain }`
    case alternatives([Chain])
  }

  package var kind: Kind
  package var span: Span

  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A number as it was written.
package struct Number: Equatable, Sendable {
  /// As written, with sign and percent sign.
  package var text: String
  /// The value before the percent sign is applied.
  package var value: Double
  /// Whether it was written without point and exponent.
  package var isInteger: Bool
  package var isPercent: Bool

  package init(text: String, value: Double, isInteger: Bool, isPercent: Bool = false) {
    self.text = text
    self.value = value
    self.isInteger = isInteger
    self.isPercent = isPercent
  }
}
