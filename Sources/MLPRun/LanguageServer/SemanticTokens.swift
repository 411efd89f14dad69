import MLPSyntax

/// The words of a text by what they are, in the protocol's encoding.
enum SemanticTokens {
  /// In the order of the legend, by the protocol's names.
  private enum Kind: String, CaseIterable {
    case keyword
    /// A layer or loss.
    case function
    /// A solver, schedule, initialiser or data source.
    case `class`
    /// A setting.
    case property
    /// A word that is a setting's value.
    case enumMember
    /// A name.
    case variable
    case number
    case string
    case comment
    case `operator`
  }

  static var legend: JSON {
    .object([
      ("tokenTypes", .list(Kind.allCases.map { .text($0.rawValue) })),
      ("tokenModifiers", .list([])),
    ])
  }

  /// Five numbers a token: lines and characters from the one before, length, kind, no modifiers.
  static func data(_ source: Source, _ positions: TextPositions) -> [Int] {
    var data: [Int] = []
    let kinds = Kind.allCases
    var last = TextPositions.Position(line: 0, character: 0)
    for (span, kind) in spans(source) {
      let start = positions.position(of: span.lower)
      let end = positions.position(of: span.upper)
      // Tokens lie in one line, or the text is faulty.
      guard start.line == end.line, end.character > start.character else { continue }
      let isSameLine = start.line == last.line
      data += [
        start.line - last.line, start.character - (isSameLine ? last.character : 0),
        end.character - start.character, kinds.firstIndex(of: kind) ?? 0, 0,
      ]
      last = start
    }
    return data
  }

  private static func spans(_ source: Source) -> [(Span, Kind)] {
    let words = WordMap(source)
    let tokens = zip(words.tokens, words.roles).compactMap { token, role in
      kind(token, role).map { (token.span, $0) }
    }
    let comments = words.comments.map { ($0.span, Kind.comment) }
    return (tokens + comments).sorted { $0.0.lower < $1.0.lower }
  }

  private static func kind(_ token: Token, _ role: TokenRole) -> Kind? {
    switch role {
    case .keyword: return .keyword
    case .entry(_, let category):
      return category == .layer || category == .loss ? .function : .class
    case .setting: return .property
    case .definition, .use: return .variable
    case .value, .other: break
    }
    switch token.kind {
    case .number, .size: return .number
    case .text: return .string
    case .arrow, .bar, .star, .equals: return .operator
    case .word:
      if case .value = role { return .enumMember }
      return nil
    default: return nil
    }
  }
}
