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
      if case .size(let sizes) = item.kind, items.first?.number != nil {
        throw wrong(item, product(of: sizes))
      }
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
    guard bounds.contains(number.value) else {
      let isPercentage = bounds.upper == 1 && number.value > 1 && number.value <= 100
      throw outOfRange(
        item, setting.kind.range,
        help: isPercentage ? "\(number.text)% is \(Format.number(number.value / 100))" : nil)
    }
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
    case .number(let number):
      guard let next = items.first, let mended = portion(number, before: next),
        item.span.isBefore(next.span)
      else { throw wrong(item) }
      items.removeFirst()
      throw Failure(
        diagnostic: .wrongValue(setting, found: item, upTo: next.span, advice: .write(mended)))
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
    else {
      pass(phrases.flatMap { $0.parts }[...], &items)
      throw wrong(item)
    }
    var words = [first]
    var last = item
    var rest = phrase.parts.dropFirst()
    // After a mistake, what was meant to be the rest isn't read as settings.
    defer { pass(rest, &items) }
    while let part = rest.first {
      guard let next = items.first else {
        throw Failure(diagnostic: .missingPart(of: setting, behind: last))
      }
      words.append(try self.part(part, next, of: phrase))
      items.removeFirst()
      rest.removeFirst()
      last = next
    }
    return words
  }

  /// Passes what belongs to a phrase after a mistake in it: everything up to the next setting. A setting's name that
  /// is one of the phrase's words is passed as well, unless a number follows that can be its value.
  private func pass(_ parts: ArraySlice<Phrase.Part>, _ items: inout ArraySlice<Item>) {
    let words = Set(parts.flatMap { $0.words })
    if words.isEmpty { return }
    while let item = items.first {
      if case .word(let word) = item.kind, schema.setting(word) != nil {
        let isFollowed = items.dropFirst().first?.number != nil
        if !words.contains(word) || isFollowed { return }
      }
      items.removeFirst()
    }
  }

  private func part(
    _ part: Phrase.Part, _ item: Item, of phrase: Phrase
  ) throws(Failure) -> String {
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
      else {
        let help = "for instance '\(setting.name) \(phrase.sample)'"
        throw wrong(item, Advice(help: help, replacement: nil))
      }
      throw wrong(item, Advice(mend))
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
    if let given = next.number, given.isPercent {
      throw wrong(next, .write(Format.number(given.value / 100)))
    }
    let value = try number(next, bounds)
    return word == "least" ? .least(value) : .most(value)
  }

  private func outOfRange(_ item: Item, _ range: String, help: String? = nil) -> Failure {
    Failure(diagnostic: .outOfRange(setting.name, range: range, found: item, help: help))
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
