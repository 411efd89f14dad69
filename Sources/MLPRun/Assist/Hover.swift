import MLPLibrary
import MLPSyntax

/// What is to be said about the word at a place.
package struct Hover: Equatable, Sendable {
  package enum Part: Equatable, Sendable {
    /// `word` and what it is.
    case title(String, String)
    case text(String)
    case code(String, language: String)
    /// Names with what is to be said of each.
    case list([Item])
  }

  package struct Item: Equatable, Sendable {
    package let name: String
    package let text: String
  }

  package let span: Span
  package let parts: [Part]

  /// nil where there is no word, or nothing is known about it.
  package static func at(_ offset: Int, in analysis: Analysis) -> Hover? {
    let words = analysis.words
    guard let index = words.index(at: offset) else { return nil }
    let span = words.tokens[index].span
    let parts: [Part]
    switch words.roles[index] {
    case .keyword(let keyword): parts = about(keyword, analysis)
    case .entry(let schema, let category):
      parts = about(schema, category) + shapes(at: span, analysis)
    case .setting(let setting, let owner), .value(let setting, let owner):
      parts = about(setting, of: owner)
    case .definition(let name), .use(let name): parts = about(name, analysis)
    case .other: return nil
    }
    return parts.isEmpty ? nil : Hover(span: span, parts: parts)
  }

  // MARK: Words

  private static func about(_ keyword: Keyword, _ analysis: Analysis) -> [Part] {
    let title = Part.title(keyword.rawValue, "statement")
    guard keyword != .net else { return [title, .text(keyword.summary)] + table(analysis) }
    let settings = keyword.schema.map { list($0.settings) } ?? []
    return [title, .text(keyword.summary)] + settings
  }

  private static func about(_ schema: Schema, _ category: Category) -> [Part] {
    var parts: [Part] = [.title(schema.word, category.noun), .text(schema.summary)]
    if !schema.formula.isEmpty { parts.append(.code(schema.formula, language: "text")) }
    return parts + list(schema.settings)
  }

  private static func list(_ settings: [Setting]) -> [Part] {
    guard !settings.isEmpty else { return [] }
    return [.list(settings.map { Item(name: $0.name, text: $0.summary) })]
  }

  private static func about(_ setting: Setting, of owner: Schema) -> [Part] {
    [
      .title(setting.name, "setting of \(owner.word)"), .text(setting.help),
      .list([
        Item(name: "value", text: setting.kind.described),
        Item(name: "default", text: standard(of: setting)),
      ]),
    ]
  }

  private static func standard(of setting: Setting) -> String {
    switch setting.default {
    case .required: "none, it must be given"
    case .absent: "none"
    case .same(let other): "as \(other)"
    case .value(let value): ExplicitText.text(value)
    }
  }

  private static func about(_ name: String, _ analysis: Analysis) -> [Part] {
    let statement = analysis.spec.statements.first { $0.name?.text == name }
    guard let statement else { return [.title(name, "name")] }
    let text = "let \(name) = \(Printer.text(of: statement.body))"
    return [.title(name, "name"), .code(text, language: "mlp")]
  }

  // MARK: Shapes

  /// How many passages or experiments are shown.
  private static let limit = 6

  /// What goes through the layer at `span` in the network as it is now.
  private static func shapes(at span: Span, _ analysis: Analysis) -> [Part] {
    let around = LayerShapes.all(analysis.experiments).filter {
      $0.span.source == span.source && $0.span.lower <= span.lower && span.upper <= $0.span.upper
    }
    let items = around.flatMap { $0.passages }.map { passage in
      guard let output = passage.output else {
        return Item(name: "here", text: "\(passage.input) outputs")
      }
      let parameters = "\(Format.grouped(passage.parameters)) parameters"
      return Item(name: "here", text: "\(passage.input) → \(output), \(parameters)")
    }
    return items.isEmpty ? [] : [.list(Array(items.prefix(limit)))]
  }

  /// The layers with their shapes.
  private static func table(_ analysis: Analysis) -> [Part] {
    guard let first = analysis.experiments.first, first.net.layers.count <= 50 else { return [] }
    let count = analysis.experiments.count
    let more =
      count > 1 ? [Part.text("The first of \(Format.grouped(count)) combinations.")] : []
    return [.code(CheckTable.text(first), language: "text")] + more
  }
}

// MARK: - As text

extension Hover {
  package var markdown: String {
    parts.map { part in
      switch part {
      case .title(let word, let what): "**\(word)** (\(what))"
      case .text(let text): text
      case .code(let code, let language): "```\(language)\n\(code.trimmed)\n```"
      case .list(let items):
        items.map { "- `\($0.name)`: \($0.text)" }.joined(separator: "\n")
      }
    }.joined(separator: "\n\n")
  }

  package var plain: String {
    parts.map { part in
      switch part {
      case .title(let word, let what): "\(word) (\(what))"
      case .text(let text): text
      case .code(let code, _): code.trimmed
      case .list(let items): items.map { "\($0.name): \($0.text)" }.joined(separator: "\n")
      }
    }.joined(separator: "\n\n")
  }
}

extension String {
  /// Without line ends at its end.
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.last == "\n" { rest.removeLast() }
    return String(rest)
  }
}
