import MLPLibrary
import MLPSyntax

// Words and values that no setting takes.

extension SettingReader {
  mutating func reportUnknown(
    _ word: String, of reading: Reading, at span: Span, enclosing: [Schema]
  ) {
    let following = items.dropFirst()
    items.removeFirst()
    let schemas = reading.knowing() + enclosing
    if let name = following.first, reportNegation(word, at: span, before: name, schemas) { return }
    // Prose has more than one such word, and is one mistake.
    let isFiller = Belonging.fillers.contains(word)
    if isFiller, hasFiller { return }
    hasFiller = hasFiller || isFiller
    if isFiller { items = items.dropFirst(valuesBeforeNames(in: schemas).count) }
    var diagnostic = Diagnostic.unknownSetting(
      word, of: reading.schema, at: span, enclosing: enclosing, before: following)
    if diagnostic.edits.first?.replacement.last?.isNumber == true {
      // The value was part of the word.
    } else if !diagnostic.edits.isEmpty {
      passValue(before: schemas)
    } else if let last = skipPhrase(to: schemas), last.source == span.source,
      span.upper < last.upper
    {
      diagnostic.scope = span.union(last)
    }
    diagnostics.append(diagnostic)
  }

  /// `no bias`: a flag's name behind its value.
  private mutating func reportNegation(
    _ word: String, at span: Span, before item: Item, _ schemas: [Schema]
  ) -> Bool {
    guard ["no", "without"].contains(word), case .word(let name) = item.kind,
      case .flag? = schemas.lazy.compactMap({ $0.setting(name) }).first?.kind,
      span.isBefore(item.span)
    else { return false }
    items.removeFirst()
    diagnostics.append(.negation(word, name, at: span.union(item.span)))
    return true
  }

  /// A value without a name, where none is taken.
  mutating func reportUnexpected(
    _ item: Item, in reading: inout Reading, enclosing: [Schema]
  ) {
    let schemas = reading.knowing() + enclosing
    let pairs = valuesBeforeNames(in: schemas)
    if !pairs.isEmpty {
      diagnostics.append(.valuesBeforeNames(pairs, in: reading.schema))
      items = items.dropFirst(pairs.count)
      return
    }
    let spans = reading.spans
    let meant = reading.schema.settings.first { setting in
      spans[setting.name] == nil && setting.kind.accepts(item)
        && (setting.isRequired || setting.name == "lr")
    }
    diagnostics.append(.unexpectedValue(item, in: reading.schema, for: meant))
    skip(to: schemas)
  }

  /// `10 epochs 64 batch`: such pairs at the front; none where a name has a value behind it as well.
  private func valuesBeforeNames(in schemas: [Schema]) -> [Item] {
    var pairs: [Item] = []
    var rest = items
    while let value = rest.popFirst(), !value.isWord, let name = rest.popFirst() {
      guard case .word(let word) = name.kind,
        let setting = schemas.lazy.compactMap({ $0.setting(word) }).first,
        setting.kind.accepts(value)
      else { return [] }
      pairs += [value, name]
      if rest.first?.isWord != false { return pairs }
    }
    return []
  }

  /// Passes what comes before the next name of a setting; the name too, where what was passed ends with
  /// a number that can only be its value: `for 10 epochs`.
  ///
  /// - Returns: where the last item that was passed stands.
  private mutating func skipPhrase(to schemas: [Schema]) -> Span? {
    var last: Item?
    while let item = items.first, !isName(item, in: schemas) {
      last = item
      items.removeFirst()
    }
    guard let last, !last.isWord, case .word(let name)? = items.first?.kind,
      schemas.contains(where: { $0.setting(name)?.kind.accepts(last) == true }),
      items.dropFirst().first.map({ $0.isWord }) != false
    else { return last?.span }
    return items.removeFirst().span
  }

  /// Passes the value of a misspelt setting, so that the next misspelt one is reported as well.
  private mutating func passValue(before schemas: [Schema]) {
    guard let item = items.first, !isName(item, in: schemas) else { return }
    items.removeFirst()
    while let item = items.first, !item.isWord { items.removeFirst() }
  }

  /// Passes what comes before the next name of a setting.
  mutating func skip(to schemas: [Schema]) {
    while let item = items.first, !isName(item, in: schemas) { items.removeFirst() }
  }
}
