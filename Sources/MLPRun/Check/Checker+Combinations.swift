import MLPSyntax

extension Checker {
  /// Gives each combination the expectations that are for it, and leaves out combinations that say the same as one
  /// before: of alternatives that a merged statement overrides, one is as good as the other. Nil after a mistake.
  mutating func settled(_ experiments: [Experiment]) -> CheckedSpec? {
    let axes = Axis.all(of: experiments.map { $0.choices })
    let experiments = inOrderOfText(experiments, axes)
    guard let conditions = conditions(of: experiments, axes) else { return nil }
    let groups = groups(of: experiments, axes)
    let settled = groups.map { group in
      settle(experiments[group[0]], with: group.map { experiments[$0].choices }, axes, conditions)
    }
    let checked = CheckedSpec(
      experiments: settled,
      axes: axes.filter { $0.differs(in: settled.map { $0.choices }) })
    checkRepetition(of: checked)
    warnOfIdleSettings(among: experiments.count)
    warnOfEqualBranches(of: axes)
    warnOfContradictions(in: settled)
    return diagnostics.isEmpty ? checked : nil
  }

  /// The branches of what stands last in the text changing fastest.
  private func inOrderOfText(_ experiments: [Experiment], _ axes: [Axis]) -> [Experiment] {
    let places = experiments.map { experiment in
      axes.map { experiment.choices.branch(at: $0.span) ?? -1 }
    }
    let order = experiments.indices.sorted { places[$0].lexicographicallyPrecedes(places[$1]) }
    return order.map { experiments[$0] }
  }

  /// The conditions of the expectations, which are those of the same statements in every experiment; nil where there
  /// is none.
  private mutating func conditions(
    of experiments: [Experiment], _ axes: [Axis]
  ) -> [Condition?]? {
    var reader = ConditionReader(axes, experiments.map { $0.choices })
    let conditions = experiments[0].expectations.map { expectation in
      expectation.condition.isEmpty ? nil : reader.condition(expectation.condition)
    }
    diagnostics += reader.diagnostics
    return reader.diagnostics.isEmpty ? conditions : nil
  }

  /// The indices of experiments that say the same, in the order of the first of each. Where equal branches were
  /// written, they are meant to be two.
  private func groups(of experiments: [Experiment], _ axes: [Axis]) -> [[Int]] {
    guard experiments.count > 1 else { return [[0]] }
    var groups: [[Int]] = []
    var places: [String: Int] = [:]
    for (index, experiment) in experiments.enumerated() {
      let expected = experiment.expectations.filter { $0.isVaried && $0.condition.isEmpty }
      let twins = axes.map { axis in
        experiment.choices.branch(at: axis.span).map { axis.equals(before: $0) } ?? 0
      }
      let text =
        experiment.explicitStatements + expected.map { $0.explicitLine + "\n" }.joined()
        + twins.map { "\($0) " }.joined()
      if let place = places[text] {
        groups[place].append(index)
      } else {
        places[text] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  /// - Parameter choices: those of all combinations that say the same.
  private func settle(
    _ experiment: Experiment, with choices: [[Choice]], _ axes: [Axis],
    _ conditions: [Condition?]
  ) -> Experiment {
    if conditions.allSatisfy({ $0 == nil }) { return experiment }
    var settled = experiment
    settled.expectations = zip(experiment.expectations, conditions).compactMap {
      expectation, condition in
      guard let condition else { return expectation }
      let holding = choices.count { condition.holds(for: $0, axes) }
      guard holding > 0 else { return nil }
      var expectation = expectation
      expectation.isJudged = holding == choices.count
      return expectation
    }
    return settled
  }

  private mutating func checkRepetition(of checked: CheckedSpec) {
    guard let axis = checked.axes.first(where: { $0.repeats }),
      let repeated = checked.experiments.first(where: { $0.training.repeats > 1 })
    else { return }
    diagnostics.append(.repeatedTwice(at: repeated.training.repeatSpan, seeds: axis.span))
  }
}
