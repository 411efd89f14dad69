/// The tree as text in its canonical layout.
///
/// What it prints parses to the same tree, apart from spans.
package struct Printer {
  /// Statements that are longer are broken before an arrow, where they have one.
  package static let maximumColumns = 100
  /// Where bodies and the lines that continue them begin.
  static let bodyColumn = 8

  package static func print(_ spec: Spec) -> String {
    var printer = Printer()
    for statement in spec.statements { printer.add(statement) }
    for comment in spec.trailingComments { printer.add(comment) }
    return printer.text
  }

  private var text = ""

  private mutating func add(_ statement: Statement) {
    for comment in statement.comments { add(comment) }
    if statement.followsBlankLine { addBlankLine() }
    text += Self.layout(statement)
    if let comment = statement.trailingComment { text += "  " + Self.text(of: comment) }
    text += "\n"
  }

  private mutating func add(_ comment: Comment) {
    if comment.followsBlankLine { addBlankLine() }
    text += Self.text(of: comment) + "\n"
  }

  private mutating func addBlankLine() {
    if !text.isEmpty { text += "\n" }
  }

  /// A statement on one line, or on several if that is too long.
  private static func layout(_ statement: Statement) -> String {
    let head = head(of: statement)
    let links = statement.body.links.map { Self.text(of: $0) }
    if links.isEmpty { return String(head.prefix { $0 != " " }) }
    let line = head + links.joined(separator: " -> ")
    return line.count <= maximumColumns ? line : broken(head + links[0], links.dropFirst())
  }

  private static func head(of statement: Statement) -> String {
    if let name = statement.name { return "let \(name.text) = " }
    if statement.keywordSpan == nil { return "" }
    let keyword = statement.keyword.rawValue
    return keyword + String(repeating: " ", count: max(1, bodyColumn - keyword.count))
  }

  /// Fills lines with links, each line but the first beginning with an arrow.
  private static func broken(_ first: String, _ links: ArraySlice<String>) -> String {
    let indent = String(repeating: " ", count: bodyColumn)
    var lines = ""
    var line = first
    for link in links {
      if line.count + 4 + link.count <= maximumColumns {
        line += " -> " + link
      } else {
        lines += line + "\n"
        line = indent + "-> " + link
      }
    }
    return lines + line
  }
}

// MARK: - Parts on one line

extension Printer {
  package static func text(of chain: Chain) -> String {
    chain.links.map { text(of: $0) }.joined(separator: " -> ")
  }

  package static func text(of link: Link) -> String {
    link.items.map { text(of: $0) }.joined(separator: " ")
  }

  package static func text(of item: Item) -> String {
    switch item.kind {
    case .word(let word): word
    case .number(let number): number.text
    case .size(let sizes): sizes.map { String($0) }.joined(separator: "x")
    case .text(let content): literal(content)
    case .group(let chain, let times):
      "(\(text(of: chain)))" + (times.map { " * " + text(of: $0) } ?? "")
    case .alternatives(let chains):
      "{" + chains.map { text(of: $0) }.joined(separator: " | ") + "}"
    }
  }

  static func text(of comment: Comment) -> String {
    comment.text.isEmpty ? "#" : "# " + comment.text
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
