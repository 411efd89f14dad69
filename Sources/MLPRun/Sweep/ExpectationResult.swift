import MLPLibrary

/// An expectation beside what a combination reached.
package struct ExpectationResult: Sendable {
  package enum Verdict: String, Sendable {
    case met
    case missed
    /// It was not written for these data, or not for certain for this combination, or there are no data.
    case notJudged = "not judged"
  }

  package let expectation: Expectation
  /// How many of the runs diverged, of how many.
  package let divergences: Int
  package let runs: Int
  /// The mean over the repetitions; nil where some did not come to their end, or nothing is measured.
  package let reached: Spread?
  package let verdict: Verdict

  init(
    _ expectation: Expectation, runs: [SweepRun], spread: (_ set: String) -> ScoreSpread?
  ) {
    self.expectation = expectation
    self.runs = runs.count
    divergences = runs.count { $0.outcome.hasDiverged }
    let reports = runs.compactMap { $0.outcome.report }
    if case .score(let set, let measure, _) = expectation.claim, reports.count == runs.count {
      reached = spread(set)?.of(measure)
    } else {
      reached = nil
    }
    let isFaulty = runs.contains { $0.outcome.isFaulty }
    guard expectation.isJudged, !isFaulty, !reports.contains(where: { $0.usedFallback }) else {
      verdict = .notJudged
      return
    }
    let isMet = expectation.claim.isMet(
      by: reached?.mean, haveDiverged: divergences == runs.count)
    verdict = isMet ? .met : .missed
  }
}

extension Expectation.Claim {
  /// - Parameter haveDiverged: whether all runs have.
  fileprivate func isMet(by reached: Double?, haveDiverged: Bool) -> Bool {
    guard case .score(_, _, let target) = self else { return haveDiverged }
    guard let reached else { return false }
    // A hair more than asked: 0.86 - 0.85 is not 0.01 in binary.
    let slack = 1e-12
    switch target {
    case .near(let value, let within): return abs(reached - value) <= within + slack
    case .bound(.least(let least)): return reached >= least - slack
    case .bound(.most(let most)): return reached <= most + slack
    }
  }
}
