/// What a word of the language is: its settings, its meaning, and samples for the derived tests.
///
/// Never changes, and is shared: each reading of the word refers to it.
package final class Schema: Sendable {
  package let word: String
  /// One sentence.
  package let summary: String
  /// What it computes, in plain text, one line an equation.
  package let formula: String
  /// Where the formula comes from.
  package let source: String
  package let settings: [Setting]
  /// Settings that may stand without their names, in this order. Where there are fewer values than
  /// names, the optional ones are left out from the front: `fc 128` is `out`, `fc 784 128` both.
  package let positional: [String]
  /// The settings that `positional` names.
  package let positionalSettings: [Setting]
  /// The setting beside which none of those that are required stands.
  package let standalone: String?
  /// Programs that use the word, for documentation and the derived tests.
  package let examples: [String]
  /// The settings' names, in the same order.
  private let names: [String]
  /// A bit for each letter that a name begins with, which tells most other words apart.
  private let initials: UInt32

  package init(
    _ word: String, _ summary: String, formula: String = "", source: String = "",
    settings: [Setting] = [], positional: [String] = [], standalone: String? = nil,
    examples: [String]
  ) {
    self.word = word
    self.summary = summary
    self.formula = formula
    self.source = source
    self.settings = settings
    self.positional = positional
    self.standalone = standalone
    self.examples = examples
    names = settings.map { $0.name }
    initials = names.reduce(0) { $0 | Self.initial($1) }
    positionalSettings = positional.compactMap { name in settings.first { $0.name == name } }
  }

  package func setting(_ name: String) -> Setting? {
    guard initials & Self.initial(name) != 0 else { return nil }
    return names.firstIndex { $0 == name }.map { settings[$0] }
  }

  /// The bit of a name's first letter.
  private static func initial(_ name: String) -> UInt32 { 1 << UInt32((name.utf8.first ?? 0) & 31) }
}

/// One setting of a word; never changes, and is shared as its schema is.
package final class Setting: Sendable {
  package enum Kind: Sendable {
    case integer(ClosedRange<Int>)
    /// A whole number, or one of some words.
    case integerOrWord(ClosedRange<Int>, [String])
    case number(Bounds)
    case choice([String])
    /// `yes` or `no`.
    case flag
    /// `"text"`
    case text
    /// A column of a table: a word or a quoted text, its name, or a whole number from 1, its place.
    /// The value is a `.text`.
    case column
    /// `3x3`, of that many sizes; where there are two, `3` is both.
    case size(rank: Int)
    /// `5000` or `10%`.
    case amount
    /// `last 5000`, `last 10%`, `none`: which samples to set aside.
    case portion
    /// One of several fixed turns of words: `every 500 steps`. The value is a `.phrase`.
    case phrase([Phrase])
    /// `least 0.985` or `most 2`.
    case bound(Bounds)
    /// Nothing: the setting's name says it all. The value is `.flag(true)`.
    case mark
    /// Words and values that name branches of alternatives. The value is a `.text`.
    case condition
    /// Another word of the catalogue, with its own settings behind it; or one of the plain words.
    case entry(Category, or: [String])
  }

  /// What stands where the spec says nothing.
  package enum Default: Sendable {
    /// The spec must say it.
    case required
    /// Nothing: what that means is in the help.
    case absent
    case value(Value)
    /// The value of another setting of the word, which stands before it in the schema.
    case same(as: String)
  }

  package let name: String
  package let help: String
  package let kind: Kind
  package let `default`: Default

  package init(_ name: String, _ kind: Kind, _ default: Default, _ help: String) {
    self.name = name
    self.help = help
    self.kind = kind
    self.default = `default`
  }
}

/// A range of numbers; each end may be open.
package struct Bounds: Sendable, CustomStringConvertible {
  package let lower: Double
  package let upper: Double
  package let excludesLower: Bool
  package let excludesUpper: Bool

  package init(
    _ lower: Double, _ upper: Double, excludesLower: Bool = false, excludesUpper: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.excludesLower = excludesLower
    self.excludesUpper = excludesUpper
  }

  package static let any = Bounds(
    -.infinity, .infinity, excludesLower: true, excludesUpper: true)
  package static let positive = Bounds(0, .infinity, excludesLower: true, excludesUpper: true)
  package static let nonNegative = Bounds(0, .infinity, excludesUpper: true)
  /// 0 ≤ x < 1
  package static let fraction = Bounds(0, 1, excludesUpper: true)
  /// 0 ≤ x ≤ 1
  package static let unit = Bounds(0, 1)

  package func contains(_ x: Double) -> Bool {
    (excludesLower ? x > lower : x >= lower) && (excludesUpper ? x < upper : x <= upper)
  }

  /// `above 0`, `0 or more`, `from 0 to below 1`, `any number`.
  package var description: String {
    if lower.isInfinite && upper.isInfinite { return "any number" }
    let low = Format.number(lower)
    if upper.isInfinite { return excludesLower ? "above \(low)" : "\(low) or more" }
    let from = excludesLower ? "above \(low)" : "from \(low)"
    return "\(from) to \(excludesUpper ? "below " : "")\(Format.number(upper))"
  }
}

/// The kinds of words in the catalogue.
package enum Category: String, CaseIterable, Sendable {
  case layer
  case loss
  case solver
  case schedule
  case initialiser
  case data
}
