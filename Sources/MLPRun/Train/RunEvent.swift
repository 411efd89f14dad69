import MLPSyntax

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
  /// How far several trainings are together.
  case queue(Queue)
  /// One of several trainings has ended; told in the order of the rows.
  case ended(Ended)

  package struct Loaded: Sendable {
    /// The word of the source that the samples really came from, and the one that the spec names.
    package let data: String
    package let named: String
    package let train: Int
    package let validation: Int
    package let test: Int
    /// Threads that train.
    package internal(set) var threads: Int
    /// How many trainings there are, and how many of them go on at once.
    package internal(set) var runs = 1
    package internal(set) var sideBySide = 1
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

  package struct Queue: Sendable {
    package let done: Int
    package let runs: Int
    /// The share of all work that is done.
    package let share: Double
    /// nil as long as nothing is known.
    package let secondsLeft: Double?
  }

  package struct Ended: Sendable {
    package let run: SweepRun
    /// The axes and the branches that the run's row takes of them.
    package let axes: [Axis]
    package let cells: [String]
    /// How many rows there are, and runs in this row.
    package let rows: Int
    package let repetitions: Int
    /// For the places in `run`.
    package let sources: [Source]

    init(_ run: SweepRun, of sweep: Sweep, in session: Session) {
      self.run = run
      axes = sweep.axes
      cells = sweep.cells(run.row)
      rows = sweep.rows.count
      repetitions = sweep.rows[run.row].count
      sources = session.sources
    }
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
  /// Steps done in the whole training so far.
  package let step: Int
  /// The learning rate of the last of them.
  package let rate: Double
  /// The epoch's training losses in pieces.
  package let trace: [LossPoint]
}
