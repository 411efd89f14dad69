import MLPLibrary
import MLPSyntax

/// What each piece of a spec is, for colours: from the lexer's own tokens and the catalogue's words, so that it
/// knows every word that the language has.
package enum Highlight {
  package enum Kind: String, CaseIterable, Sendable {
    case comment
    /// The word that begins a statement.
    case keyword
    /// A layer, a loss, a solver, a schedule, an initialiser or a data source.
    case word
    /// The name of a setting.
    case setting
    /// A word that is a setting's value: `test`, `yes`, `last`.
    case value
    /// A name that a `let` gives, there and where it is used.
    case name
    /// Also a size, as `3x3`.
    case number
    case text
    /// Arrows, brackets and the like.
    case `operator`
    /// A word that means nothing here.
    case unknown
    /// No part of the language.
    case invalid
  }

  /// The pieces in the order of the text; they don't overlap, and only blanks lie between them. The text may
  /// be faulty.
  package static func spans(of source: Source) -> [(Span, Kind)] {
    let known = tokensAndComments(of: source)
    var spans: [(Span, Kind)] = []
    var offset = source.start
    for (span, kind) in known {
      if let rest = text(in: offset..<span.lower, of: source) { spans.append((rest, .invalid)) }
      spans.append((span, kind))
      offset = span.upper
    }
    if let rest = text(in: offset..<source.bytes.count, of: source) {
      spans.append((rest, .invalid))
    }
    return spans
  }

  /// The part of a range that the lexer passed over, without blanks around it; nil where all of it is blank.
  private static func text(in range: Range<Int>, of source: Source) -> Span? {
    let bytes = source.bytes[range]
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return nil }
    return Span(first, last + 1)
  }

  private static func tokensAndComments(of source: Source) -> [(Span, Kind)] {
    let words = WordMap(source)
    var spans: [(Span, Kind)] = []
    var comments = words.comments[...]
    for (token, role) in zip(words.tokens, words.roles) where !token.span.isEmpty {
      while let comment = comments.first, comment.span.lower < token.span.lower {
        spans.append((comment.span, .comment))
        comments.removeFirst()
      }
      spans.append((token.span, kind(of: token, as: role)))
    }
    return spans + comments.map { ($0.span, .comment) }
  }

  private static func kind(of token: Token, as role: TokenRole) -> Kind {
    switch token.kind {
    case .word(let word): kind(of: word, as: role)
    case .number, .size: .number
    case .text: .text
    case .comma, .colon, .invalid: .invalid
    default: .operator
    }
  }

  private static func kind(of word: String, as role: TokenRole) -> Kind {
    switch role {
    case .keyword: .keyword
    case .entry: .word
    case .setting: .setting
    case .value(let setting, _):
      if case .condition = setting.kind {
        kind(inCondition: word)
      } else {
        setting.kind.isNumeric ? .unknown : .value
      }
    case .definition, .use: .name
    case .other: .unknown
    }
  }

  /// A condition repeats what the spec says elsewhere: entries, settings and their values.
  private static func kind(inCondition word: String) -> Kind {
    if Catalogue.schemas.contains(where: { $0.word == word }) { return .word }
    let isSetting = Catalogue.schemas.contains { schema in
      schema.settings.contains { $0.name == word }
    }
    return isSetting ? .setting : .value
  }
}

extension Span {
  fileprivate var isEmpty: Bool { lower == upper }
}
