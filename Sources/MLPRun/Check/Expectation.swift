import MLPLibrary
import MLPSyntax

/// What a run must come to.
package struct Expectation: Sendable {
  package enum Claim: Equatable, Sendable {
    /// The measure of a set: `test`, `accuracy`.
    case score(set: String, measure: String, Target)
    /// That training diverges.
    case divergence
  }

  package enum Target: Equatable, Sendable {
    case near(Double, within: Double)
    case bound(Bound)
  }

  /// The settings that have no effect beside another one.
  static let excluded = [
    (beside: "diverges", names: ["set", "measure", "value", "within", "at", "reported"]),
    (beside: "at", names: ["value", "within"]),
  ]

  package let claim: Claim
  package let reported: Double?
  package let span: Span
  /// What it is tied to; empty where it is for every combination.
  let condition: [Item]
  /// Whether it is known to be meant for this combination; not where the alternatives that its condition names were
  /// overridden by a merged statement.
  package internal(set) var isJudged = true
  /// Whether it has alternatives of its own, and may say something else in another combination.
  let isVaried: Bool
  let reading: Reading

  init(_ claim: Claim, _ reading: Reading, span: Span, isVaried: Bool) {
    self.claim = claim
    self.span = span
    self.isVaried = isVaried
    reported = reading.values.optionalNumber("reported")
    condition = reading.conditions["when"] ?? []
    self.reading = reading
  }

  /// The statement without its condition, with each default written out.
  var explicitLine: String {
    var plain = reading
    plain.values["when"] = nil
    return ExplicitText.line(plain)
  }

  /// The set that is measured; nil where none is.
  package var set: String? {
    if case .score(let set, _, _) = claim { set } else { nil }
  }
}
