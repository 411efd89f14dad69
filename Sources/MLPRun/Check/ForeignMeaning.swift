import MLPLibrary
import MLPSyntax

/// Layers of other frameworks whose values mean something else than the same values here, or have other names.
enum ForeignMeaning {
  /// What to do, where nobody can write it for the user; nil where our word may take the values.
  static func advice(for link: Link, head word: String) -> String? {
    switch word {
    case "BatchNormalization", "batch_normalization": share(in: link)
    case "linear" where link.items.count == 1:
      "an fc without an activation behind it is linear: leave 'linear' out, or write 'fc' with its "
        + "outputs"
    default: nil
    }
  }

  /// Keras's `momentum` is the share of the running statistics that stays.
  private static func share(in link: Link) -> String? {
    guard let place = link.items.firstIndex(where: { $0.isWord("momentum") }),
      place + 1 < link.items.count, let kept = link.items[place + 1].number
    else { return nil }
    let replaced = Format.number(((1 - kept.value) * 1e9).rounded() / 1e9)
    return "Keras's 'momentum' is the share that stays, here it is the one that is replaced: "
      + "'batchnorm momentum \(replaced)'"
  }

  // MARK: Translation

  /// A link of another framework with each of its names in ours; nil where a name has none, or ours may take the
  /// values as they are.
  static func translated(_ link: Link, to ours: String) -> String? {
    guard let schema = Catalogue.entry(ours, in: .layer)?.schema,
      let first = link.items.first, let last = link.items.last, case .word(let head) = first.kind,
      first.span.source == last.span.source, first.span.upper < last.span.lower
    else { return nil }
    let values = link.items.dropFirst().prefix { $0.number != nil }
    let order = values.count > 1 ? ForeignOrder.calls[head, default: []] : []
    guard order.isEmpty || values.count <= order.count else { return nil }
    var texts = [ours]
    for (place, value) in values.enumerated() {
      if !order.isEmpty { texts.append(order[place]) }
      texts.append(Printer.text(of: value))
    }
    guard let rest = written(link.items.dropFirst(values.count + 1), of: schema) else { return nil }
    texts += rest.texts
    let isForeign = !order.isEmpty || rest.isForeign
    let isWhole = schema.settings.allSatisfy { !$0.isRequired || texts.contains($0.name) }
    return isForeign && (order.isEmpty || isWhole) ? texts.joined(separator: " ") : nil
  }

  /// Names of another framework with their values in ours, up to the statement's end; nil where a name has none, or
  /// all are ours.
  static func translated(_ items: ArraySlice<Item>, of schema: Schema) -> String? {
    guard let all = written(items, of: schema), all.isForeign else { return nil }
    return all.texts.joined(separator: " ")
  }

  /// Names and values as they are written here, and whether one is another than it was; nil where a name has none.
  private static func written(
    _ items: ArraySlice<Item>, of schema: Schema
  ) -> (texts: [String], isForeign: Bool)? {
    let texts = items.compactMap { text(of: $0, in: schema) }
    guard texts.count == items.count else { return nil }
    return (texts, zip(texts, items).contains { $0 != Printer.text(of: $1) })
  }

  /// A name or value as it is written here; nil where there is none.
  private static func text(of item: Item, in schema: Schema) -> String? {
    switch item.kind {
    case .word(let word):
      if schema.setting(word) != nil { return word }
      if let flag = ["True": "yes", "False": "no"][word] { return flag }
      let names = [Catalogue.foreignWords[word.lowercased()], word == "p" ? "rate" : nil]
      return names.lazy.compactMap { $0 }.first { schema.setting($0) != nil }
    case .text(let text) where schema.settings.contains { $0.kind.words.contains(text) }:
      return text
    default: return Printer.text(of: item)
    }
  }

  /// Whether what stands behind a link's head could stand behind our word.
  static func takesValues(of link: Link, _ ours: String) -> Bool {
    guard let schema = Catalogue.entry(ours, in: .layer)?.schema,
      let head = link.items.first, case .word(let word) = head.kind,
      let next = link.items.dropFirst().first
    else { return true }
    if schema.settings.isEmpty { return false }
    let values = link.items.dropFirst().prefix { $0.number != nil }.count
    if values > 1, ForeignOrder.calls[word] != nil { return false }
    return next.number == nil || !schema.positional.isEmpty
  }
}
