import MLPLibrary
import MLPSyntax

// What the checker can say about words and settings, in the order of the codes.

extension Diagnostic {
  /// - Parameter following: what stands behind it.
  static func unknownWord(
    _ word: String, _ category: Category, plain: [String], names: [String], at span: Span,
    before following: ArraySlice<Item>
  ) -> Diagnostic {
    if let next = following.first, let diagnostic = label(word, before: next, category, at: span) {
      return diagnostic
    }
    let mend =
      Suggestion.mend(word, among: category.words + plain + names, before: following.first)
      ?? owner(of: word, category)
    var diagnostic = Diagnostic(
      .error, "E0301", "there is no \(category.noun) '\(word.brief)'", at: span,
      note: mend == nil ? known(category, plain) : nil,
      help: mend?.help ?? misplaced(word, category), edit: mend?.edit(at: span))
    if let mend, mend.isCertain, let schema = Catalogue.entry(mend.word, in: category)?.schema,
      let last = following.last, last.span.source == span.source, span.upper < last.span.lower,
      let settings = ForeignMeaning.translated(following, of: schema)
    {
      diagnostic.help = "\(mend.help): write '\("\(mend.word) \(settings)".brief)'"
      diagnostic.edits = [Edit(span.union(last.span), "\(mend.word) \(settings)")]
      return diagnostic
    }
    let numbers = following.prefix { $0.number != nil }
    if let mend, mend.isCertain, let values = ForeignOrder.mended(mend.word, numbers),
      let last = numbers.last,
      last.span.source == span.source, span.upper < last.span.upper
    {
      diagnostic.help = "\(mend.help): write '\(mend.word) \(values)'"
      let isCertain = ForeignOrder.isCertain(mend.word, numbers)
      diagnostic.edits =
        isCertain ? [Edit(span.union(last.span), "\(mend.word) \(values)")] : []
    }
    return diagnostic
  }

  /// A word that only says what stands behind it: `type sgd`.
  private static func label(
    _ word: String, before next: Item, _ category: Category, at span: Span
  ) -> Diagnostic? {
    guard case .word(let name) = next.kind, Catalogue.entry(name, in: category) != nil,
      span.source == next.span.source, span.upper < next.span.lower
    else { return nil }
    return Diagnostic(
      .error, "E0301", "there is no \(category.noun) '\(word.brief)'", at: span,
      help: "\(category.described) stands under its own name: write '\(name)'",
      edit: Edit(Span(span.lower, next.span.lower, source: span.source), ""))
  }

  /// A word at the head of a link that is neither layer nor loss.
  ///
  /// - Parameter previous: the link before it.
  static func unknownLayer(
    _ link: Link, head word: String, behind previous: Link?, names: [String]
  ) -> Diagnostic {
    let span = link.items[0].span
    if let help = ForeignMeaning.advice(for: link, head: word) {
      return Diagnostic(
        .error, "E0301", "there is no layer '\(word.brief)'", at: span, help: help)
    }
    if let keyword = Keyword(rawValue: word) {
      return Diagnostic(
        .error, "E0301", "there is no layer '\(word)'", at: span,
        help: "'\(keyword.rawValue)' begins a statement, in the first column of a line of its own")
    }
    let words = Category.layer.words + Category.loss.words
    var mend = Suggestion.mend(
      word, among: words + names + Keyword.allCases.map { $0.rawValue },
      before: link.items.dropFirst().first)
    var place = span
    if let previous, mend?.word == "softmax_ce", previous.isSoftmax, previous.span.isBefore(span) {
      mend = Mend(word: "softmax_ce", help: "softmax and its loss are one word here: 'softmax_ce'")
      place = previous.span.union(span)
    } else if mend == nil {
      mend = lossName(in: link) ?? activationName(in: link)
      place = mend == nil ? span : span.union(link.items[1].span)
    }
    if let found = mend, let text = ForeignMeaning.translated(link, to: found.word), place == span {
      mend = Mend(word: text, help: "\(found.help): write '\(text.brief)'")
      place = span.union(link.items[link.items.count - 1].span)
    } else if let found = mend, !ForeignMeaning.takesValues(of: link, found.word) {
      mend = Mend(word: found.word, help: found.help, isCertain: false)
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

  /// `activation relu`: the layer's own word.
  private static func activationName(in link: Link) -> Mend? {
    guard link.items.count == 2, case .word(let word) = link.items[0].kind,
      case .word(let name) = link.items[1].kind, activationWords.contains(word),
      link.items[0].span.source == link.items[1].span.source,
      link.items[0].span.upper < link.items[1].span.lower
    else { return nil }
    let words = Category.layer.words
    let ours = words.contains(name) ? name : Suggestion.mend(name, among: words)?.replacement
    return ours.map { Mend(word: $0, help: "an activation is a layer of its own: '-> \($0)'") }
  }

  /// What other frameworks call the setting for which a layer of its own stands here.
  static let activationWords: Set<String> = ["act", "activation", "nonlinearity"]

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
    let advice = quotedAdvice(category, plain, found) ?? numberAdvice(category, found)
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
    if let mend = Suggestion.mend(text, among: category.words + plain) {
      return Advice(mend)
    }
    guard category == .data, text.hasSuffix(".csv") else { return nil }
    return Advice(
      help: "a table is read by 'csv path \(Printer.literal(text.brief)) label …'", replacement: nil
    )
  }

  /// What to do with a number in place of a word.
  private static func numberAdvice(_ category: Category, _ found: Item) -> Advice? {
    guard category == .initialiser, case .number(let number) = found.kind else { return nil }
    if number.value == 0 { return .write("zeros") }
    return Advice(
      help: "a distribution has a name: 'normal \(number.text)' or 'uniform \(number.text)'",
      replacement: nil)
  }

  /// A number, size or text at the head of a link.
  ///
  /// - Parameter previous: the link before it.
  static func layerExpected(_ link: Link, behind previous: Link?) -> Diagnostic {
    let found = link.items[0]
    var diagnostic = wordExpected(.layer, found: found)
    guard let number = found.number, number.isInteger else { return diagnostic }
    diagnostic.note = nil
    diagnostic.help = "a fully connected layer with \(number.text) outputs is 'fc \(number.text)'"
    let sizes = link.items.compactMap { $0.number?.text }
    if sizes.count > 1, sizes.count == link.items.count {
      diagnostic.help = "each layer has a name: '\(chain(of: sizes))'"
    } else if let previous, link.items.count == 1, previous.items.count == 2,
      previous.items[previous.items.count - 1].number?.isInteger == true,
      previous.span.isBefore(link.span)
    {
      diagnostic.help = "inputs and outputs stand side by side: write 'fc 784 128'"
      diagnostic.edits = [
        Edit(Span(previous.span.upper, link.span.lower, source: link.span.source), " ")
      ]
    }
    return diagnostic
  }

  /// Sizes joined by arrows, without a layer's name.
  static func onlySizes(_ links: [Link]) -> Diagnostic? {
    let sizes = links.compactMap { $0.items.count == 1 ? $0.items[0].number : nil }
    guard sizes.count == links.count, sizes.count > 1, sizes.allSatisfy({ $0.isInteger }) else {
      return nil
    }
    var diagnostic = wordExpected(.layer, found: links[0].items[0])
    diagnostic.note = nil
    diagnostic.help = "each layer has a name: '\(chain(of: sizes.map { $0.text }))'"
    return diagnostic
  }

  /// A network of fully connected layers of at least two sizes; long ones are cut short.
  private static func chain(of sizes: [String]) -> String {
    var layers = ["fc \(sizes[0]) \(sizes[1])"]
    for size in sizes.dropFirst(2).prefix(3) { layers += ["relu", "fc \(size)"] }
    if sizes.count > 5 { layers.append("…") }
    return (layers + ["softmax_ce"]).joined(separator: " -> ")
  }

  /// - Parameters:
  ///   - enclosing: the words around, whose settings might have been meant as well.
  ///   - following: the items behind it.
  static func unknownSetting(
    _ word: String, of schema: Schema, at span: Span, enclosing: [Schema],
    before following: ArraySlice<Item>
  ) -> Diagnostic {
    let own = schema.settings.map { $0.name }
    let names = own + enclosing.flatMap { $0.settings.map { $0.name } }
    let mend = Suggestion.mend(word, among: names, before: following.first)
    let known = own.isEmpty ? "it has no settings" : "it has " + own.joined(separator: ", ")
    var diagnostic = Diagnostic(
      .error, "E0303", "'\(schema.word)' has no setting '\(word.brief)'", at: span,
      note: mend == nil ? known : nil,
      help: mend?.help ?? Belonging.advice(for: word, in: schema.word), edit: mend?.edit(at: span))
    if mend == nil { diagnostic.advise(word, in: schema, before: following) }
    return diagnostic
  }

  /// A flag's name behind its value.
  static func negation(_ word: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0303", "'\(word)' stands before '\(name)'", at: span,
      help: "a value stands right behind its name: write '\(name) no'",
      edit: Edit(span, "\(name) no"))
  }

  /// Advice that goes by what follows the word.
  private mutating func advise(
    _ word: String, in schema: Schema, before following: ArraySlice<Item>
  ) {
    let next = following.first
    if let next, case .word(let second) = next.kind, span.isBefore(next.span),
      let ours = Catalogue.foreignWords["\(word)_\(second)".lowercased()],
      schema.setting(ours) != nil
    {
      note = nil
      help = "here it is called '\(ours)'"
      edits = [Edit(span.union(next.span), ours)]
    } else if ["epoch", "epochs"].contains(word), schema.setting("every") != nil {
      note = nil
      help = "'every' counts epochs by itself: leave '\(word)' out"
    } else if Belonging.category(of: word) == .schedule,
      let name = ["schedule", "then"].first(where: { schema.setting($0) != nil })
    {
      note = nil
      help = "a schedule stands behind '\(name)': write '\(name) \(word)'"
      edits = [Edit(span.start, "\(name) ")]
    } else if stoppingWords.contains(word.lowercased()), schema.word == "train" {
      let count = following.lazy.compactMap { $0.number }.first { $0.isInteger }?.text ?? "5"
      help = "write 'stop when validation loss \(count) epochs without gain'"
    } else if isLayer(schema), let category = Belonging.category(of: word),
      [.layer, .loss].contains(category)
    {
      note = nil
      edits = [Edit(span.start, "-> ")]
    } else if isLayer(schema), Diagnostic.activationWords.contains(word), let next,
      following.count == 1, next.span.source == span.source, span.upper < next.span.lower,
      let name = next.layerName
    {
      note = nil
      help = "an activation is a layer of its own: write '-> \(name)'"
      edits = [Edit(span.union(next.span), "-> \(name)")]
    } else if let choice = schema.choice(of: word) {
      note = nil
      help = "write '\(choice)'"
      let isSaid = next.map { ["yes", "True", "true"].contains(Printer.text(of: $0)) } == true
      let last = isSaid ? next?.span ?? span : span
      if following.isEmpty || isSaid, last.source == span.source, span.lower < last.upper {
        edits = [Edit(span.union(last), choice)]
      }
    }
  }

  private func isLayer(_ schema: Schema) -> Bool {
    Catalogue.entry(schema.word, in: .layer) != nil
  }

  static func problem(_ problem: Problem, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0311", problem.message, at: span, help: problem.help)
  }

  static func expectationWithoutSet(_ set: String, at span: Span, help: String) -> Diagnostic {
    Diagnostic(.error, "E0331", "the run has no \(set) set to measure", at: span, help: help)
  }
}

/// What other frameworks call the end of a training without gain.
private let stoppingWords: Set<String> = [
  "callbacks", "early_stop", "early_stopping", "earlystopping", "n_iter_no_change", "patience",
]

extension Schema {
  /// `scale standard` for a word that elsewhere means one of a setting's values.
  fileprivate func choice(of word: String) -> String? {
    let folded = word.lowercased()
    let ours = Catalogue.foreignWords[folded] ?? folded
    for setting in settings {
      guard case .choice(let words) = setting.kind, words.contains(ours) else { continue }
      return "\(setting.name) \(ours)"
    }
    return nil
  }
}

extension Item {
  /// The layer that a word or a text names, here or elsewhere.
  fileprivate var layerName: String? {
    let words = Category.layer.words
    switch kind {
    case .word(let name), .text(let name):
      return words.contains(name) ? name : Suggestion.mend(name, among: words)?.replacement
    default: return nil
    }
  }
}

extension Span {
  /// Whether nothing but an arrow has room between this span and the next one.
  func isBefore(_ next: Span) -> Bool {
    source == next.source && (0...8).contains(next.lower - upper)
  }
}

extension Link {
  /// Also where it is written before a loss of its own.
  var isSoftmax: Bool {
    guard items.count == 1, case .word(let word) = items[0].kind else { return false }
    return ["softmax", "log_softmax", "logsoftmax"].contains(word.lowercased())
  }
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
