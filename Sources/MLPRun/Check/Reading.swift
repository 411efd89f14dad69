import MLPLibrary
import MLPSyntax

/// The settings of one word as the text gives them, with their places.
struct Reading {
  let schema: Schema
  /// Where the word itself stands.
  let span: Span
  var values = Values()
  /// Where each setting was written: its value, or its name where that is all there is.
  var spans = SettingTable<Span>()
  /// The words that settings of kind `.entry` name.
  var entries = SettingTable<Reading>()
  /// The items of settings of kind `.condition`.
  var conditions = SettingTable<[Item]>()

  init(schema: Schema, span: Span) {
    self.schema = schema
    self.span = span
  }

  /// Where a problem with `setting` is shown.
  func place(of setting: String?) -> Span { setting.flatMap { spans[$0] } ?? span }

  /// The schemas of the word and of those that its settings name, `name`'s left out.
  func knowing(besides name: String? = nil) -> [Schema] {
    if entries.isEmpty { return [schema] }
    return [schema]
      + schema.settings.flatMap { setting in
        setting.name == name ? [] : entries[setting.name]?.knowing() ?? []
      }
  }

  /// Whether the word, or one that its settings name, has a setting `word`.
  func knows(_ word: String) -> Bool {
    if schema.setting(word) != nil { return true }
    return !entries.isEmpty && schema.settings.contains { entries[$0.name]?.knows(word) ?? false }
  }

  /// The setting whose word, or a word below it, has a setting `word`: the one written last.
  func entry(knowing word: String) -> String? {
    let known = schema.settings.map { $0.name }.filter { name in
      entries[name]?.knowing().contains { $0.setting(word) != nil } ?? false
    }
    return known.max { order($0) < order($1) }
  }

  private func order(_ name: String) -> Int { spans[name]?.lower ?? 0 }

  /// The word's type that a setting of kind `.entry` names.
  func type(of setting: Setting) -> (any Entry.Type)? {
    guard case .entry(let category, _) = setting.kind, let entry = entries[setting.name]
    else { return nil }
    return Catalogue.entry(entry.schema.word, in: category)
  }
}

extension Schema {
  /// The settings that `count` values without names stand for.
  func unnamed(_ count: Int) -> ArraySlice<Setting> {
    var surplus = positionalSettings.count - count
    if surplus <= 0 { return positionalSettings[...] }
    let settings = positionalSettings.filter { setting in
      if surplus > 0, !setting.isRequired { surplus -= 1 } else { return true }
      return false
    }
    return settings.prefix(count)
  }

  /// The schema of a data source behind `else`: how samples are prepared is said once, by the source
  /// before it.
  func asFallback(within enclosing: [Schema], _ category: Category) -> Schema {
    guard category == .data, let primary = enclosing.first, primary.word != "data" else {
      return self
    }
    let shared = Set(Preparation.settings(scale: "", scales: []).map { $0.name })
    return Schema(
      word, summary, formula: formula, source: source,
      settings: settings.filter { !shared.contains($0.name) }, positional: positional,
      examples: examples)
  }

  /// The category of the word that the settings begin with.
  var headCategory: Category? {
    guard let first = positional.first, case .entry(let category, _)? = setting(first)?.kind
    else { return nil }
    return category
  }
}

extension Value {
  /// A word's value with its own defaults filled in.
  var withDefaults: Value {
    guard case .entry(let type, var values) = self else { return self }
    for setting in type.schema.settings where values[setting.name] == nil {
      if case .value(let value) = setting.default { values[setting.name] = value.withDefaults }
    }
    return .entry(type, values)
  }
}

extension Span {
  /// The smallest span that holds both, or the other one where it lies in another source.
  func union(_ other: Span, ifSameSource: Bool) -> Span {
    source == other.source ? union(other) : other
  }
}
