import MLPLibrary
import MLPSyntax

/// The settings of one word as the text gives them, with their places.
struct Reading {
  let schema: Schema
  /// Where the word itself stands.
  let span: Span
  var values = Values()
  /// Where each setting was written: its value, or its name where that is all there is.
  var spans: [String: Span] = [:]
  /// The words that settings of kind `.entry` name.
  var entries: [String: Reading] = [:]

  /// Where a problem with `setting` is shown.
  func place(of setting: String?) -> Span { setting.flatMap { spans[$0] } ?? span }
}

/// Reads a word's settings from plain items, by its schema.
///
/// Items of a later source override those of an earlier one; within a source a setting is given once.
struct SettingReader {
  private(set) var diagnostics: [Diagnostic] = []
  private var items: ArraySlice<Item>

  init(_ items: [Item]) { self.items = items[...] }

  /// Reads everything that is left as the settings of one word; nil after a mistake.
  mutating func read(_ schema: Schema, subject: String, at span: Span) -> Reading? {
    let reading = read(schema, subject: subject, at: span, enclosing: [])
    return diagnostics.isEmpty ? reading : nil
  }

  /// Reads settings until a word comes that only an enclosing schema knows.
  private mutating func read(
    _ schema: Schema, subject: String, at span: Span, enclosing: [Schema]
  ) -> Reading {
    var reading = Reading(schema: schema, span: span)
    readPositional(into: &reading, subject: subject, enclosing: enclosing)
    while let item = items.first {
      guard case .word(let word) = item.kind else {
        diagnostics.append(.unexpectedValue(item, in: subject))
        skipToSetting(of: [schema] + enclosing)
        continue
      }
      if let setting = schema.setting(word) {
        items.removeFirst()
        readValue(of: setting, named: item.span, into: &reading, enclosing: enclosing)
      } else if enclosing.contains(where: { $0.setting(word) != nil }) {
        break
      } else {
        reportUnknown(word, of: subject, at: item.span, schemas: [schema] + enclosing)
      }
    }
    complete(&reading, subject: subject)
    return reading
  }

  // MARK: Values without names

  /// Reads the leading items that aren't names of settings; missing optional ones are left out from the front.
  private mutating func readPositional(
    into reading: inout Reading, subject: String, enclosing: [Schema]
  ) {
    let schema = reading.schema
    var settings = schema.positional.compactMap { schema.setting($0) }
    if let first = settings.first, case .entry = first.kind {
      guard items.first.map({ !names($0, in: [schema]) }) ?? true else { return }
      guard !items.isEmpty else { return }
      readValue(of: first, named: nil, into: &reading, enclosing: enclosing)
      return
    }
    let count = items.prefix { !names($0, in: [schema] + enclosing) }.count
    for setting in settings where settings.count > count {
      if case .required = setting.default { continue }
      settings.removeAll { $0.name == setting.name }
    }
    for setting in settings.prefix(count) {
      readValue(of: setting, named: nil, into: &reading, enclosing: enclosing)
    }
  }

  private func names(_ item: Item, in schemas: [Schema]) -> Bool {
    guard case .word(let word) = item.kind else { return false }
    return schemas.contains { $0.setting(word) != nil }
  }

  // MARK: One value

  /// Reads the value that comes next. `name` is where the setting's name stands, if it was written.
  private mutating func readValue(
    of setting: Setting, named name: Span?, into reading: inout Reading, enclosing: [Schema]
  ) {
    let schemas = [reading.schema] + enclosing
    let place = items.first.map { name?.union($0.span, ifSameSource: true) ?? $0.span } ?? name
    guard let first = items.first, let place else {
      diagnostics.append(
        .missingValue(setting.name, expected: setting.kind.described, at: name ?? reading.span))
      return
    }
    if let earlier = reading.spans[setting.name], earlier.source == first.span.source {
      diagnostics.append(.settingTwice(setting.name, at: place, first: earlier))
    }
    reading.spans[setting.name] = first.span
    if case .entry(let category, let plain) = setting.kind {
      readEntry(setting, category, plain, into: &reading, enclosing: schemas)
    } else if names(first, in: schemas), !setting.kind.mayBegin(with: first) {
      diagnostics.append(
        .missingValue(setting.name, expected: setting.kind.described, at: name ?? first.span))
    } else {
      reading.values[setting.name] = readPlain(setting)
    }
  }

  private mutating func readPlain(_ setting: Setting) -> Value? {
    let reader = ValueReader(setting: setting)
    var rest = items
    let result = reader.value(&rest)
    items = rest
    switch result {
    case .success(let value): return value
    case .failure(let failure):
      diagnostics.append(failure.diagnostic)
      return nil
    }
  }

  /// Reads a word of the catalogue with its own settings.
  private mutating func readEntry(
    _ setting: Setting, _ category: Category, _ plain: [String], into reading: inout Reading,
    enclosing: [Schema]
  ) {
    guard let item = items.popFirst() else { return }
    guard case .word(let word) = item.kind else {
      diagnostics.append(.wordExpected(category.described, found: item))
      skipToSetting(of: enclosing)
      return
    }
    if plain.contains(word) {
      reading.values[setting.name] = .word(word)
      return
    }
    guard let type = Catalogue.entry(word, in: category) else {
      let candidates = Catalogue.entries(in: category).map { $0.schema.word } + plain
      let mend = Suggestion.mend(word, among: candidates)
      diagnostics.append(.unknownWord(word, category.rawValue, at: item.span, mend: mend))
      skipToSetting(of: enclosing)
      return
    }
    let schema = type.schema.asFallback(within: enclosing, category)
    let entry = read(schema, subject: word, at: item.span, enclosing: enclosing)
    reading.entries[setting.name] = entry
    reading.values[setting.name] = Value.entry(type, entry.values).withDefaults
  }

  // MARK: Mistakes and defaults

  private mutating func reportUnknown(
    _ word: String, of subject: String, at span: Span, schemas: [Schema]
  ) {
    let names = schemas.flatMap { $0.settings.map { $0.name } }
    let mend = Suggestion.mend(word, among: names)
    diagnostics.append(
      .unknownSetting(
        word, of: subject, at: span, names: schemas.first?.settings.map { $0.name } ?? [],
        mend: mend))
    items.removeFirst()
    skipToSetting(of: schemas)
  }

  private mutating func skipToSetting(of schemas: [Schema]) {
    while let item = items.first, !names(item, in: schemas) { items.removeFirst() }
  }

  /// Fills in defaults and reports what is required and missing.
  private mutating func complete(_ reading: inout Reading, subject: String) {
    for setting in reading.schema.settings where reading.values[setting.name] == nil {
      switch setting.default {
      case .value(let value):
        reading.values[setting.name] = value.withDefaults
      case .absent: break
      case .required:
        guard reading.spans[setting.name] == nil, diagnostics.isEmpty else { continue }
        diagnostics.append(
          .missingSetting(setting.name, of: subject, help: setting.help, at: reading.span))
      }
    }
  }
}

extension Schema {
  /// The schema of a data source behind `else`: how samples are prepared is said once, by the source
  /// before it.
  func asFallback(within enclosing: [Schema], _ category: Category) -> Schema {
    guard category == .data, let primary = enclosing.first, primary.word != "data" else {
      return self
    }
    return Schema(
      word, summary, formula: formula, source: source,
      settings: settings.filter { primary.setting($0.name) == nil }, positional: positional,
      examples: examples)
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
