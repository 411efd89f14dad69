// What the parser does where the grammar isn't met. There are two ways: a mistake whose meaning is
// plain is reported and passed (`mend`), and any other ends its statement (`fail`).

/// The statement can't be read; the reason has been reported.
struct Broken: Error {}

/// What a chain is part of.
enum Place {
  case statement
  case group(Token)
  case alternatives(Token)
}

extension Parser {
  var current: Token { tokens[position] }

  mutating func take(_ kind: Token.Kind) -> Token? {
    guard current.kind == kind else { return nil }
    position += 1
    return tokens[position - 1]
  }

  /// Reports why the statement ends here. A statement that the lexer has reported is left alone:
  /// what looks wrong now may be the same mistake.
  mutating func fail(_ diagnostic: Diagnostic) -> Broken {
    if !hasInvalid { report(diagnostic) }
    return Broken()
  }

  /// Reports a mistake that leaves the meaning plain, once a statement for each kind: where it comes
  /// again, the place is marked and the edit grows.
  mutating func mend(_ diagnostic: Diagnostic) {
    if hasInvalid { return }
    let ofStatement = diagnosticsBefore..<diagnostics.count
    let kind = Self.kind(of: diagnostic)
    if let earlier = ofStatement.first(where: { Self.kind(of: diagnostics[$0]) == kind }) {
      diagnostics[earlier].recur(diagnostic)
    } else {
      report(diagnostic)
    }
  }

  /// Commas, colons and equals signs between items are one habit.
  private static func kind(of diagnostic: Diagnostic) -> String {
    diagnostic.code == Code.separator ? Code.comma : diagnostic.code
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count <= Diagnostic.limit { diagnostics.append(diagnostic) }
  }

  /// Reports braces around one alternative, or around settings. The parser stands behind them.
  mutating func mendSingle(_ chain: Chain, at span: Span) {
    let content = Span(span.lower + 1, span.upper - 1, source: span.source)
    let items = Array(
      tokens[..<(position - 1)].reversed().prefix { $0.span.lower >= content.lower }.reversed())
    if items.count > 1, !hasArrow, items.allSatisfy({ $0.isPlainItem }) {
      mend(settingsInBraces(items, at: span))
    } else {
      mend(.singleAlternative(content: source.text(content), at: span))
    }
  }

  mutating func skipStatement() {
    while current.kind != .end { position += 1 }
  }

  /// Takes an opening token and goes one level deeper; its rule comes up again at its end.
  mutating func descend() throws(Broken) -> Token {
    let open = current
    if depth == Parser.maximumDepth {
      throw fail(.tooDeep(limit: Parser.maximumDepth, at: open.span))
    }
    depth += 1
    position += 1
    return open
  }

  /// `name =` where a statement should begin.
  var isDefinitionWithoutLet: Bool {
    guard case .word = current.kind else { return false }
    return tokens[position + 1].kind == .equals
  }

  /// A word of another language for `let`, with `name =` behind it.
  var hasForeignLet: Bool {
    guard case .word(let text) = current.kind, foreignLets.contains(text) else { return false }
    guard case .word = tokens[position + 1].kind else { return false }
    return tokens[position + 2].kind == .equals
  }

  /// The keyword of the statement that begins here, whatever becomes of it.
  var expectedKeyword: Keyword {
    statementKeyword ?? (isDefinitionWithoutLet || hasForeignLet ? .let : .net)
  }
}

private let foreignLets: Set<String> = [
  "auto", "const", "constant", "def", "define", "set", "val", "var", "variable",
]

// MARK: - What is wrong

extension Parser {
  /// Why the current token is no name of a definition.
  var wrongName: Diagnostic {
    switch current.kind {
    case .number, .size, .text, .leftParenthesis, .leftBrace: .letNameIsNoWord(at: current.span)
    default: .letWithoutName(at: tokens[position - 1].span)
    }
  }

  /// Why the current token begins no link.
  func missingLink(in place: Place, after arrow: Token?) -> Diagnostic {
    let span = current.span
    switch (current.kind, arrow) {
    case (.arrow, let first?): return .repeatedArrow(at: span, first: first.span)
    case (.arrow, nil): return .missingBeforeArrow(at: span)
    case (.comma, _), (.colon, _), (.equals, _), (.star, _): return stray
    case (_, let arrow?): return .missingAfterArrow(at: arrow.span)
    default: break
    }
    switch (place, current.kind) {
    case (.statement, _): return stray
    case (.group(let open), .rightParenthesis): return .emptyGroup(at: open.span.union(span))
    case (.alternatives, .bar): return .emptyAlternative(before: "|", at: span)
    case (.alternatives, .rightBrace): return .emptyAlternative(before: "}", at: span)
    default: return unclosed(place)
    }
  }

  /// Why the current token doesn't close what is open.
  func unclosed(_ place: Place) -> Diagnostic {
    switch (place, current.kind) {
    case (_, .star), (.group, .bar), (.statement, _): stray
    case (.group(let open), _): .unclosedGroup(at: open.span, found: current.span)
    case (.alternatives(let open), _): .unclosedAlternatives(at: open.span, found: current.span)
    }
  }

  /// Why the current token can't stand here at all.
  var stray: Diagnostic {
    let span = current.span
    return switch current.kind {
    case .rightParenthesis: .strayClosing(")", open: "(", at: span)
    case .rightBrace: .strayClosing("}", open: "{", at: span)
    case .bar: strayBar
    case .star: strayStar
    case .comma: .comma(at: span)
    case .colon: .strayEquals(":", at: span)
    case .arrow: .missingBeforeArrow(at: span)
    default: .strayEquals("=", at: span)
    }
  }
}
