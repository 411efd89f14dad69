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
    /// After an epoch, as the `train` statement's `stop` says.
    case ended(StopRule)
    /// Within the next epoch, after that many of its steps, or before it.
    case stopped(step: Int, of: Int)
  }

  private(set) var trainer: Trainer
  private var plan: Plan
  /// Since the solver's method began.
  private var course = TrainingCourse()
  /// Of the epochs before that.
  private var earlier: [EpochRecord] = []

  init(_ trainer: Trainer) {
    self.trainer = trainer
    plan = trainer.plan()
  }

  var experiment: Experiment { trainer.experiment }
  var data: PreparedData { trainer.data }
  var parameters: [[Tensor<Float>]] { plan.parameters }
  var weightsHash: String { plan.weightsHash }

  /// One an epoch that is done.
  var records: [EpochRecord] { earlier + course.records.map { counted($0) } }

  /// Whether an epoch was stopped on its way.
  var isWithinEpoch: Bool { course.step > 0 }

  /// Bytes of memory, but for the data.
  var memory: Int { experiment.trainingMemory }

  // MARK: Going on

  /// Goes on for so many epochs, the first of which may be the rest of one that was stopped.
  ///
  /// - Throws: `.diverged`; the weights are then those after the last epoch that was done.
  mutating func train(
    epochs: Int, observe: @escaping (RunEvent) -> Void, isStopped: @escaping () -> Bool
  ) throws(RunFailure) -> End {
    let last = course.epoch + epochs
    var trainer = self.trainer(
      of: epochsOfSchedule(withMore: epochs), observe: observe, isStopped: isStopped)
    var good = TrainingState(numbers: plan.state, course: course)
    do throws(RunFailure) {
      while course.epoch < last {
        trainer.origin = good
        try trainer.trainEpoch(plan, &course)
        if course.epoch < last {
          if let rule = experiment.training.stop, rule.ends(course.records) { return .ended(rule) }
          good = TrainingState(numbers: plan.state, course: course)
        }
      }
      return .done
    } catch {
      if case .interrupted = error {
        return .stopped(step: course.step, of: trainer.stepsPerEpoch)
      }
      plan.restore(good.numbers)
      course = good.course
      throw error
    }
  }

  /// The epochs over which the schedule runs in the next so many.
  func epochsOfSchedule(withMore epochs: Int) -> Int {
    max(experiment.training.epochs, course.epoch + epochs)
  }

  /// - Parameter epochs: of the whole training.
  private func trainer(
    of epochs: Int, observe: @escaping (RunEvent) -> Void, isStopped: @escaping () -> Bool
  ) -> Trainer {
    var experiment = self.experiment
    experiment.training.epochs = epochs
    let before = earlier.count
    return Trainer(
      experiment: experiment, solver: trainer.solver, data: data, team: trainer.team,
      now: trainer.now,
      observe: { event in
        guard case .epoch(let record) = event else { return observe(event) }
        observe(.epoch(record.behind(before)))
      }, isStopRequested: isStopped)
  }

  private func counted(_ record: EpochRecord) -> EpochRecord { record.behind(earlier.count) }

  /// Goes on under other settings of `solver` and `train`, with the weights that are there.
  ///
  /// What the solver keeps stays as long as its method does; another method begins with nothing kept, and its
  /// schedule at its beginning.
  ///
  /// - Returns: whether the rest of a stopped epoch is given up, as its samples are divided otherwise now.
  mutating func change(to trainer: Trainer) -> Bool {
    let (old, new) = (experiment.training, trainer.experiment.training)
    let words = (
      type(of: self.trainer.solver).schema.word, type(of: trainer.solver).schema.word
    )
    let plan = trainer.plan()
    let wasWithin = isWithinEpoch
    if words.0 == words.1 {
      plan.restore(self.plan.state)
    } else {
      plan.restore(self.plan.parameters)
      earlier = records
      course = TrainingCourse()
    }
    if old.batch != new.batch || old.shuffles != new.shuffles {
      course.step = 0
      course.sum = ScoreSum()
    }
    self.plan = plan
    self.trainer = trainer
    return wasWithin && !isWithinEpoch
  }

  // MARK: Measuring

  struct Scores {
    var train: Score
    var validation: Score?
    var test: Score?
  }

  /// The user didn't want to wait for the end of a measurement.
  struct Stopped: Error {}

  /// The present weights on all sets.
  func evaluate(isStopped: () -> Bool) throws(Stopped) -> Scores {
    Scores(
      train: try score(data.train, data.samples, isStopped),
      validation: data.validation.isEmpty
        ? nil : try score(data.validation, data.samples, isStopped),
      test: try testScore(isStopped: isStopped))
  }

  /// The present weights on the test set; nil where there is none.
  func testScore(isStopped: () -> Bool) throws(Stopped) -> Score? {
    guard let test = data.test else { return nil }
    return try score(0..<test.count, test, isStopped)
  }

  private func score(
    _ range: Range<Int>, _ samples: Samples, _ isStopped: () -> Bool
  ) throws(Stopped) -> Score {
    var sum = ScoreSum()
    for start in stride(from: range.lowerBound, to: range.upperBound, by: plan.capacity) {
      if isStopped() { throw Stopped() }
      plan.evaluate(start..<min(start + plan.capacity, range.upperBound), of: samples, into: &sum)
    }
    return sum.score
  }
}

extension EpochRecord {
  /// The same where so many epochs went before.
  fileprivate func behind(_ count: Int) -> EpochRecord {
    EpochRecord(
      epoch: epoch + count, epochs: epochs + count, train: train, validation: validation,
      seconds: seconds, step: step, rate: rate, trace: trace)
  }
}
