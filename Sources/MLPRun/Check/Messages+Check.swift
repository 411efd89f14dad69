import MLPLibrary
import MLPSyntax

// What the checker can say about words, settings and their values, in the order of the codes.

extension Diagnostic {
  static func unknownWord(
    _ word: String, _ category: Category, plain: [String], names: [String], at span: Span
  ) -> Diagnostic {
    let mend =
      Suggestion.mend(word, among: category.words + plain + names) ?? owner(of: word, category)
    return Diagnostic(
      .error, "E0301", "there is no \(category.noun) '\(word.brief)'", at: span,
      note: mend == nil ? known(category, plain) : nil,
      help: mend?.help ?? misplaced(word, category), edit: mend?.edit(at: span))
  }

  /// A word at the head of a link that is neither layer nor loss.
  ///
  /// - Parameter previous: the link before it.
  static func unknownLayer(
    _ link: Link, head word: String, behind previous: Link?, names: [String]
  ) -> Diagnostic {
    let span = link.items[0].span
    let words = Category.layer.words + Category.loss.words
    var mend = Suggestion.mend(
      word, among: words + names + Keyword.allCases.map { $0.rawValue })
    var place = span
    if let previous, mend?.word == "softmax_ce", previous.isSoftmax, previous.span.isBefore(span) {
      mend = Mend(word: "softmax_ce", help: "softmax and its loss are one word here: 'softmax_ce'")
      place = previous.span.union(span)
    } else if mend == nil {
      mend = lossName(in: link)
      place = mend == nil ? span : span.union(link.items[1].span)
    }
    return Diagnostic(
      .error, "E0301", "there is no layer '\(word.brief)'", at: span,
      note: mend == nil ? known(.layer) + "; " + known(.loss) : nil,
      help: mend?.help ?? Belonging.advice(for: word, in: ""), edit: mend?.edit(at: place))
  }

  /// `loss softmax_ce`: the loss's own word.
  private static func lossName(in link: Link) -> Mend? {
    guard link.items.count > 1, case .word("loss") = link.items[0].kind,
      case .word(let name) = link.items[1].kind, Catalogue.entry(name, in: .loss) != nil,
      link.items[0].span.source == link.items[1].span.source
    else { return nil }
    return Mend(word: name, help: "a loss stands under its own name: '-> \(name)'")
  }

  /// What may stand there.
  private static func known(_ category: Category, _ plain: [String] = []) -> String {
    let plural = category == .loss ? "losses" : category.noun + "s"
    return "\(plural) are " + (category.words + plain).joined(separator: ", ")
  }

  /// The word whose first value stands in its place: `spirals` for `toy spirals`.
  private static func owner(of value: String, _ category: Category) -> Mend? {
    for schema in Catalogue.entries(in: category).map({ $0.schema }) {
      guard let name = schema.positional.first,
        case .choice(let words)? = schema.setting(name)?.kind,
        words.contains(value)
      else { continue }
      let text = "\(schema.word) \(value)"
      return Mend(
        word: text, help: "'\(value)' is a '\(name)' of '\(schema.word)': write '\(text)'")
    }
    return nil
  }

  /// Why a setting's name stands in place of a word of the catalogue.
  private static func misplaced(_ word: String, _ category: Category) -> String? {
    let owner = Catalogue.entries(in: category).first { $0.schema.setting(word) != nil }
    guard let owner else { return Belonging.advice(for: word, in: "") }
    return "name \(category.described) before its settings: '\(owner.schema.word) \(word) …'"
  }

  static func wordExpected(_ category: Category, plain: [String] = [], found: Item) -> Diagnostic {
    let advice = quotedAdvice(category, plain, found)
    return Diagnostic(
      .error, "E0302", "expected the name of \(category.described), found \(found.described)",
      at: found.span, note: known(category, plain), help: advice?.help,
      edit: advice?.replacement.map { Edit(found.span, $0) })
  }

  /// What to do with a text in place of a word.
  private static func quotedAdvice(
    _ category: Category, _ plain: [String], _ found: Item
  ) -> Advice? {
    guard case .text(let text) = found.kind else { return nil }
    if (category.words + plain).contains(text) { return .write(text) }
    guard category == .data, text.hasSuffix(".csv") else { return nil }
    return Advice(
      help: "a table is read by 'csv path \(Printer.literal(text.brief)) label …'", replacement: nil
    )
  }

  /// A number, size or text at the head of a link.
  static func layerExpected(found: Item) -> Diagnostic {
    var diagnostic = wordExpected(.layer, found: found)
    if case .number(let number) = found.kind, number.isInteger {
      diagnostic.help = "a fully connected layer with \(number.text) outputs is 'fc \(number.text)'"
    }
    return diagnostic
  }

  /// - Parameter enclosing: the words around, whose settings might have been meant as well.
  static func unknownSetting(
    _ word: String, of schema: Schema, at span: Span, enclosing: [Schema]
  ) -> Diagnostic {
    let own = schema.settings.map { $0.name }
    let names = own + enclosing.flatMap { $0.settings.map { $0.name } }
    let mend = Suggestion.mend(word, among: names)
    let known = own.isEmpty ? "it has no settings" : "it has " + own.joined(separator: ", ")
    return Diagnostic(
      .error, "E0303", "'\(schema.word)' has no setting '\(word.brief)'", at: span,
      note: mend == nil ? known : nil,
      help: mend?.help ?? Belonging.advice(for: word, in: schema.word), edit: mend?.edit(at: span))
  }

  static func settingTwice(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0304", "'\(name.brief)' is set twice", at: span,
      labels: [Label(first, "first set here")],
      help: "leave one of them out; to try several values, write '\(name.brief) {a | b}'")
  }

  /// - Parameter found: the next setting's name, if there is one.
  static func missingValue(_ setting: Setting, found: Item?, at span: Span) -> Diagnostic {
    var help = setting.kind.example.map { "for instance '\(setting.name) \($0)'" }
    if case .column = setting.kind, case .word(let word)? = found?.kind {
      help = "a column whose name is a setting's stands in quotes: \(Printer.literal(word))"
    }
    return Diagnostic(
      .error, "E0305", "'\(setting.name)' needs \(setting.kind.described), found nothing", at: span,
      help: help)
  }

  static func missingAmount(behind word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0305", "'\(word.brief)' needs \(Setting.Kind.amount.described), found nothing",
      at: span)
  }

  /// A phrase that breaks off.
  static func missingPart(of setting: Setting, behind item: Item) -> Diagnostic {
    Diagnostic(
      .error, "E0305",
      "'\(setting.name)' needs \(setting.kind.described), found nothing behind \(item.described)",
      at: item.span)
  }

  static func missingNumber(behind word: String, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0305", "'\(word.brief)' needs a number, found nothing", at: span)
  }

  static func wrongValue(_ setting: Setting, found: Item, advice: Advice?) -> Diagnostic {
    Diagnostic(
      .error, "E0306",
      "'\(setting.name)' needs \(setting.kind.described), found \(found.described)", at: found.span,
      help: advice?.help, edit: advice?.replacement.map { Edit(found.span, $0) })
  }

  static func outOfRange(_ name: String, range: String, found: Item, help: String? = nil)
    -> Diagnostic
  {
    Diagnostic(
      .error, "E0307", "'\(name.brief)' must be \(range), found \(found.described)", at: found.span,
      help: help)
  }

  static func noAccuracy(_ value: Double, _ name: String, at span: Span) -> Diagnostic {
    let number = Format.number(value)
    return Diagnostic(
      .error, "E0307", "'\(name.brief)' must be from 0 to 1 for an accuracy, found \(number)",
      at: span,
      help: value <= 100 ? "an accuracy of \(number)% is \(Format.number(value / 100))" : nil)
  }

  static func missingSetting(_ setting: Setting, of schema: Schema, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0309", "'\(schema.word)' needs '\(setting.name)', which is missing", at: span,
      note: "\(setting.name): \(setting.help)",
      help: schema.examples.first.map { "for instance '\($0)'" })
  }

  /// - Parameter setting: what the value was probably meant for.
  static func unexpectedValue(_ item: Item, in schema: Schema, for setting: Setting?) -> Diagnostic
  {
    let unnamed = schema.positional.filter { schema.setting($0) != nil }
    let mended = setting.map { "\($0.name) \(Printer.text(of: item))" }
    let example = schema.examples.first { example in
      schema.settings.contains { example.contains(" \($0.name) ") }
    }
    return Diagnostic(
      .error, "E0310", "'\(schema.word)' takes no value here, found \(item.described)",
      at: item.span,
      note: unnamed.isEmpty
        ? nil : "without a name stand only: \(unnamed.joined(separator: ", "))",
      help: mended.map { "write '\($0.brief)'" }
        ?? (schema.settings.isEmpty
          ? nil
          : "settings are written as name and value"
            + (example.map { ", for instance '\($0)'" } ?? "")),
      edit: setting.map { Edit(item.span.start, "\($0.name) ") })
  }

  /// Values that stand before the names that they belong to.
  static func valuesBeforeNames(_ items: [Item], in schema: Schema) -> Diagnostic {
    let pairs = stride(from: 0, to: items.count - 1, by: 2).map { place in
      Printer.text(of: items[place + 1]) + " " + Printer.text(of: items[place])
    }
    let mended = pairs.joined(separator: " ")
    let (first, last) = (items[0].span, items[items.count - 1].span)
    return Diagnostic(
      .error, "E0310", "'\(schema.word)' takes no value here, found \(items[0].described)",
      at: first,
      note: "a value stands behind its setting's name", help: "write '\(mended.brief)'",
      edit: first.source == last.source && first.lower < last.upper
        ? Edit(first.union(last), mended) : nil)
  }

  /// Values without names in another order than the schema's.
  static func wrongOrder(
    _ setting: Setting, _ wrong: Item, found: [Item], mended: [Item], in schema: Schema
  ) -> Diagnostic {
    let text = mended.map { Printer.text(of: $0) }.joined(separator: " ")
    let (first, last) = (found[0].span, found[found.count - 1].span)
    return Diagnostic(
      .error, "E0306",
      "'\(setting.name)' needs \(setting.kind.described), found \(wrong.described)", at: wrong.span,
      note:
        "values without a name stand in the order: \(schema.positional.joined(separator: ", "))",
      help: "write '\(text.brief)'",
      edit: first.source == last.source && first.upper <= last.lower
        ? Edit(first.union(last), text) : nil)
  }

  static func problem(_ problem: Problem, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0311", problem.message, at: span, help: problem.help)
  }

  static func expectationWithoutSet(_ set: String, at span: Span, help: String) -> Diagnostic {
    Diagnostic(.error, "E0331", "the run has no \(set) set to measure", at: span, help: help)
  }
}

extension Span {
  /// Whether nothing but an arrow has room between this span and the next one.
  func isBefore(_ next: Span) -> Bool {
    source == next.source && (0...8).contains(next.lower - upper)
  }
}

extension Link {
  var isSoftmax: Bool { items.count == 1 && items[0].kind == .word("softmax") }
}

extension Item {
  /// The item as a message names it.
  var described: String {
    switch kind {
    case .word(let word): "'\(word.brief)'"
    case .number(let number): number.text.brief
    case .size(let sizes): sizes.map { String($0) }.joined(separator: "x")
    case .text(let text): Printer.literal(text.brief)
    case .group: "a group"
    case .alternatives: "alternatives"
    }
  }
}

extension String {
  /// The text, shortened if it is long, for a message.
  var brief: String { utf8.count <= 40 ? self : String(unicodeScalars.prefix(36)) + "…" }
}
