import MLPLibrary
import MLPSyntax

extension Setting.Kind {
  /// What a value of this kind is, as a message says it.
  package var described: String {
    switch self {
    case .integer: "a whole number \(range)"
    case .integerOrWord(_, let words): "a whole number \(range), or \(Self.list(words))"
    case .number:
      range == "any number"
        ? "a number" : range.hasSuffix("or more") ? "a number of \(range)" : "a number \(range)"
    case .choice(let words): Self.list(words)
    case .flag: "'yes' or 'no'"
    case .text: "a text in quotes"
    case .column: "a column's name, or its number from 1"
    case .size(rank: 2): "a size like 3x3, or 3 for both"
    case .size(let rank): "sizes like " + Array(repeating: "3", count: rank).joined(separator: "x")
    case .amount: "a count like 5000 or a share like 10%"
    case .portion: "'last 5000', 'last 10%' or 'none'"
    case .phrase(let phrases): Self.list(phrases.map { $0.sample })
    case .bound: "'least' or 'most' and a number"
    case .mark: "nothing"
    case .condition: "the names of branches of alternatives"
    case .entry(let category, let words):
      words.isEmpty
        ? "the name of \(category.described)"
        : Self.list(words) + " or the name of \(category.described)"
    }
  }

  private static func list(_ words: [String]) -> String {
    let quoted = words.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  /// What each of several sizes may be.
  static let sizeRange = 1...1_000_000

  /// The range of a number.
  package var range: String {
    switch self {
    case .size: Self.integer(Self.sizeRange).range
    case .integer(let range), .integerOrWord(let range, _):
      "from \(Format.grouped(range.lowerBound)) to \(Format.grouped(range.upperBound))"
    case .number(let bounds): bounds.description
    default: ""
    }
  }

  /// The words that may be the value.
  var words: [String] {
    switch self {
    case .portion: ["last", "none"]
    case .phrase(let phrases): phrases.flatMap { $0.parts[0].words }
    default: plainWords
    }
  }

  /// Whether the value is a number.
  var isNumeric: Bool {
    switch self {
    case .integer, .number, .size: true
    default: false
    }
  }

  /// Whether an item is of this kind; its range doesn't matter.
  func accepts(_ item: Item) -> Bool {
    switch (self, item.kind) {
    case (.integer, .number(let number)): number.isInteger && !number.isPercent
    case (.number, .number(let number)): !number.isPercent
    case (.amount, .number(let number)): number.isPercent || number.isInteger
    case (.text, .text), (.size, .size), (.column, .text): true
    case (_, .word(let word)): words.contains(word)
    default: false
    }
  }

  /// A value as it may be written, where one is as good as another.
  var example: String? {
    switch self {
    case .flag: "yes"
    case .portion: "last 10%"
    case .text: "\"…\""
    case .choice(let words): words.first
    default: nil
    }
  }

  /// Whether a word may be this kind's value although it is a setting's name as well.
  func mayBegin(with item: Item) -> Bool {
    guard case .word(let word) = item.kind else { return false }
    return words.contains(word)
  }
}
