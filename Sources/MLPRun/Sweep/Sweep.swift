/// All trainings that a checked spec describes, by rows: what differs in nothing but the seed makes one row.
struct Sweep: Sendable {
  /// What tells the rows apart.
  let axes: [Axis]
  /// Each row's experiments, one a seed.
  let rows: [[Experiment]]

  init(_ checked: CheckedSpec) {
    axes = checked.axes.filter { !$0.repeats }
    var rows: [[Experiment]] = []
    var places: [String: Int] = [:]
    for experiment in checked.experiments {
      let repetitions = (0..<experiment.training.repeats).map { experiment.repetition($0) }
      let key = experiment.withoutSeed
      if let place = places[key] {
        rows[place] += repetitions
      } else {
        places[key] = rows.count
        rows.append(repetitions)
      }
    }
    self.rows = rows
  }

  /// Whether there is one training only.
  var isSingle: Bool { rows.count == 1 && rows[0].count == 1 }

  var runCount: Int { rows.reduce(0) { $0 + $1.count } }

  /// One a training, row by row.
  ///
  /// - Parameter spec: which of several specs it is, from 0.
  func jobs(of session: Session, spec: Int = 0, keeping: Keeping?) -> [Job] {
    rows.enumerated().flatMap { row, experiments in
      experiments.enumerated().map { repetition, experiment in
        Job(
          session: session, spec: spec, experiment: experiment, row: row, repetition: repetition,
          keeping: keeping, suffix: suffix(row: row, repetition: repetition))
      }
    }
  }

  /// The branch that a row takes of each axis; empty where it is not met.
  func cells(_ row: Int) -> [String] { axes.map { rows[row][0].text(of: $0) } }

  /// What tells the files of one run apart from those of others: nothing, the row, or row and repetition, from 1.
  func suffix(row: Int, repetition: Int? = nil) -> String {
    guard !isSingle else { return "" }
    guard let repetition, rows[row].count > 1 else { return "-\(row + 1)" }
    return "-\(row + 1).\(repetition + 1)"
  }

  /// What the runs came to.
  ///
  /// - Parameter runs: all of them, row by row.
  func report(_ runs: [SweepRun]) -> SweepReport {
    var rest = runs[...]
    let reports = rows.indices.map { index in
      defer { rest = rest.dropFirst(rows[index].count) }
      return row(index, Array(rest.prefix(rows[index].count)))
    }
    return SweepReport(axes: axes, rows: reports)
  }

  private func row(_ index: Int, _ runs: [SweepRun]) -> SweepRow {
    let experiment = rows[index][0]
    let reports = runs.compactMap { $0.outcome.report }
    let train = ScoreSpread(reports.map { $0.train })
    let validation = ScoreSpread(reports.compactMap { $0.validation })
    let test = ScoreSpread(reports.compactMap { $0.test })
    var texts: [String] = []
    for experiment in rows[index] where experiment.explicitText != texts.last {
      texts.append(experiment.explicitText)
    }
    let spreads = ["train": train, "validation": validation, "test": test]
    return SweepRow(
      cells: cells(index), experiment: experiment, runs: runs,
      explicitTexts: texts, train: train, validation: validation, test: test,
      expectations: experiment.expectations.map { expectation in
        ExpectationResult(expectation, runs: runs) { spreads[$0] ?? nil }
      })
  }
}

extension Experiment {
  /// The same with another seed: `seed`, `seed` + 1, …
  fileprivate func repetition(_ index: Int) -> Experiment {
    var repetition = self
    repetition.training.seed += index
    return repetition
  }

  /// The same for two that differ in nothing but alternatives of the seed.
  fileprivate var withoutSeed: String {
    choices.filter { !$0.repeats }
      .map { "\($0.span.source):\($0.span.lower):\($0.branch)" }.joined(separator: " ")
  }
}
