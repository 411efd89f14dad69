import MLPSyntax

/// A statement of a text, as an editor's list of contents shows it.
package struct OutlineEntry: Equatable, Sendable {
  package enum Kind: Sendable {
    case statement
    case network
    case name
    case layer
  }

  package let kind: Kind
  package let title: String
  package let span: Span
  /// The keyword or name within `span`.
  package let head: Span
  package let children: [OutlineEntry]

  /// The statements of a spec in order, a network's links within it.
  package static func all(_ spec: Spec) -> [OutlineEntry] { spec.statements.map { entry($0) } }

  private static func entry(_ statement: Statement) -> OutlineEntry {
    if let name = statement.name {
      return OutlineEntry(
        kind: .name, title: name.text, span: statement.span, head: name.span, children: [])
    }
    guard statement.keyword == .net else {
      let body = statement.body.links.map { Printer.text(of: $0) }.joined(separator: " -> ")
      return OutlineEntry(
        kind: .statement, title: brief("\(statement.keyword.rawValue) \(body)"),
        span: statement.span, head: statement.keywordSpan ?? statement.span.start, children: [])
    }
    let links = statement.body.links.map { link in
      OutlineEntry(
        kind: .layer, title: brief(Printer.text(of: link)), span: link.span, head: link.span,
        children: [])
    }
    return OutlineEntry(
      kind: .network, title: "net", span: statement.span,
      head: statement.keywordSpan ?? statement.span.start, children: links)
  }

  private static func brief(_ text: String) -> String {
    text.count <= 60 ? text : String(text.prefix(59)) + "…"
  }
}
