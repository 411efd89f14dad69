import MLPLibrary
import MLPSyntax

/// Reads the value of a setting that isn't a word of the catalogue.
struct ValueReader {
  struct Failure: Error {
    let diagnostic: Diagnostic
  }

  let setting: Setting
  /// Whose setting it is.
  let schema: Schema
  /// Names that the spec defines, for suggestions.
  let names: [String]

  /// The value at the front of `items`, which is not empty; what was read is removed.
  func value(_ items: inout ArraySlice<Item>) -> Result<Value, Failure> {
    Result { () throws(Failure) in try read(&items) }
  }

  private func read(_ items: inout ArraySlice<Item>) throws(Failure) -> Value {
    guard let item = items.popFirst() else { preconditionFailure("no item") }
    switch setting.kind {
    case .integer(let range):
      if case .word = item.kind { throw wrong(item, before: items.first) }
      return .integer(try integer(item, range))
    case .integerOrWord(let range, let words):
      if case .word = item.kind { return .word(try word(item, of: words)) }
      return .integer(try integer(item, range))
    case .number(let bounds):
      if case .word = item.kind { throw wrong(item, before: items.first) }
      return .number(try number(item, bounds))
    case .choice(let words): return .word(try word(item, of: words))
    case .flag: return .flag(try word(item, of: ["yes", "no"]) == "yes")
    case .text: return .text(try text(item))
    case .column: return .text(try column(item))
    case .size(let rank): return .size(try size(item, rank))
    case .amount: return .amount(try amount(item))
    case .portion: return .portion(try portion(item, &items))
    case .phrase(let phrases): return .phrase(try phrase(item, &items, of: phrases))
    case .bound(let bounds): return .bound(try bound(item, &items, bounds))
    case .entry, .mark, .condition: preconditionFailure("read by SettingReader")
    }
  }

  private func integer(_ item: Item, _ range: ClosedRange<Int>) throws(Failure) -> Int {
    guard case .number(let number) = item.kind, number.isInteger, !number.isPercent else {
      throw wrong(item)
    }
    // From the digits: a Double does not hold each of them.
    guard let value = Int(number.text), range.contains(value) else {
      throw outOfRange(item, setting.kind.range)
    }
    return value
  }

  private func number(_ item: Item, _ bounds: Bounds) throws(Failure) -> Double {
    guard case .number(let number) = item.kind, !number.isPercent else { throw wrong(item) }
    guard bounds.contains(number.value) else { throw outOfRange(item, setting.kind.range) }
    return number.value
  }

  private func word(_ item: Item, of words: [String]) throws(Failure) -> String {
    guard case .word(let word) = item.kind, words.contains(word) else { throw wrong(item) }
    return word
  }

  private func text(_ item: Item) throws(Failure) -> String {
    guard case .text(let text) = item.kind else { throw wrong(item) }
    return text
  }

  private func column(_ item: Item) throws(Failure) -> String {
    switch item.kind {
    case .word(let text), .text(let text): return text
    case .number(let number) where number.isInteger && !number.isPercent && number.value >= 1:
      return number.text
    default: throw wrong(item)
    }
  }

  private func size(_ item: Item, _ rank: Int) throws(Failure) -> [Int] {
    var sizes: [Int] = []
    if case .size(let found) = item.kind { sizes = found }
    if rank == 2, case .number = item.kind {
      let both = try integer(item, Setting.Kind.sizeRange)
      sizes = [both, both]
    }
    guard sizes.count == rank, sizes.allSatisfy({ $0 > 0 }) else { throw wrong(item) }
    guard sizes.allSatisfy({ Setting.Kind.sizeRange.contains($0) }) else {
      throw outOfRange(item, setting.kind.range)
    }
    return sizes
  }

  private func amount(_ item: Item) throws(Failure) -> Amount {
    guard case .number(let number) = item.kind else { throw wrong(item) }
    if number.isPercent {
      guard number.value > 0, number.value <= 100 else {
        throw outOfRange(item, "above 0% and at most 100%")
      }
      return .share(number.value / 100)
    }
    guard number.isInteger else { throw wrong(item, share(number)) }
    guard let count = Int(number.text), count >= 1 else { throw outOfRange(item, "1 or more") }
    return .count(count)
  }

  private func portion(_ item: Item, _ items: inout ArraySlice<Item>) throws(Failure) -> Portion {
    switch item.kind {
    case .word("none"): return .none
    case .word("last"):
      guard let next = items.first, next.isLiteral else {
        throw Failure(diagnostic: .missingAmount(behind: "last", at: item.span))
      }
      items.removeFirst()
      return .last(try amount(next))
    default: throw wrong(item)
    }
  }

  /// The phrase that begins with `item`, word by word.
  private func phrase(
    _ item: Item, _ items: inout ArraySlice<Item>, of phrases: [Phrase]
  ) throws(Failure) -> [String] {
    guard case .word(let first) = item.kind,
      let phrase = phrases.first(where: { $0.parts.first?.words.contains(first) ?? false })
    else { throw wrong(item) }
    var words = [first]
    var last = item
    var rest = phrase.parts.dropFirst()
    // After a mistake, what was meant to be the rest isn't read as settings.
    defer { pass(rest, &items) }
    while let part = rest.first {
      guard let next = items.first else {
        throw Failure(diagnostic: .missingPart(of: setting, behind: last))
      }
      words.append(try self.part(part, next))
      items.removeFirst()
      rest.removeFirst()
      last = next
    }
    return words
  }

  /// Passes items that stand in the places of a phrase's parts, up to the next setting.
  private func pass(_ parts: ArraySlice<Phrase.Part>, _ items: inout ArraySlice<Item>) {
    for part in parts {
      guard let item = items.first else { return }
      if case .word(let word) = item.kind, schema.setting(word) != nil,
        !part.words.contains(word)
      {
        return
      }
      items.removeFirst()
    }
  }

  private func part(_ part: Phrase.Part, _ item: Item) throws(Failure) -> String {
    if case .integer(let range) = part {
      guard case .number(let number) = item.kind, number.isInteger, !number.isPercent else {
        throw wrong(item)
      }
      guard let value = Int(number.text), range.contains(value) else {
        throw outOfRange(item, Setting.Kind.integer(range).range)
      }
      return String(value)
    }
    guard case .word(let word) = item.kind, part.words.contains(word) else {
      guard case .word(let word) = item.kind,
        let mend = Suggestion.mend(word, among: part.words + names)
      else { throw wrong(item) }
      throw wrong(item, Advice(help: mend.help, replacement: mend.word))
    }
    return word
  }

  private func bound(
    _ item: Item, _ items: inout ArraySlice<Item>, _ bounds: Bounds
  ) throws(Failure) -> Bound {
    guard case .word(let word) = item.kind, ["least", "most"].contains(word) else {
      throw wrong(item)
    }
    guard let next = items.first, next.isLiteral else {
      throw Failure(diagnostic: .missingNumber(behind: word, at: item.span))
    }
    items.removeFirst()
    let value = try number(next, bounds)
    return word == "least" ? .least(value) : .most(value)
  }

  private func outOfRange(_ item: Item, _ range: String) -> Failure {
    Failure(diagnostic: .outOfRange(setting.name, range: range, found: item))
  }

  private func wrong(_ item: Item, _ advice: Advice? = nil) -> Failure {
    Failure(diagnostic: .wrongValue(setting, found: item, advice: advice ?? self.advice(for: item)))
  }

  /// The same, where what follows may be the value: `epochs is 10`.
  private func wrong(_ item: Item, before next: Item?) -> Failure {
    guard case .word = item.kind, let next, setting.kind.accepts(next),
      item.span.source == next.span.source, item.span.upper < next.span.lower,
      !schema.positional.contains(setting.name), advice(for: item)?.replacement == nil
    else { return wrong(item) }
    let text = Printer.text(of: next)
    return Failure(
      diagnostic: .wordBeforeValue(setting, item, value: text, upTo: next.span.lower))
  }
}

// MARK: - What was probably meant

extension ValueReader {
  /// What to write instead, where that can be guessed.
  private func advice(for item: Item) -> Advice? {
    switch item.kind {
    case .number(let number): advice(for: number)
    case .word(let word): advice(for: word)
    case .text(let text): advice(forText: text)
    case .size(let sizes): advice(for: sizes)
    default: nil
    }
  }

  /// `784x128` for two values without names.
  private func advice(for sizes: [Int]) -> Advice? {
    guard case .integer = setting.kind, schema.positional.count == sizes.count,
      schema.positional.contains(setting.name)
    else { return nil }
    return .write(sizes.map { String($0) }.joined(separator: " "))
  }

  /// A number or word in quotes that it doesn't need.
  private func advice(forText text: String) -> Advice? {
    switch setting.kind {
    case .integer: Int(text).map { .write(String($0)) }
    case .number: Double(text).flatMap { $0.isFinite ? .write(Format.number($0)) : nil }
    default: setting.kind.words.contains(text) ? .write(text) : nil
    }
  }

  private func advice(for number: Number) -> Advice? {
    switch setting.kind {
    case .number where number.isPercent: .write(Format.number(number.value / 100))
    case .integer(let range) where !number.isPercent,
      .integerOrWord(let range, _) where !number.isPercent:
      Int(exactly: number.value).flatMap { range.contains($0) ? .write(String($0)) : nil }
    case .bound: .write("least \(number.text)")
    case .portion where number.isPercent || number.isInteger: .write("last \(number.text)")
    case .portion: share(number).flatMap { $0.replacement.map { .write("last \($0)") } }
    case .flag where number.text == "1" || number.text == "0":
      .write(number.text == "1" ? "yes" : "no")
    case .choice(let words) where words.contains("unit") && number.isByteScale:
      Advice(help: "write 'unit', which divides by 255", replacement: "unit")
    case .choice where schema.positional.contains(setting.name): order
    default: nil
    }
  }

  /// A fraction as a share.
  private func share(_ number: Number) -> Advice? {
    guard number.value > 0, number.value < 1 else { return nil }
    return .write("\(Format.number((number.value * 1e8).rounded() / 1e6))%")
  }

  private func advice(for word: String) -> Advice? {
    switch setting.kind {
    case .text: return .write(Printer.literal(word))
    case .flag where ["true", "on"].contains(word.lowercased()): return .write("yes")
    case .flag where ["false", "off"].contains(word.lowercased()): return .write("no")
    default: break
    }
    let words = setting.kind.words
    if let mend = Suggestion.mend(word, among: words + names) {
      return Advice(help: mend.help, replacement: mend.word)
    }
    if case .size = setting.kind,
      let mend = Suggestion.mend(word, among: schema.settings.map({ $0.name }))
    {
      return Advice(help: mend.help, replacement: mend.word)
    }
    if let help = Catalogue.foreignAdvice[word.lowercased()], !words.isEmpty {
      return Advice(help: help, replacement: nil)
    }
    let isOrdered = schema.positional.contains(setting.name)
    let isKnown = isOrdered || Belonging.category(of: word) != nil
    if isKnown, words.isEmpty, let help = Belonging.advice(for: word, in: schema.word) {
      return Advice(help: help, replacement: nil)
    }
    return words.isEmpty ? example : order
  }

  /// The setting as an example has it.
  private var example: Advice? {
    for text in schema.examples + Catalogue.statements.flatMap({ $0.examples }) {
      let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
      guard let place = words.firstIndex(where: { $0 == setting.name }), place + 1 < words.count,
        words[place + 1].first?.isNumber == true
      else { continue }
      return Advice(
        help: "for instance '\(setting.name) \(words[place + 1])'", replacement: nil)
    }
    return nil
  }

  /// The order of the values without names, where there are several.
  private var order: Advice? {
    guard schema.positional.count > 1, schema.positional.contains(setting.name) else { return nil }
    let order = schema.positional.joined(separator: ", ")
    return Advice(help: "values without a name stand in the order: \(order)", replacement: nil)
  }
}

/// What to do about a wrong value.
struct Advice {
  let help: String
  let replacement: String?

  init(help: String, replacement: String?) {
    self.help = help
    self.replacement = replacement
  }

  static func write(_ text: String) -> Advice {
    Advice(help: "write '\(text.brief)'", replacement: text)
  }
}

extension Number {
  /// Whether a byte is meant to be divided by it, or multiplied.
  fileprivate var isByteScale: Bool {
    [255, 256].contains(value) || abs(value * 255 - 1) < 0.01
  }
}

extension Item {
  /// Whether the item is a number, a size or a text.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .number, .size, .text: true
    default: false
    }
  }
}
