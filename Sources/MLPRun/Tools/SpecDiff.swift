import MLPLibrary
import MLPSyntax

/// What differs in meaning between two specs.
///
/// Comments, layout, the order of statements and settings, defaults that are spelt out, names, groups and
/// the order of alternatives make no difference. Where a spec has alternatives, each place is compared by all
/// values that it takes. What is expected is compared apart from what is trained.
package struct SpecDiff: Sendable {
  package struct Difference: Equatable, Sendable {
    package enum Kind: String, Sendable {
      case changed
      case added
      case removed
    }

    package let kind: Kind
    /// `solver lr`, `net layer 2`: layers are counted from 1, in the first spec where they stand in both.
    package let place: String
    /// What each spec says there; several values where it has alternatives.
    package let old: [String]
    package let new: [String]
  }

  package private(set) var differences: [Difference] = []

  package var isEmpty: Bool { differences.isEmpty }

  package init(from old: CheckedSpec, to new: CheckedSpec) {
    let before = old.experiments.map { Meaning($0) }
    let after = new.experiments.map { Meaning($0) }
    if !Self.areSame(before, after) {
      compareNets(before, after)
      for keyword in ["init", "data", "solver", "train"] {
        compareStatements(
          keyword, before.compactMap { $0.statement(keyword) },
          after.compactMap { $0.statement(keyword) })
      }
      compareCombinations(old.experiments, before, new.experiments, after)
    }
    compareExpectations(old.experiments, before, new.experiments, after)
  }

  /// Whether the same trainings are done, be they repeated or their seeds spelt out.
  private static func areSame(_ old: [Meaning], _ new: [Meaning]) -> Bool {
    Set(old) == Set(new)
      || Set(old.flatMap { $0.repetitions }) == Set(new.flatMap { $0.repetitions })
  }

  // MARK: Statements

  private mutating func compareStatements(
    _ keyword: String, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    if old.isEmpty || new.isEmpty { return add(keyword, bodies(old), bodies(new)) }
    for name in names(old + new) {
      let isHead = old[0].parts.contains { $0.name == name && $0.isUnnamed }
      compare(
        isHead ? keyword : "\(keyword) \(name)", old.map { $0.part(name) },
        new.map { $0.part(name) })
    }
  }

  /// Without the keywords.
  func bodies(_ terms: [Meaning.Term]) -> [String] {
    terms.map { String($0.brief.drop { $0 != " " }.dropFirst()) }
  }

  /// The settings' names, in the order of the schema.
  private func names(_ terms: [Meaning.Term]) -> [String] {
    terms.flatMap { $0.parts.map { $0.name } }.unique
  }

  /// Compares what stands in one place: setting by setting where it is one word in both.
  mutating func compare(_ place: String, _ old: [Meaning.Term], _ new: [Meaning.Term]) {
    if Set(old) == Set(new) { return }
    let terms = old + new
    guard Set(terms.map { $0.word }).count == 1, terms.contains(where: { !$0.parts.isEmpty }) else {
      return add(place, old.map { $0.brief }, new.map { $0.brief })
    }
    for name in names(terms) {
      compare("\(place) \(name)", old.map { $0.part(name) }, new.map { $0.part(name) })
    }
  }

  /// Says what two sets of values come to, if they differ.
  mutating func add(_ place: String, _ old: [String], _ new: [String]) {
    let (old, new) = (old.unique, new.unique)
    if Set(old) == Set(new) { return }
    let kind: Difference.Kind = old.isEmpty ? .added : new.isEmpty ? .removed : .changed
    differences.append(Difference(kind: kind, place: place, old: old, new: new))
  }

  // MARK: Combinations

  /// How many there are; where each place takes the same values in both, which there are.
  private mutating func compareCombinations(
    _ old: [Experiment], _ before: [Meaning], _ new: [Experiment], _ after: [Meaning]
  ) {
    let (known, others) = (Set(before), Set(after))
    let isSaid = !differences.isEmpty
    if known.count != others.count { add("combinations", ["\(known.count)"], ["\(others.count)"]) }
    if isSaid { return }
    let removed = zip(old, before).filter { !others.contains($1) }
    let added = zip(new, after).filter { !known.contains($1) }
    // Where the choices' names don't tell them apart, all that they come to does.
    let names = (removed + added).map { $0.0.choiceTexts }
    let tell = names.unique.count == names.count && !names.contains("")
    for (experiment, meaning) in removed {
      add("combination", [tell ? experiment.choiceTexts : meaning.brief], [])
    }
    for (experiment, meaning) in added {
      add("combination", [], [tell ? experiment.choiceTexts : meaning.brief])
    }
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of its first mention.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Experiment {
  /// What it chose among the alternatives: `relu, 0.1`.
  var choiceTexts: String { choices.map { $0.text }.joined(separator: ", ") }
}
