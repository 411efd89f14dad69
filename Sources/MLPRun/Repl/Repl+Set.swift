import MLPLibrary
import MLPSyntax

// `:set`: a setting wherever it belongs.
extension Repl {
  /// - Parameters:
  ///   - input: all that was typed, for diagnostics.
  ///   - start: the offset behind the command's name.
  mutating func set(_ input: Source, behind start: Int) {
    let sources = [spec.source, input]
    // Blanks in place of the command, so that the columns are those of the line.
    let blanked = input.bytes[..<start].map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    let text = Source(name: input.name, bytes: blanked + input.bytes[start...])
    let (typed, faults) = Parser.parse(text, index: 1)
    guard faults.isEmpty else { return fail(faults, sources) }
    guard let first = typed.statements.first else { return fail("say what: ':set lr 0.01'") }
    guard let overlay = overlay(first) else { return }
    let together = ReplSpec.check([spec.spec, Spec(statements: [overlay])])
    let isOwnFault = together.diagnostics.contains { $0.severity == .error && $0.span.source == 1 }
    guard together.checked != nil || spec.checked == nil && !isOwnFault else {
      return fail(together.diagnostics, sources)
    }
    let settled = Parser.parse(Source(name: input.name, text: merged(overlay)), index: 1).spec
    advance(
      to: spec.replacing(with: settled), by: settled.statements, saying: together.diagnostics,
      sources)
  }

  /// The spec's statement with the settings of `overlay` in their places.
  private func merged(_ overlay: Statement) -> String {
    let keyword = overlay.keyword.rawValue
    let old = spec.statement(overlay.keyword).map { keyword + " " + Printer.text(of: $0.body) }
    return SettingList.text(of: old ?? keyword, with: Printer.text(of: overlay.body))
  }

  /// What was typed as a statement that is merged over the spec's; nil after saying why it can't be.
  private mutating func overlay(_ typed: Statement) -> Statement? {
    if typed.keywordSpan != nil {
      guard typed.keyword.schema != nil, typed.keyword != .expect else {
        fail("':set' changes settings: type the '\(typed.keyword.rawValue)' statement itself")
        return nil
      }
      return typed
    }
    guard case .word(let name)? = typed.body.links.first?.items.first?.kind else {
      fail("a setting's name comes first: ':set lr 0.01'")
      return nil
    }
    guard let keyword = owner(of: name) else {
      fail(homeless(name))
      return nil
    }
    return Statement(
      keyword: keyword, keywordSpan: typed.span.start, body: typed.body, span: typed.span)
  }

  /// The statement to which a setting belongs, or which begins with a word: the spec's own words first.
  func owner(of name: String) -> Keyword? {
    let plain = Catalogue.statements.first { schema in
      schema.setting(name) != nil && !schema.positional.contains(name) && schema.word != "expect"
    }
    if let plain { return Keyword(rawValue: plain.word) }
    let headed: [Keyword] = [.solver, .data, .`init`]
    let current = headed.first { keyword in
      spec.statement(keyword).map { $0.knows(name) } ?? false
    }
    if let current { return current }
    let category = Category.allCases.first { category in
      headed.contains(category.keyword)
        && Catalogue.entries(in: category).contains {
          $0.schema.word == name || $0.schema.setting(name) != nil
        }
    }
    return category?.keyword
  }

  private func homeless(_ name: String) -> String {
    // The network's own words first.
    let used = Set(spec.statement(.net).map { $0.words } ?? [])
    let schemas = (Catalogue.entries(in: .layer) + Catalogue.entries(in: .loss)).map { $0.schema }
    for layer in schemas.filter({ used.contains($0.word) }) + schemas {
      let word = layer.word
      if word == name { return "'\(name)' is part of the net: type the chain anew" }
      guard layer.setting(name) != nil else { continue }
      return "'\(name)' is a setting of '\(word)' in the net: type the chain anew"
    }
    let names =
      Catalogue.statements.flatMap { $0.settings.map { $0.name } }
      + [Category.solver, .schedule, .data, .initialiser].flatMap { category in
        Catalogue.entries(in: category).flatMap { $0.schema.settings.map { $0.name } }
      }
    let ours = Suggestion.mend(name, among: names)
    return "no word here has a setting '\(name)'" + (ours.map { "; \($0.help)" } ?? "")
  }
}

extension Statement {
  /// The words of the catalogue in it.
  fileprivate var words: [String] {
    let source = Source(name: "", text: keyword.rawValue + " " + Printer.text(of: body))
    return WordMap(source).roles.compactMap { role in
      if case .entry(let schema, _) = role { schema.word } else { nil }
    }
  }

  /// Whether one of its words has a setting of that name.
  fileprivate func knows(_ name: String) -> Bool {
    let source = Source(name: "", text: keyword.rawValue + " " + Printer.text(of: body))
    return WordMap(source).roles.contains { role in
      if case .entry(let schema, _) = role { schema.setting(name) != nil } else { false }
    }
  }
}
