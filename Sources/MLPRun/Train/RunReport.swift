import MLPLibrary

/// What a run came to.
package struct RunReport: Sendable {
  package struct Seconds: Sendable {
    package var load = 0.0
    package var train = 0.0
    package var evaluate = 0.0
  }

  /// The last epoch's, each sample measured before its step's update.
  package let train: Score
  package let validation: Score?
  package let test: Score?
  package let expectations: [ExpectationResult]
  package let seconds: Seconds
  package let samplesPerSecond: Double
  package let weightsHash: String
  /// The word of the source that the samples really came from.
  package let data: String
  /// The word that the spec names.
  package let dataNamed: String
  package let seed: Int
  package let epochs: [EpochRecord]
  /// The epoch, from 1, whose parameters these are.
  package let keptEpoch: Int
  /// What is left of the run; nil where nothing was to be kept.
  package let kept: Kept?

  /// What a run left in its folder.
  package struct Kept: Sendable {
    /// The file with the model; nil where it could not be written.
    package let model: String?
    /// Why something could not be written at the end.
    package let problem: Problem?
  }

  package var usedFallback: Bool { data != dataNamed }

  /// Whether no expectation was missed.
  package var isAsExpected: Bool { expectations.allSatisfy { $0.verdict != .missed } }
}

/// An expectation beside what was reached.
package struct ExpectationResult: Sendable {
  package enum Verdict: String, Sendable {
    case met
    case missed
    /// The data are not those that the expectation was written for.
    case notJudged = "not judged"
  }

  package let expectation: Expectation
  package let reached: Double?
  package let verdict: Verdict

  init(_ expectation: Expectation, score: Score?, usedFallback: Bool) {
    self.expectation = expectation
    reached = score.map { expectation.measure == "loss" ? $0.loss : $0.accuracy }
    guard !usedFallback else {
      verdict = .notJudged
      return
    }
    let distance = reached.map { abs($0 - expectation.value) } ?? .infinity
    // A hair more than asked: 0.86 - 0.85 is not 0.01 in binary.
    verdict = distance <= expectation.within + 1e-12 ? .met : .missed
  }
}
