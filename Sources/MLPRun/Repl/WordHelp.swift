import MLPLibrary
import MLPSyntax

/// What a word means, for a terminal: summary, settings with defaults, formula, source, an example.
struct WordHelp {
  let columns: Int

  /// Everything of that name: words, statements, and settings by the words that have them.
  ///
  /// - Returns: nil where nothing has it.
  func text(about name: String) -> String? {
    var parts: [String] = []
    if let keyword = Keyword(rawValue: name) { parts.append(text(about: keyword)) }
    for category in Category.allCases {
      guard let type = Catalogue.entry(name, in: category) else { continue }
      parts.append(text(about: type.schema, category.noun))
    }
    if parts.isEmpty { parts = settings(named: name) }
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  /// All names that something is known about.
  static var names: [String] {
    let schemas =
      Catalogue.statements
      + Category.allCases.flatMap { category in
        Catalogue.entries(in: category).map { $0.schema }
      }
    let names =
      Keyword.allCases.map { $0.rawValue } + schemas.map { $0.word }
      + schemas.flatMap { $0.settings.map { $0.name } }
    return Set(names).sorted()
  }

  private func text(about keyword: Keyword) -> String {
    guard let schema = keyword.schema else {
      return "\(keyword.rawValue): statement\n" + wrapped(keyword.summary, indent: 2)
    }
    return text(about: schema, "statement")
  }

  private func text(about schema: Schema, _ kind: String) -> String {
    var text = "\(schema.word): \(kind)\n" + wrapped(schema.summary, indent: 2)
    if !schema.settings.isEmpty { text += "\n" + table(schema.settings, of: schema) }
    if !schema.formula.isEmpty {
      text += "\n" + schema.formula.split(separator: "\n").map { "  \($0)\n" }.joined()
    }
    if !schema.source.isEmpty { text += "\n" + wrapped("Source: \(schema.source).", indent: 2) }
    if let example = schema.examples.first { text += "\n  \(example)\n" }
    return text
  }

  private func settings(named name: String) -> [String] {
    let statements = Catalogue.statements.map { ($0, "statement") }
    let words = Category.allCases.flatMap { category in
      Catalogue.entries(in: category).map { ($0.schema, category.noun) }
    }
    return (statements + words).compactMap { schema, kind in
      guard let setting = schema.setting(name) else { return nil }
      return "\(name): setting of the \(kind) '\(schema.word)'\n" + table([setting], of: schema)
    }
  }

  /// Name, values and default; the meaning below them, for it may be long.
  private func table(_ settings: [Setting], of schema: Schema) -> String {
    settings.map { setting in
      let head = "  \(setting.name)  \(Self.values(setting.kind)); \(setting.standard)\n"
      return head + wrapped(setting.help, indent: 6)
    }.joined()
  }

  private static func values(_ kind: Setting.Kind) -> String {
    switch kind {
    case .choice(let words): words.joined(separator: ", ")
    case .flag: "yes, no"
    case .entry(let category, let words):
      ([category.described] + words).joined(separator: ", ")
    default: kind.described
    }
  }

  private func wrapped(_ text: String, indent: Int) -> String {
    let room = max(20, min(columns, 100) - indent)
    return text.wrapped(to: room).map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
  }
}

extension String {
  /// Lines of whole words, none longer than `width` where words allow it.
  package func wrapped(to width: Int) -> [String] { split(separator: " ").wrapped(to: width) }
}

extension Sequence where Element: StringProtocol {
  /// Lines of whole pieces with blanks between them, none longer than `width` where pieces allow it.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for piece in self {
      if let last = lines.last, last.count + 1 + piece.count <= width {
        lines[lines.count - 1] += " " + piece
      } else {
        lines.append(String(piece))
      }
    }
    return lines
  }
}
