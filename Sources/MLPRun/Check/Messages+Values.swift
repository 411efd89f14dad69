import MLPLibrary
import MLPSyntax

// What the checker can say about the values of settings.

extension Diagnostic {
  /// A value without a name, in whose place the next one stands.
  ///
  /// - Parameter meant: the next one, as it is spelt here.
  static func leftOut(
    _ setting: Setting, before item: Item, meant: String, in schema: Schema
  ) -> Diagnostic {
    let values = setting.kind.words
    return Diagnostic(
      .error, "E0309",
      "'\(schema.word)' needs '\(setting.name)' before \(item.described), found nothing",
      at: item.span, note: "\(setting.name): \(setting.help)",
      help: "write \(setting.kind.described)"
        + (values.last.map { ", for instance '\($0) \(meant)'" } ?? ""))
  }

  /// Numbers in the order that other frameworks have.
  static func foreignOrder(_ found: [Item], mended: String, in schema: Schema) -> Diagnostic {
    let (first, last) = (found[0].span, found[found.count - 1].span)
    let isCertain = ForeignOrder.isCertain(schema.word, found[...])
    let unnamed = schema.positional.joined(separator: ", ")
    return Diagnostic(
      .error, "E0310", "'\(schema.word)' takes one value without a name, found \(found.count)",
      at: first.union(last, ifSameSource: true), note: "without a name stands only: \(unnamed)",
      help: "write '\(schema.word) \(mended)'" + (isCertain ? "" : " if the mean stands first"),
      edit: isCertain && first.source == last.source && first.lower < last.upper
        ? Edit(first.union(last), mended) : nil)
  }

  /// A word between a setting's name and its value.
  static func wordBeforeValue(_ setting: Setting, _ word: Item, value: String, upTo upper: Int)
    -> Diagnostic
  {
    Diagnostic(
      .error, "E0306",
      "'\(setting.name)' needs \(setting.kind.described), found \(word.described)", at: word.span,
      help: "a value stands right behind the name: write '\(setting.name) \(value.brief)'",
      edit: Edit(
        Span(word.span.lower, min(word.span.upper + 1, upper), source: word.span.source), ""))
  }

  /// A setting's name that stands twice in a row.
  static func doubled(_ name: String, at span: Span, first: Span) -> Diagnostic {
    let isBehind = first.source == span.source && first.upper < span.lower
    return Diagnostic(
      .error, "E0304", "'\(name.brief)' stands twice", at: span, labels: [Label(first, "first")],
      help: "leave one of them out",
      edit: isBehind ? Edit(Span(first.upper, span.upper, source: span.source), "") : nil)
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

  /// The same over the value and what stands behind it.
  static func wrongValue(_ setting: Setting, found: Item, upTo last: Span, advice: Advice)
    -> Diagnostic
  {
    var diagnostic = wrongValue(setting, found: found, advice: advice)
    diagnostic.span = found.span.union(last)
    diagnostic.edits = advice.replacement.map { [Edit(diagnostic.span, $0)] } ?? []
    return diagnostic
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
}
