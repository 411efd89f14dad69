/// What happens during a run, as it happens.
package enum RunEvent: Sendable {
  /// The data are there.
  case loaded(Loaded)
  /// The training goes on from a checkpoint.
  case resumed(Resumed)
  /// Steps were done; told a few times a second at most.
  case progress(Progress)
  case epoch(EpochRecord)
  /// The training ends before its last epoch, as `stop` says.
  case stopped(Stopped)

  package struct Loaded: Sendable {
    /// The word of the source that the samples really came from, and the one that the spec names.
    package let data: String
    package let named: String
    package let train: Int
    package let validation: Int
    package let test: Int
    package let threads: Int
  }

  package struct Resumed: Sendable {
    /// Epochs and steps that were done before, in the whole training.
    package let epochs: Int
    package let steps: Int
    package let checkpoint: String
    /// Whether no epoch is left.
    package let isDone: Bool
    package let validates: Bool
  }

  package struct Stopped: Sendable {
    /// The last that was done, from 1.
    package let epoch: Int
    /// The best; nil where none had a finite number.
    package let best: Int?
    package let rule: StopRule
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
package struct EpochRecord: Equatable, Sendable {
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
