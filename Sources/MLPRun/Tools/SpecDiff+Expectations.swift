import MLPLibrary
import MLPSyntax

/// What a spec expects, and of which of its combinations.
private struct Demand {
  let term: Meaning.Term
  /// The condition as it is written; empty where there is none.
  let condition: String
  /// Whether the same condition may name other combinations without meaning something else, as the alternatives
  /// themselves have changed.
  var goesByCondition: Bool
  /// The keys of the combinations; `isOfAll` where these are all.
  var scope: Set<String> = []
  var isOfAll = false

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
    if isOfAll || other.isOfAll { return isOfAll == other.isOfAll }
    return scope == other.scope || goesByCondition && condition == other.condition
  }
}

/// All that a spec expects, in the order of the text.
private struct Demands {
  private(set) var all: [Demand] = []
  /// How many combinations there are.
  private let combinations: Int

  /// - Parameters:
  ///   - keys: what each combination is known by.
  ///   - goByCondition: as `Demand` has it.
  init(of experiments: [Experiment], keys: [String], goByCondition: Bool) {
    var places: [String: Int] = [:]
    for (experiment, key) in zip(experiments, keys) {
      for expectation in experiment.expectations where expectation.isJudged {
        let condition = expectation.conditionText
        let text = expectation.explicitLine + " when " + condition
        let place = places[text] ?? all.count
        if place == all.count {
          places[text] = place
          let term = Meaning.term(of: expectation)
          all.append(Demand(term: term, condition: condition, goesByCondition: goByCondition))
        }
        all[place].scope.insert(key)
      }
    }
    combinations = Set(keys).count
    for index in all.indices { all[index].isOfAll = all[index].scope.count == combinations }
  }

  /// Each that is expected, with all conditions of it joined.
  var joined: [Meaning.Term: Demand] {
    var joined: [Meaning.Term: Demand] = [:]
    for demand in all {
      var whole = joined[demand.term] ?? demand
      whole.scope.formUnion(demand.scope)
      whole.isOfAll = whole.scope.count == combinations
      whole.goesByCondition = false
      joined[demand.term] = whole
    }
    return joined
  }
}

// What is expected: of which combinations, and what.
extension SpecDiff {
  mutating func compareExpectations(
    _ old: [Experiment], _ before: [Meaning], _ new: [Experiment], _ after: [Meaning]
  ) {
    // Combinations are the same that train the same; where some train otherwise, those that choose the same.
    let trainsSame = Set(before) == Set(after)
    let keys = { (experiments: [Experiment], meanings: [Meaning]) in
      trainsSame
        ? meanings.map { $0.brief }
        : experiments.map { $0.choices.map { $0.text }.sorted().joined(separator: ", ") }
    }
    let olds = Demands(of: old, keys: keys(old, before), goByCondition: !trainsSame)
    let news = Demands(of: new, keys: keys(new, after), goByCondition: !trainsSame)
    let (known, joined) = (olds.joined, news.joined)
    let isSettled = { (demand: Demand) in
      guard let one = known[demand.term], let other = joined[demand.term] else { return false }
      return one.isAsWide(as: other)
    }
    var rest = news.all.filter { !isSettled($0) }
    let changed = olds.all.filter { demand in
      guard !isSettled(demand) else { return false }
      let twin = rest.firstIndex { $0.term == demand.term && $0.isAsWide(as: demand) }
      if let twin { rest.remove(at: twin) }
      return twin == nil
    }
    compare(changed, rest)
  }

  /// Matches what differs: the more two have in common the sooner.
  private mutating func compare(_ old: [Demand], _ new: [Demand]) {
    let likenesses: [(Demand, Demand) -> Bool] = [
      { $0.term == $1.term },
      { $0.measured == $1.measured && $0.kind == $1.kind && $0.condition == $1.condition },
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
      let place = measured + (isConditional ? " when " + old.conditionText : "")
      if old.kind == new.kind {
        compare(place, [old.term], [new.term])
      } else {
        add(place, [old.claim], [new.claim])
      }
    }
    guard !old.isAsWide(as: new) else { return }
    let place =
      old.term == new.term ? "\(bodies([old.term])[0])" : old.measured.joined(separator: " ")
    let texts = (old.conditionText, new.conditionText)
    // The same words may mean other combinations.
    let areTold = texts.0 != texts.1
    add(
      "expect \(place) when", [areTold ? texts.0 : old.combinations],
      [areTold ? texts.1 : new.combinations])
  }

  private func bodies(of demand: Demand) -> [String] {
    bodies([demand.term]).map { $0 + (demand.isOfAll ? "" : " when " + demand.conditionText) }
  }
}

extension Demand {
  /// What stands behind the measure: `0.9 within 0.1`, `at least 0.9`.
  fileprivate var claim: String {
    term.brief.split(separator: " ").dropFirst(1 + measured.count).joined(separator: " ")
  }

  /// Of which combinations, as the text says it.
  fileprivate var conditionText: String { isOfAll ? "not set" : condition }

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
