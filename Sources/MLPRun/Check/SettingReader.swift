import MLPLibrary
import MLPSyntax

/// Reads a word's settings from plain items, by its schema.
///
/// A setting belongs to the nearest word before it that knows it. Items of a later source override those of an
/// earlier one; within a source a setting is given once.
struct SettingReader {
  var diagnostics: [Diagnostic] = []
  var items: ArraySlice<Item>
  /// Names that the spec defines, for suggestions.
  private let names: [String]
  /// Whether a word that only prose has was reported.
  var hasFiller = false

  init(_ items: [Item], names: [String] = []) {
    self.items = items[...]
    self.names = names
  }

  /// Reads everything that is left as the settings of one word; nil after a mistake.
  mutating func read(_ schema: Schema, at span: Span) -> Reading? {
    var reading = Reading(schema: schema, span: span)
    readPositional(into: &reading, enclosing: [])
    readNamed(into: &reading, enclosing: [])
    complete(&reading)
    return diagnostics.isEmpty ? reading : nil
  }

  /// Reads settings until a word comes that only an enclosing word knows.
  private mutating func readNamed(into reading: inout Reading, enclosing: [Schema]) {
    while let item = items.first {
      // A long line of mistakes is not read to its end.
      if diagnostics.count > 100 * Diagnostic.limit { return items.removeAll() }
      guard case .word(let word) = item.kind else {
        reportUnexpected(item, in: &reading, enclosing: enclosing)
        continue
      }
      if let setting = reading.schema.setting(word) {
        items.removeFirst()
        readValue(of: setting, named: item.span, into: &reading, enclosing: enclosing)
      } else if let name = reading.entry(knowing: word), var entry = reading.entries[name] {
        readNamed(into: &entry, enclosing: reading.knowing(besides: name) + enclosing)
        reading.entries[name] = entry
      } else if enclosing.contains(where: { $0.setting(word) != nil }) {
        break
      } else {
        reportUnknown(word, of: reading, at: item.span, enclosing: enclosing)
      }
    }
  }

  // MARK: Values without names

  /// Reads the leading items that aren't names of settings; missing optional ones are left out from the front.
  private mutating func readPositional(into reading: inout Reading, enclosing: [Schema]) {
    let schema = reading.schema
    if schema.headCategory != nil, let head = schema.positionalSettings.first {
      guard let first = items.first, !isName(first, in: schema) else { return }
      readValue(of: head, named: nil, into: &reading, enclosing: enclosing)
      return
    }
    let count = items.prefix(schema.positional.count).prefix {
      !isName($0, in: schema, enclosing) && !isMisspelt($0, schema)
    }.count
    var settings = schema.unnamed(count)
    if reportForeignOrder(into: &reading) || reportOrder(of: settings, into: &reading) { return }
    if reportLeftOut(settings, in: reading) {
      settings = schema.positionalSettings.dropFirst().prefix(count)
    }
    for setting in settings {
      let before = diagnostics.count
      readValue(of: setting, named: nil, into: &reading, enclosing: enclosing)
      // What follows a wrong one may be in its place.
      if diagnostics.count > before { return skip(to: [schema] + enclosing) }
    }
  }

  /// Whether a word is no value, where values without names are no words: the misspelt name of a setting, or the next
  /// layer without its arrow.
  private func isMisspelt(_ item: Item, _ schema: Schema) -> Bool {
    guard case .word(let word) = item.kind,
      isForeignName(item, word, schema) || isNoValue(word, schema)
    else { return false }
    return !names.contains(word)
  }

  private func isNoValue(_ word: String, _ schema: Schema) -> Bool {
    if schema.takesUnnamedWords { return false }
    if [.layer, .loss].contains(Belonging.category(of: word)) { return true }
    return Suggestion.mend(word, among: schema.settings.map { $0.name }) != nil
  }

  /// Whether a word is the name of another word's setting, or another framework's, with a value behind it.
  private func isForeignName(_ item: Item, _ word: String, _ schema: Schema) -> Bool {
    guard schema.word != "expect", word != "x", schema.headCategory == nil,
      !schema.positionalSettings.contains(where: { $0.kind.words.contains(word) }),
      let place = items.firstIndex(where: { $0.span == item.span }),
      let next = items[(place + 1)...].first, !isName(next, in: [schema])
    else { return false }
    return Catalogue.isNameOfSetting(word) && Belonging.category(of: word) == nil
  }

  /// Reports that the first of the values without names is left out, where the next one stands in its place:
  /// `expect accuracy 0.9`.
  private mutating func reportLeftOut(
    _ settings: ArraySlice<Setting>, in reading: Reading
  ) -> Bool {
    let all = reading.schema.positionalSettings
    guard let missing = settings.first, missing.isRequired, missing === all.first,
      let item = items.first, case .word(let word) = item.kind,
      !missing.kind.words.contains(word), let next = all.dropFirst().first
    else { return false }
    let isNext = next.kind.words.contains(word)
    let meant =
      isNext
      ? word
      : Suggestion.mend(word, among: missing.kind.words) == nil
        ? Suggestion.mend(word, among: next.kind.words)?.word : nil
    guard let meant else { return false }
    let place = items.startIndex
    items[place] = Item(.word(meant), item.span)
    diagnostics.append(.leftOut(missing, before: item, meant: meant, in: reading.schema))
    return true
  }

  /// Reports numbers in the order of other frameworks, and passes them.
  private mutating func reportForeignOrder(into reading: inout Reading) -> Bool {
    let numbers = items.prefix { if case .number = $0.kind { true } else { false } }
    guard let mended = ForeignOrder.mended(reading.schema.word, numbers) else { return false }
    diagnostics.append(.foreignOrder(Array(numbers), mended: mended, in: reading.schema))
    for setting in reading.schema.settings { reading.spans[setting.name] = numbers.first?.span }
    items = items.dropFirst(numbers.count)
    return true
  }

  /// Reports values without names that are right in another order, and passes them.
  private mutating func reportOrder(
    of settings: ArraySlice<Setting>, into reading: inout Reading
  ) -> Bool {
    guard let wrong = zip(settings, items).first(where: { !$0.kind.accepts($1) }) else {
      return false
    }
    let found = Array(items.prefix(settings.count))
    guard found.count == settings.count, found.count > 1,
      let mended = Self.arranged(found, for: Array(settings))
    else { return false }
    diagnostics.append(
      .wrongOrder(wrong.0, wrong.1, found: found, mended: mended, in: reading.schema))
    for (setting, item) in zip(settings, mended) { reading.spans[setting.name] = item.span }
    items = items.dropFirst(found.count)
    return true
  }

  /// The items in the order in which the settings accept them; those that fit several keep their own.
  private static func arranged(_ found: [Item], for settings: [Setting]) -> [Item]? {
    var mended: [Item] = []
    var rest = found
    for setting in settings {
      guard let place = rest.firstIndex(where: { setting.kind.accepts($0) }) else { return nil }
      mended.append(rest.remove(at: place))
    }
    return mended
  }

  private func isName(_ item: Item, in schema: Schema, _ enclosing: [Schema] = []) -> Bool {
    guard case .word(let word) = item.kind else { return false }
    return schema.setting(word) != nil || enclosing.contains { $0.setting(word) != nil }
  }

  func isName(_ item: Item, in schemas: [Schema]) -> Bool {
    schemas.contains { isName(item, in: $0) }
  }

  // MARK: One value

  /// Reads the value that comes next. `name` is where the setting's name stands, if it was written.
  private mutating func readValue(
    of setting: Setting, named name: Span?, into reading: inout Reading, enclosing: [Schema]
  ) {
    if let name { reportDoubled(setting, named: name) }
    if case .mark = setting.kind, let name { return readMark(setting, named: name, into: &reading) }
    guard let first = items.first, !isMissing(setting, before: first, reading, enclosing) else {
      let place = name ?? items.first?.span ?? reading.span
      if reading.spans[setting.name] == nil { reading.spans[setting.name] = place }
      diagnostics.append(.missingValue(setting, found: items.first, at: place))
      // A column's name without its quotes is no setting.
      if case .column = setting.kind { items = items.dropFirst() }
      return
    }
    let place = name?.union(first.span, ifSameSource: true) ?? first.span
    reportTwice(setting, in: reading, at: place)
    reading.spans[setting.name] = first.span
    reading.entries[setting.name] = nil
    switch setting.kind {
    case .entry(let category, let plain):
      let schemas = reading.knowing() + enclosing
      readEntry(setting, category, plain, into: &reading, enclosing: schemas)
    case .condition: readCondition(setting, into: &reading, enclosing: enclosing)
    default:
      let before = items
      reading.values[setting.name] = readPlain(setting, of: reading.schema)
      if let last = before.prefix(before.count - items.count).last,
        last.span.source == first.span.source, first.span.upper < last.span.lower
      {
        reading.spans[setting.name] = first.span.union(last.span)
      }
      if name != nil, reading.values[setting.name] == nil { skipLiterals(behind: first) }
    }
  }

  /// Reports a name that stands twice in a row, and passes the second one.
  private mutating func reportDoubled(_ setting: Setting, named name: Span) {
    guard let next = items.first, case .word(setting.name) = next.kind,
      !setting.kind.mayBegin(with: next)
    else { return }
    items.removeFirst()
    diagnostics.append(.doubled(setting.name, at: next.span, first: name))
  }

  /// Passes the values behind a wrong word, which may be in their place: `epochs is 10`.
  private mutating func skipLiterals(behind wrong: Item) {
    guard wrong.isWord else { return }
    while let item = items.first, !item.isWord { items.removeFirst() }
  }

  private mutating func reportTwice(_ setting: Setting, in reading: Reading, at place: Span) {
    guard let earlier = reading.spans[setting.name], earlier.source == place.source else { return }
    let diagnostic = Diagnostic.settingTwice(setting.name, at: place, first: earlier)
    let known = diagnostics.firstIndex {
      $0.message == diagnostic.message && $0.code == diagnostic.code
    }
    guard let known else { return diagnostics.append(diagnostic) }
    diagnostics[known].mark(place, "and here")
  }

  /// A setting without a value.
  private mutating func readMark(
    _ setting: Setting, named name: Span, into reading: inout Reading
  ) {
    reportTwice(setting, in: reading, at: name)
    reading.spans[setting.name] = name
    reading.values[setting.name] = .flag(true)
  }

  /// Everything up to the next setting's name.
  private mutating func readCondition(
    _ setting: Setting, into reading: inout Reading, enclosing: [Schema]
  ) {
    let schema = reading.schema
    let condition = Array(items.prefix { !isName($0, in: schema, enclosing) })
    items = items.dropFirst(condition.count)
    reading.conditions[setting.name] = condition
    reading.values[setting.name] = .text(
      condition.map { Printer.text(of: $0) }.joined(separator: " "))
  }

  /// Whether the next setting stands where the value should.
  private func isMissing(
    _ setting: Setting, before item: Item, _ reading: Reading, _ enclosing: [Schema]
  ) -> Bool {
    guard case .word(let word) = item.kind,
      reading.knows(word) || enclosing.contains(where: { $0.setting(word) != nil })
    else { return false }
    if case .entry(let category, _) = setting.kind, Catalogue.entry(word, in: category) != nil {
      return false
    }
    return !setting.kind.mayBegin(with: item)
  }

  private mutating func readPlain(_ setting: Setting, of schema: Schema) -> Value? {
    let reader = ValueReader(setting: setting, schema: schema, names: names)
    switch reader.value(&items) {
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
      diagnostics.append(.wordExpected(category, plain: plain, found: item))
      return skip(to: enclosing)
    }
    if plain.contains(word) {
      reading.values[setting.name] = .word(word)
      return
    }
    guard let type = Catalogue.entry(word, in: category) else {
      diagnostics.append(
        .unknownWord(
          word, category, plain: plain, names: names, at: item.span, before: items))
      return skip(to: enclosing)
    }
    var entry = Reading(
      schema: type.schema.asFallback(within: enclosing, category), span: item.span)
    readPositional(into: &entry, enclosing: enclosing)
    readNamed(into: &entry, enclosing: enclosing)
    reading.entries[setting.name] = entry
  }

  // MARK: Defaults

  /// Fills in defaults and reports what is required and missing.
  private mutating func complete(_ reading: inout Reading) {
    for setting in reading.schema.settings {
      if var entry = reading.entries[setting.name], let type = reading.type(of: setting) {
        complete(&entry)
        reading.entries[setting.name] = entry
        reading.values[setting.name] = .entry(type, entry.values)
      }
      switch setting.default {
      case .absent: break
      case .value(let value):
        guard reading.values[setting.name] == nil else { continue }
        reading.values[setting.name] = value.withDefaults
      case .same(let other):
        guard reading.values[setting.name] == nil else { continue }
        reading.values[setting.name] = reading.values[other]
      case .required:
        guard reading.values[setting.name] == nil else { continue }
        let isExcused = reading.schema.standalone.map { reading.values[$0] != nil } ?? false
        guard reading.spans[setting.name] == nil, diagnostics.isEmpty, !isExcused
        else { continue }
        diagnostics.append(.missingSetting(setting, of: reading.schema, at: reading.span))
      }
    }
  }
}

extension Item {
  var isWord: Bool {
    if case .word = kind { true } else { false }
  }
}
