/// The tree as text in its canonical layout.
///
/// What it prints parses to the same tree, apart from spans, and prints as the same text again.
///
/// ```
/// # A keyword takes eight columns; a comment stays where it is, those behind lines one below the other.
/// net     fc 784 128 -> relu -> fc 10 -> softmax_ce  # the smallest
/// data    mnist validation last 5000                 # of 60 000
/// ```
///
/// A statement that is wider than `maximumColumns` is broken before arrows; a link that is still too
/// wide before its settings, alternatives before their bars.
package struct Printer {
  package static let maximumColumns = 100
  /// Where bodies and the lines that continue them begin.
  static let bodyColumn = 8

  package static func print(_ spec: Spec) -> String {
    var page = Page()
    for statement in spec.statements { page.add(statement) }
    for comment in spec.trailingComments { page.add(comment) }
    return page.text
  }

  /// A source in canonical layout; nil where it has a mistake of syntax, for then some of it is no tree.
  package static func canonical(
    _ source: Source
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    let (spec, diagnostics) = Parser.parse(source)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    return (isFaulty ? nil : print(spec), diagnostics)
  }

  /// What a statement's first line begins with.
  static func head(of statement: Statement) -> String {
    if let name = statement.name { return "let \(name.text) = " }
    if statement.keywordSpan == nil { return "" }
    let keyword = statement.keyword.rawValue
    return keyword + blanks(max(1, bodyColumn - keyword.count))
  }
}

// MARK: - Parts on one line

extension Printer {
  package static func text(of chain: Chain) -> String { line(pieces(of: chain)) }

  package static func text(of link: Link) -> String { line(pieces(of: Chain([link], link.span))) }

  package static func text(of item: Item) -> String {
    switch item.kind {
    case .word(let word): word
    case .number(let number): number.text
    default: text(of: Link([item], item.span))
    }
  }

  private static func line(_ pieces: [Piece]) -> String {
    pieces.enumerated().map { index, piece in
      (index > 0 && piece.isSpaced ? " " : "") + piece.text
    }.joined()
  }

  /// A blank parts the `#` from what follows, unless that is another `#` or a `#!` line's path.
  static func text(of comment: Comment) -> String {
    let isGlued = comment.text.isEmpty || comment.text.hasPrefix("#")
    return (isGlued || comment.text.hasPrefix("!/") ? "#" : "# ") + comment.text
  }

  /// A text with quotes and escapes.
  package static func literal(_ content: String) -> String {
    var literal = "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\t": literal += "\\t"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
