/// What happens during a run, as it happens.
package enum RunEvent: Sendable {
  /// The data are there.
  case loaded(Loaded)
  /// Steps were done; told a few times a second at most.
  case progress(Progress)
  case epoch(EpochRecord)

  package struct Loaded: Sendable {
    /// The word of the source that the samples really came from, and the one that the spec names.
    package let data: String
    package let named: String
    package let train: Int
    package let validation: Int
    package let test: Int
    package let threads: Int
  }

  package struct Progress: Sendable {
    /// From 1.
    package let epoch: Int
    package let epochs: Int
    /// The share of the epoch that is done.
    package let share: Double
    package let samplesPerSecond: Double
    /// For the whole training.
    package let secondsLeft: Double
  }
}

/// One epoch's results.
package struct EpochRecord: Sendable {
  /// From 1.
  package let epoch: Int
  package let epochs: Int
  /// The mean over the epoch's samples, each measured before its step's update.
  package let train: Score
  /// Measured after the epoch.
  package let validation: Score?
  /// For the training alone.
  package let seconds: Double
}
