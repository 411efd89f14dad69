import MLPLibrary
import MLPSyntax

/// What differs in meaning between two specs.
///
/// Comments, layout, the order of statements and settings, defaults that are spelt out, names, groups and
/// the order of alternatives make no difference. Where a spec has alternatives, each place is compared by all
/// values that it takes.
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
    if Set(before) == Set(after) { return }
    compareNets(before, after)
    for keyword in ["init", "data", "solver", "train"] {
      compareStatements(
        keyword, before.compactMap { $0.statement(keyword) },
        after.compactMap { $0.statement(keyword) })
    }
    compareExpectations(before, after)
    compareCombinations(old.experiments, before, new.experiments, after)
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
  private func bodies(_ terms: [Meaning.Term]) -> [String] {
    terms.map { String($0.brief.drop { $0 != " " }.dropFirst()) }
  }

  /// The settings' names, in the order of the schema.
  private func names(_ terms: [Meaning.Term]) -> [String] {
    terms.flatMap { $0.parts.map { $0.name } }.unique
  }

  /// Compares what stands in one place: setting by setting where it is one word in both.
  private mutating func compare(_ place: String, _ old: [Meaning.Term], _ new: [Meaning.Term]) {
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
  private mutating func add(_ place: String, _ old: [String], _ new: [String]) {
    let (old, new) = (old.unique, new.unique)
    if Set(old) == Set(new) { return }
    let kind: Difference.Kind = old.isEmpty ? .added : new.isEmpty ? .removed : .changed
    differences.append(Difference(kind: kind, place: place, old: old, new: new))
  }

  private mutating func compareExpectations(_ old: [Meaning], _ new: [Meaning]) {
    let all = (old.flatMap { $0.expectations }.unique, new.flatMap { $0.expectations }.unique)
    var before = all.0.filter { !all.1.contains($0) }
    for term in all.1 where !all.0.contains(term) {
      if let twin = before.firstIndex(where: { $0.measured == term.measured }) {
        let place = (["expect"] + term.measured).joined(separator: " ")
        compare(place, [before.remove(at: twin)], [term])
      } else {
        add("expect", [], bodies([term]))
      }
    }
    for term in before { add("expect", bodies([term]), []) }
  }

  // MARK: The network

  private mutating func compareNets(_ old: [Meaning], _ new: [Meaning]) {
    add("net input", old.map { $0.input }, new.map { $0.input })
    let (before, after) = (old.map { $0.layers }.unique, new.map { $0.layers }.unique)
    if before.count == 1 && after.count == 1 {
      compareChains(before[0], after[0])
    } else if Set((before + after).map { $0.count }).count == 1 {
      for index in before[0].indices {
        compareLayer(index + 1, before.map { $0[index] }, after.map { $0[index] })
      }
    } else if Set(before) != Set(after) {
      add("net layers", before.map { chain($0) }, after.map { chain($0) })
    }
    compareWords("net loss", old.map { $0.loss }, new.map { $0.loss })
  }

  private func chain(_ layers: [Meaning.Term]) -> String {
    layers.map { $0.brief }.joined(separator: " -> ")
  }

  private mutating func compareLayer(
    _ number: Int, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    compareWords("net layer \(number)", old, new)
  }

  /// As `compare`, naming the word before its settings.
  private mutating func compareWords(
    _ place: String, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    let words = (old + new).map { $0.word }.unique
    compare(words.count == 1 ? "\(place) \(words[0])" : place, old, new)
  }

  /// Two chains: layers that are the same in both first, then those with one word, then those left over in
  /// their order.
  private mutating func compareChains(_ old: [Meaning.Term], _ new: [Meaning.Term]) {
    for gap in Gap.all(old, new, by: { $0.brief }) {
      for gap in Gap.all(Array(old[gap.old]), Array(new[gap.new]), by: { $0.word }, from: gap) {
        compareGap(gap, old, new)
      }
    }
  }

  private mutating func compareGap(
    _ gap: Gap, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    for (x, y) in zip(gap.old, gap.new) { compareLayer(x + 1, [old[x]], [new[y]]) }
    for x in gap.old.dropFirst(gap.new.count) { add("net layer \(x + 1)", [old[x].brief], []) }
    for y in gap.new.dropFirst(gap.old.count) { add("net layer \(y + 1)", [], [new[y].brief]) }
  }

  // MARK: Combinations

  /// How many there are; where each place takes the same values in both, which there are.
  private mutating func compareCombinations(
    _ old: [Experiment], _ before: [Meaning], _ new: [Experiment], _ after: [Meaning]
  ) {
    let counts = (Set(before).count, Set(after).count)
    let isSaid = !differences.isEmpty
    if counts.0 != counts.1 { add("combinations", ["\(counts.0)"], ["\(counts.1)"]) }
    if isSaid { return }
    let (known, others) = (Set(before), Set(after))
    for (experiment, meaning) in zip(old, before) where !others.contains(meaning) {
      add("combination", [experiment.choiceTexts], [])
    }
    for (experiment, meaning) in zip(new, after) where !known.contains(meaning) {
      add("combination", [], [experiment.choiceTexts])
    }
  }
}

/// Ranges of two sequences that stand in for each other.
private struct Gap {
  var old: Range<Int>
  var new: Range<Int>

  /// What lies between the elements with equal keys, and each of those pairs whose elements aren't the same.
  ///
  /// - Parameter start: where the sequences begin.
  static func all(
    _ old: [Meaning.Term], _ new: [Meaning.Term], by key: (Meaning.Term) -> String,
    from start: Gap = Gap(old: 0..<0, new: 0..<0)
  ) -> [Gap] {
    var gaps: [Gap] = []
    var open = Gap(old: 0..<0, new: 0..<0)
    for step in EditScript.steps(from: old.map(key), to: new.map(key)) {
      switch step {
      case .remove: open.old = open.old.lowerBound..<(open.old.upperBound + 1)
      case .add: open.new = open.new.lowerBound..<(open.new.upperBound + 1)
      case .keep:
        let (x, y) = (open.old.upperBound, open.new.upperBound)
        gaps.append(open)
        if old[x] != new[y] { gaps.append(Gap(old: x..<(x + 1), new: y..<(y + 1))) }
        open = Gap(old: (x + 1)..<(x + 1), new: (y + 1)..<(y + 1))
      }
    }
    return (gaps + [open]).filter { !$0.old.isEmpty || !$0.new.isEmpty }.map { gap in
      Gap(
        old: gap.old.shifted(by: start.old.lowerBound),
        new: gap.new.shifted(by: start.new.lowerBound))
    }
  }
}

extension Range<Int> {
  fileprivate func shifted(by offset: Int) -> Range<Int> {
    (lowerBound + offset)..<(upperBound + offset)
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of its first mention.
  fileprivate var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Meaning.Term {
  /// What an expectation is about: `test`, `accuracy`.
  fileprivate var measured: [String] {
    ["set", "measure"].map { part($0) }.filter { $0 != .absent }.map { $0.word }
  }
}

extension Experiment {
  /// What it chose among the alternatives: `relu, 0.1`.
  fileprivate var choiceTexts: String { choices.map { $0.text }.joined(separator: ", ") }
}

// MARK: - Text

extension SpecDiff.Difference: CustomStringConvertible {
  /// `solver lr 0.1 → 0.01`, `net layer 2: relu → sigmoid`, `net layer 3 added: dropout 0.2`
  package var description: String {
    switch kind {
    case .changed: "\(place)\(isOfWord ? ":" : "") \(Self.text(old)) → \(Self.text(new))"
    case .added: "\(place) added: \(Self.text(new))"
    case .removed: "\(place) removed: \(Self.text(old))"
    }
  }

  /// Whether the place is a whole layer or loss.
  private var isOfWord: Bool {
    let words = place.split(separator: " ")
    return words[0] == "net" && (words.count == 3 && words[1] == "layer" || place == "net loss")
  }

  private static func text(_ values: [String]) -> String {
    values.count == 1 ? values[0] : "{" + values.joined(separator: " | ") + "}"
  }

  package var json: JSON {
    .object([
      ("event", .text("difference")), ("kind", .text(kind.rawValue)), ("place", .text(place)),
      ("old", .list(old.map { .text($0) })), ("new", .list(new.map { .text($0) })),
    ])
  }
}
