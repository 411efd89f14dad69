import MLPLibrary

/// The parts of grammar.md that are derived, as Markdown.
package struct GrammarText {
  /// The line before a derived part, and the line behind it.
  package static func markers(_ part: String) -> (begin: String, end: String) {
    ("<!-- begin \(part): derived, do not edit -->", "<!-- end \(part) -->")
  }

  /// The table of the diagnostics' codes.
  package static func codes(_ entries: [DiagnosticCodes.Entry] = DiagnosticCodes.all) -> String {
    table(["code", "what is wrong"], entries.map { [$0.code, $0.meaning] })
  }

  /// The table of the limits.
  package static var limits: String {
    table(
      ["what", "at most"],
      [
        ["layers of a network, and of all combinations' networks", Format.grouped(Limits.layers)],
        ["parameters of a network", Format.grouped(Limits.parameters)],
        ["repetitions of a group", Format.grouped(Limits.repetitions)],
        ["combinations of alternatives", Format.grouped(Limits.combinations)],
        ["words once names and groups are written out", Format.grouped(Limits.items)],
        ["names, groups and alternatives in each other", Format.grouped(Limits.depth)],
      ])
  }

  /// The statements that have settings of their own, then every word, by category.
  package static func words(
    statements: [Schema] = Catalogue.statements,
    entries: (Category) -> [any Entry.Type] = { Catalogue.entries(in: $0) }
  ) -> String {
    let statementParts = statements.map { section($0, level: 4) }
    var parts = ["### Statements\n"] + statementParts
    for category in Category.allCases {
      parts.append("### \(heading(category))\n")
      parts += entries(category).map { section($0.schema, level: 4) }
    }
    return parts.joined(separator: "\n")
  }

  private static func heading(_ category: Category) -> String {
    switch category {
    case .layer: "Layers"
    case .loss: "Losses"
    case .solver: "Solvers"
    case .schedule: "Schedules"
    case .initialiser: "Initialisers"
    case .data: "Data sources"
    }
  }

  // MARK: One word

  private static func section(_ schema: Schema, level: Int) -> String {
    var text = "\(String(repeating: "#", count: level)) `\(schema.word)`\n\n\(schema.summary)\n"
    if !schema.settings.isEmpty { text += "\n" + settings(schema) }
    if !schema.formula.isEmpty { text += "\n" + fenced("text", schema.formula) }
    if !schema.source.isEmpty { text += "\nSource: \(schema.source).\n" }
    return text + schema.examples.map { "\n" + fenced("mlp", $0) }.joined()
  }

  private static func settings(_ schema: Schema) -> String {
    let rows = schema.settings.map { setting in
      [name(setting, in: schema), value(setting.kind), standard(setting), setting.help]
    }
    return table(["setting", "value", "default", "meaning"], rows)
  }

  /// A setting that may stand without its name is marked.
  private static func name(_ setting: Setting, in schema: Schema) -> String {
    schema.positional.contains(setting.name) ? "[`\(setting.name)`]" : "`\(setting.name)`"
  }

  private static func value(_ kind: Setting.Kind) -> String {
    switch kind {
    case .choice(let words): code(words)
    case .flag: code(["yes", "no"])
    case .phrase(let phrases): code(phrases.map { $0.sample })
    case .entry(let category, let words):
      ([category.described] + (words.isEmpty ? [] : [code(words)])).joined(separator: ", ")
    default: kind.described
    }
  }

  private static func standard(_ setting: Setting) -> String {
    switch setting.default {
    case .required: "must be given"
    case .absent: "none"
    case .same(let other): "as `\(other)`"
    case .value(let value): "`\(ExplicitText.text(value))`"
    }
  }

  private static func code(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
  }

  // MARK: Markdown

  private static func fenced(_ language: String, _ text: String) -> String {
    "```\(language)\n\(text)\n```\n"
  }

  private static func table(_ heads: [String], _ rows: [[String]]) -> String {
    let rule = heads.map { _ in "---" }
    return ([heads, rule] + rows).map { row in
      "| " + row.map { cell($0) }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// Text that can't end its cell.
  private static func cell(_ text: String) -> String {
    text.map { $0 == "|" ? "\\|" : $0 == "\n" ? " " : String($0) }.joined()
  }
}
