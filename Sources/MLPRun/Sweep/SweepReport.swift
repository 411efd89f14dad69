import MLPLibrary
import MLPSyntax

/// What all runs of a spec came to: one row a combination, in the order of the combinations.
package struct SweepReport: Sendable {
  /// What tells the rows apart; seeds do not.
  package let axes: [Axis]
  /// At least one.
  package let rows: [SweepRow]

  /// Whether there is one training only, and nothing to compare.
  package var isSingle: Bool { rows.count == 1 && rows[0].runs.count == 1 }

  package var runs: [SweepRun] { rows.flatMap { $0.runs } }

  package var expectations: [ExpectationResult] { rows.flatMap { $0.expectations } }

  /// What the whole comes to; it decides the exit code.
  package enum Ending: Sendable {
    case done
    /// An expectation was missed.
    case missed
    /// Nothing came to its end, and that was not expected.
    case diverged
    /// The data of some combination can't be had, or don't fit.
    case faulty(Problem.Kind)
  }

  package var ending: Ending {
    for run in runs {
      if case .faulty(_, let kind) = run.outcome { return .faulty(kind) }
    }
    let isLost =
      rows.contains { !$0.divergesAsExpected } && runs.allSatisfy { $0.outcome.hasDiverged }
    if isLost { return .diverged }
    return expectations.contains { $0.verdict == .missed } ? .missed : .done
  }
}

/// One combination with all its repetitions.
package struct SweepRow: Sendable {
  /// The branch taken of each axis; empty where the axis is not met.
  package let cells: [String]
  /// Of the first repetition.
  package let experiment: Experiment
  /// At least one.
  package let runs: [SweepRun]
  /// The runs' specs with every default, each once: alternatives of the seed have one each.
  package let explicitTexts: [String]
  /// Over the runs that came to their end; nil where none did, or there is no such set.
  package let train: ScoreSpread?
  package let validation: ScoreSpread?
  package let test: ScoreSpread?
  package let expectations: [ExpectationResult]

  /// How many runs diverged.
  package var divergences: Int { runs.count { $0.outcome.hasDiverged } }

  /// Whether the divergence of all runs is what the spec says.
  package var divergesAsExpected: Bool {
    expectations.contains { $0.expectation.claim == .divergence && $0.verdict == .met }
  }

  package func spread(of set: String) -> ScoreSpread? {
    switch set {
    case "train": train
    case "validation": validation
    default: test
    }
  }
}

/// One training.
package struct SweepRun: Sendable {
  /// Of the report's rows, from 0.
  package let row: Int
  /// Within the row, from 0.
  package let repetition: Int
  package let seed: Int
  /// The epochs that were finished.
  package let epochs: [EpochRecord]
  package let outcome: Outcome

  package enum Outcome: Sendable {
    case finished(RunReport)
    case diverged(RunFailure.Divergence)
    /// Its data can't be had, or don't fit.
    case faulty([Diagnostic], Problem.Kind)

    package var report: RunReport? {
      if case .finished(let report) = self { report } else { nil }
    }

    package var isFaulty: Bool {
      if case .faulty = self { true } else { false }
    }

    package var hasDiverged: Bool {
      if case .diverged = self { true } else { false }
    }
  }
}

/// Mean and standard deviation of a set's scores.
package struct ScoreSpread: Equatable, Sendable {
  package let loss: Spread
  package let accuracy: Spread

  /// nil where there is no score.
  init?(_ scores: [Score]) {
    guard let loss = Spread(scores.map { $0.loss }),
      let accuracy = Spread(scores.map { $0.accuracy })
    else { return nil }
    self.loss = loss
    self.accuracy = accuracy
  }

  package func of(_ measure: String) -> Spread { measure == "loss" ? loss : accuracy }
}

/// Mean and sample standard deviation.
package struct Spread: Equatable, Sendable {
  package let mean: Double
  /// √(Σ (x - mean)² / (n - 1)); nil for a single number.
  package let deviation: Double?

  /// nil where there are no numbers.
  init?(_ numbers: [Double]) {
    guard !numbers.isEmpty else { return nil }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    self.mean = mean
    guard numbers.count > 1 else {
      deviation = nil
      return
    }
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = (squares / Double(numbers.count - 1)).squareRoot()
  }
}
