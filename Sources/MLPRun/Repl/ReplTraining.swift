import MLPLibrary
import MLPTensor

/// One network's training as it goes on from command to command: its weights, how far it came, and what each
/// epoch gave.
///
/// Epoch by epoch it does what a run of the whole spec does, to the bit. Schedules run over the epochs that the
/// `train` statement says; training that goes beyond them is as long as it comes to be.
struct ReplTraining {
  enum End: Equatable {
    case done
    /// Within an epoch, after that many of its steps.
    case stopped(step: Int, of: Int)
  }

  private(set) var trainer: Trainer
  private var plan: Plan
  private(set) var records: [EpochRecord] = []
  /// The epoch that was stopped on its way.
  private var part: Trainer.EpochPart?
  /// The epoch with which the solver's method began.
  private var start = 0

  init(_ trainer: Trainer) {
    self.trainer = trainer
    plan = trainer.plan()
  }

  var experiment: Experiment { trainer.experiment }
  var data: PreparedData { trainer.data }
  var parameters: [[Tensor<Float>]] { plan.parameters }
  var weightsHash: String { plan.weightsHash }

  /// Whether an epoch was stopped on its way.
  var isWithinEpoch: Bool { part != nil }

  /// Bytes of memory, but for the data.
  var memory: Int { experiment.trainingMemory }

  // MARK: Going on

  /// Goes on for so many epochs, the first of which may be the rest of one that was stopped.
  ///
  /// - Throws: where training diverges; the weights are those before the step that did.
  mutating func train(
    epochs: Int, observe: @escaping (RunEvent) -> Void, isStopped: () -> Bool
  ) throws(RunFailure) -> End {
    let last = records.count + epochs
    let trainer = self.trainer.observed(by: observe)
    while records.count < last {
      var part =
        self.part
        ?? trainer.beginning(
          epoch: records.count - start, of: epochsOfSchedule(withMore: last - records.count))
      defer { self.part = part.isDone ? nil : part }
      try trainer.train(plan, &part, spent: seconds, isStopped: isStopped)
      guard part.isDone else { return .stopped(step: part.step, of: part.steps) }
      records.append(record(of: part, trainer, last: last))
      observe(.epoch(records[records.count - 1]))
      if isStopped() && records.count < last { return .stopped(step: part.steps, of: part.steps) }
    }
    return .done
  }

  /// The epochs over which the schedule runs in the next so many.
  func epochsOfSchedule(withMore epochs: Int) -> Int {
    max(experiment.training.epochs, records.count - start + epochs)
  }

  private var seconds: Double { records.reduce(0) { $0 + $1.seconds } }

  private func record(of part: Trainer.EpochPart, _ trainer: Trainer, last: Int) -> EpochRecord {
    EpochRecord(
      epoch: records.count + 1, epochs: last, train: part.sum.score,
      validation: trainer.validationScore(plan), seconds: part.seconds)
  }

  /// Goes on under other settings of `solver` and `train`, with the weights that are there.
  ///
  /// What the solver keeps stays as long as its method does; another method begins with nothing kept, and its
  /// schedule at its beginning.
  ///
  /// - Returns: whether the rest of a stopped epoch is given up, as its samples are divided otherwise now.
  mutating func change(to trainer: Trainer) -> Bool {
    let (old, new) = (experiment.training, trainer.experiment.training)
    let isSameMethod =
      type(of: self.trainer.solver).schema.word == type(of: trainer.solver).schema.word
    let givesUp = part != nil && (old.batch != new.batch || old.shuffles != new.shuffles)
    self.trainer = trainer
    let plan = trainer.plan()
    plan.take(from: self.plan, withState: isSameMethod)
    self.plan = plan
    if !isSameMethod { start = records.count }
    if givesUp || !isSameMethod { part = nil }
    return givesUp
  }

  // MARK: Measuring

  struct Scores {
    var train: Score
    var validation: Score?
    var test: Score?
  }

  /// The present weights on all sets.
  func evaluate() -> Scores {
    Scores(
      train: trainer.score(plan, data.train, data.samples),
      validation: trainer.validationScore(plan), test: trainer.testScore(plan))
  }

  func testScore() -> Score? { trainer.testScore(plan) }
}
