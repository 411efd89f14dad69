import MLPLibrary
import MLPSyntax

/// What a spec expects, and of which of its combinations.
private struct Demand {
  let term: Meaning.Term
  /// The keys of the combinations; `isOfAll` where these are all.
  var scope: Set<String>
  var isOfAll = false
  /// The conditions as they are written.
  var conditions: [String]

  /// What it measures: `test accuracy`.
  var measured: [String] {
    ["set", "measure"].map { term.part($0) }.filter { $0 != .absent }.map { $0.word }
  }

  /// What it may be told apart from others by that measure the same: `near`, `least`, `most`.
  var kind: String {
    let bound = term.part("at")
    return bound == .absent ? "near" : String(bound.word.prefix { $0 != " " })
  }

  /// Whether it is expected of the same combinations.
  func isAsWide(as other: Demand) -> Bool {
    isOfAll == other.isOfAll && (isOfAll || scope == other.scope)
  }

  /// All that a spec expects, in the order of the text.
  ///
  /// - Parameter keys: what each combination is known by.
  static func all(of experiments: [Experiment], keys: [String]) -> [Demand] {
    var demands: [Demand] = []
    for (experiment, key) in zip(experiments, keys) {
      for expectation in experiment.expectations where expectation.isJudged {
        let term = Meaning.term(of: expectation)
        let index = demands.firstIndex { $0.term == term } ?? demands.count
        if index == demands.count {
          demands.append(Demand(term: term, scope: [], conditions: []))
        }
        demands[index].scope.insert(key)
        demands[index].conditions.append(expectation.conditionText)
      }
    }
    let count = Set(keys).count
    for index in demands.indices {
      demands[index].isOfAll = demands[index].scope.count == count
      demands[index].conditions = demands[index].conditions.unique
    }
    return demands
  }
}

// What is expected: of which combinations, and what.
extension SpecDiff {
  mutating func compareExpectations(
    _ old: [Experiment], _ before: [Meaning], _ new: [Experiment], _ after: [Meaning]
  ) {
    // Combinations are the same that train the same; where none of them do, those that choose the same.
    let trainsSame = Set(before) == Set(after)
    let keys = { (experiments: [Experiment], meanings: [Meaning]) in
      trainsSame
        ? meanings.map { $0.brief }
        : experiments.map { $0.choices.map { $0.text }.sorted().joined(separator: ", ") }
    }
    var demands = Demand.all(of: new, keys: keys(new, after))
    let known = Demand.all(of: old, keys: keys(old, before)).filter { demand in
      guard
        let twin = demands.firstIndex(where: { $0.term == demand.term && $0.isAsWide(as: demand) })
      else { return true }
      demands.remove(at: twin)
      return false
    }
    compare(known, demands)
  }

  /// Matches what differs: the more two have in common the sooner.
  private mutating func compare(_ old: [Demand], _ new: [Demand]) {
    let likenesses: [(Demand, Demand) -> Bool] = [
      { $0.term == $1.term },
      { $0.measured == $1.measured && $0.kind == $1.kind && $0.isAsWide(as: $1) },
      { $0.measured == $1.measured && $0.isAsWide(as: $1) },
      { $0.measured == $1.measured && $0.kind == $1.kind },
      { $0.measured == $1.measured },
    ]
    var twins: [Int: Int] = [:]
    for isLike in likenesses {
      for index in old.indices where twins[index] == nil {
        let taken = Set(twins.values)
        twins[index] = new.indices.first { !taken.contains($0) && isLike(old[index], new[$0]) }
      }
    }
    for index in old.indices {
      guard let twin = twins[index] else {
        add("expect", bodies(of: old[index]), [])
        continue
      }
      compare(old[index], new[twin])
    }
    let taken = Set(twins.values)
    for index in new.indices where !taken.contains(index) {
      add("expect", [], bodies(of: new[index]))
    }
  }

  private mutating func compare(_ old: Demand, _ new: Demand) {
    let isConditional = old.isAsWide(as: new) && !old.isOfAll
    let measured = (["expect"] + old.measured).joined(separator: " ")
    if old.term != new.term {
      let place = measured + (isConditional ? " when " + old.condition : "")
      if old.kind == new.kind {
        compare(place, [old.term], [new.term])
      } else {
        add(place, [old.claim], [new.claim])
      }
    }
    guard !old.isAsWide(as: new) else { return }
    let place =
      old.term == new.term ? "\(bodies([old.term])[0])" : old.measured.joined(separator: " ")
    let texts = (old.condition, new.condition)
    // The same words may mean other combinations.
    let areTold = texts.0 != texts.1
    add(
      "expect \(place) when", [areTold ? texts.0 : old.combinations],
      [areTold ? texts.1 : new.combinations])
  }

  private func bodies(of demand: Demand) -> [String] {
    bodies([demand.term]).map { $0 + (demand.isOfAll ? "" : " when " + demand.condition) }
  }
}

extension Demand {
  /// What stands behind the measure: `0.9 within 0.1`, `at least 0.9`.
  fileprivate var claim: String {
    term.brief.split(separator: " ").dropFirst(1 + measured.count).joined(separator: " ")
  }

  /// Of which combinations, as the text says it.
  fileprivate var condition: String {
    isOfAll ? "not set" : conditions.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  fileprivate var combinations: String {
    isOfAll ? "not set" : scope.sorted().joined(separator: "; ")
  }
}

extension Expectation {
  /// The words behind `when`; empty where there are none.
  fileprivate var conditionText: String {
    condition.map { Printer.text(of: $0) }.joined(separator: " ")
  }
}
