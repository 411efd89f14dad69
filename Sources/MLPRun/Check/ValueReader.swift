import MLPLibrary
import MLPSyntax

/// Reads the value of a setting that isn't a word of the catalogue.
struct ValueReader {
  struct Failure: Error {
    let diagnostic: Diagnostic
  }

  let setting: Setting

  /// The value at the front of `items`, which is not empty; what was read is removed.
  func value(_ items: inout ArraySlice<Item>) -> Result<Value, Failure> {
    Result { () throws(Failure) in try read(&items) }
  }

  private func read(_ items: inout ArraySlice<Item>) throws(Failure) -> Value {
    guard let item = items.popFirst() else { preconditionFailure("no item") }
    switch setting.kind {
    case .integer(let range): return .integer(try integer(item, range))
    case .number(let bounds): return .number(try number(item, bounds))
    case .choice(let words): return .word(try word(item, of: words))
    case .flag: return .flag(try word(item, of: ["yes", "no"]) == "yes")
    case .text: return .text(try text(item))
    case .column: return .text(try column(item))
    case .size(let rank): return .size(try size(item, rank))
    case .amount: return .amount(try amount(item))
    case .portion: return .portion(try portion(item, &items))
    case .entry: preconditionFailure("read by SettingReader")
    }
  }

  private func integer(_ item: Item, _ range: ClosedRange<Int>) throws(Failure) -> Int {
    guard case .number(let number) = item.kind, number.isInteger, !number.isPercent else {
      throw wrong(item)
    }
    guard let value = Int(exactly: number.value), range.contains(value) else {
      throw Failure(
        diagnostic: .outOfRange(setting.name, range: setting.kind.range, found: item))
    }
    return value
  }

  private func number(_ item: Item, _ bounds: Bounds) throws(Failure) -> Double {
    guard case .number(let number) = item.kind, !number.isPercent else { throw wrong(item) }
    guard bounds.contains(number.value) else {
      throw Failure(
        diagnostic: .outOfRange(setting.name, range: setting.kind.range, found: item))
    }
    return number.value
  }

  private func word(_ item: Item, of words: [String]) throws(Failure) -> String {
    guard case .word(let word) = item.kind else { throw wrong(item) }
    guard words.contains(word) else {
      throw wrong(item, Suggestion.mend(word, among: words))
    }
    return word
  }

  private func text(_ item: Item) throws(Failure) -> String {
    guard case .text(let text) = item.kind else { throw wrong(item) }
    return text
  }

  private func column(_ item: Item) throws(Failure) -> String {
    switch item.kind {
    case .word(let text), .text(let text): return text
    case .number(let number) where number.isInteger && number.value >= 1: return number.text
    default: throw wrong(item)
    }
  }

  private func size(_ item: Item, _ rank: Int) throws(Failure) -> [Int] {
    guard case .size(let sizes) = item.kind, sizes.count == rank else { throw wrong(item) }
    return sizes
  }

  private func amount(_ item: Item) throws(Failure) -> Amount {
    guard case .number(let number) = item.kind else { throw wrong(item) }
    if number.isPercent {
      guard number.value > 0, number.value <= 100 else {
        throw Failure(
          diagnostic: .outOfRange(setting.name, range: "above 0 % to 100 %", found: item))
      }
      return .share(number.value / 100)
    }
    guard number.isInteger else { throw wrong(item) }
    guard number.value >= 1, let count = Int(exactly: number.value) else {
      throw Failure(diagnostic: .outOfRange(setting.name, range: "1 or more", found: item))
    }
    return .count(count)
  }

  private func portion(_ item: Item, _ items: inout ArraySlice<Item>) throws(Failure) -> Portion {
    switch item.kind {
    case .word("none"): return .none
    case .word("last"):
      guard let next = items.popFirst() else {
        throw Failure(
          diagnostic: .missingValue("last", expected: "a count or a share", at: item.span))
      }
      return .last(try amount(next))
    default: throw wrong(item)
    }
  }

  private func wrong(_ item: Item, _ mend: Mend? = nil) -> Failure {
    Failure(
      diagnostic: .wrongValue(
        setting.name, expected: setting.kind.described, found: item, mend: mend))
  }
}

extension Setting.Kind {
  /// What a value of this kind is, as a message says it.
  package var described: String {
    switch self {
    case .integer: "a whole number, \(range)"
    case .number: range == "any number" ? "a number" : "a number, \(range)"
    case .choice(let words): words.joined(separator: " or ")
    case .flag: "yes or no"
    case .text: "a text in quotes"
    case .column: "a column's name, or its number from 1"
    case .size(let rank): "sizes like " + Array(repeating: "3", count: rank).joined(separator: "x")
    case .amount: "a count like 5000 or a share like 10%"
    case .portion: "'last 5000', 'last 10%' or 'none'"
    case .entry(let category, _): "the name of \(category.described)"
    }
  }

  /// The range of a number.
  package var range: String {
    switch self {
    case .integer(let range):
      "from \(Format.grouped(range.lowerBound)) to \(Format.grouped(range.upperBound))"
    case .number(let bounds): bounds.description
    default: ""
    }
  }

  /// Whether a word may be this kind's value although it is a setting's name as well.
  func mayBegin(with item: Item) -> Bool {
    guard case .word(let word) = item.kind else { return false }
    if case .portion = self { return ["last", "none"].contains(word) }
    return plainWords.contains(word)
  }
}

extension Category {
  /// The category with its article.
  package var described: String {
    switch self {
    case .layer: "a layer"
    case .loss: "a loss"
    case .solver: "a solver"
    case .schedule: "a schedule"
    case .initialiser: "an initialiser"
    case .data: "a data source"
    }
  }
}
