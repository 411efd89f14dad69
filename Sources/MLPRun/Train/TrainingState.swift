import MLPTensor

/// How far a training has come, besides its numbers.
package struct TrainingCourse: Equatable, Sendable {
  /// Epochs that are done and measured.
  package var epoch = 0
  /// Steps of the next epoch that are done.
  package var step = 0
  /// What the samples of those steps scored.
  package var sum = ScoreSum()
  /// One for each epoch that is done.
  package var records: [EpochRecord] = []
  /// The parameters after the best epoch, where these are kept and were not the last.
  package var best: [[Tensor<Float>]]?
  package var seconds = Seconds()

  /// Time spent, for reports only.
  package struct Seconds: Equatable, Sendable {
    /// In the epochs that are done.
    package var train = 0.0
    package var evaluate = 0.0
    /// In the epoch that isn't.
    package var epoch = 0.0
  }

  package init() {}
}

/// Everything that decides how a training goes on. The random numbers need nothing more: each depends on the seed,
/// the epoch and the step alone.
package struct TrainingState: Equatable, Sendable {
  package let numbers: PlanState
  package let course: TrainingCourse

  package init(numbers: PlanState, course: TrainingCourse) {
    self.numbers = numbers
    self.course = course
  }
}
