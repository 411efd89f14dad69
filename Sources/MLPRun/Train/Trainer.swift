import MLPLibrary
import MLPTensor

/// Trains one experiment on data that are there, and measures it.
struct Trainer {
  let experiment: Experiment
  let solver: any Solver
  let data: PreparedData
  let team: Team
  let now: () -> Double
  let observe: (RunEvent) -> Void

  /// Samples that are measured at once, where the batch isn't larger.
  private static let evaluationBatch = 240
  private static let secondsBetweenProgress = 0.1

  func run(loadSeconds: Double) throws(RunFailure) -> RunReport {
    var seconds = RunReport.Seconds(load: loadSeconds)
    let plan = plan()
    var records: [EpochRecord] = []
    for epoch in 0..<experiment.training.epochs {
      let start = now()
      let train = try self.train(plan, epoch: epoch, spent: seconds.train)
      let trained = now()
      let validation = validationScore(plan)
      seconds.train += trained - start
      seconds.evaluate += now() - trained
      let record = EpochRecord(
        epoch: epoch + 1, epochs: experiment.training.epochs, train: train, validation: validation,
        seconds: trained - start)
      records.append(record)
      observe(.epoch(record))
    }
    return report(plan, records, seconds)
  }

  /// The same, told to another observer.
  func observed(by observe: @escaping (RunEvent) -> Void) -> Trainer {
    Trainer(
      experiment: experiment, solver: solver, data: data, team: team, now: now, observe: observe)
  }

  /// The network as it begins, ready to train.
  func plan() -> Plan {
    Plan(
      experiment, solver: solver,
      capacity: max(experiment.training.batch, Self.evaluationBatch), scaling: data.scaling,
      density: data.samples.density(in: data.train), team: team)
  }

  private func report(
    _ plan: Plan, _ records: [EpochRecord], _ timed: RunReport.Seconds
  ) -> RunReport {
    var seconds = timed
    let start = now()
    let test = testScore(plan)
    seconds.evaluate += now() - start
    let last = records[records.count - 1]
    let named = experiment.data?.word ?? data.name
    func result(_ expectation: Expectation) -> ExpectationResult {
      let scores = ["train": last.train, "validation": last.validation, "test": test]
      return ExpectationResult(
        expectation, score: scores[expectation.set] ?? nil, usedFallback: named != data.name)
    }
    return RunReport(
      train: last.train, validation: last.validation, test: test,
      expectations: experiment.expectations.map(result), seconds: seconds,
      samplesPerSecond: Double(data.train.count * records.count) / max(seconds.train, 1e-9),
      weightsHash: plan.weightsHash, data: data.name, dataNamed: named,
      seed: experiment.training.seed, epochs: records)
  }

  // MARK: One epoch

  /// How far an epoch has come.
  struct EpochPart {
    /// From 0.
    let epoch: Int
    /// Epochs of the whole training.
    let epochs: Int
    /// Steps of the epoch.
    let steps: Int
    /// Steps done.
    var step = 0
    var sum = ScoreSum()
    var seconds = 0.0

    var isDone: Bool { step == steps }
  }

  /// An epoch of which nothing is done.
  ///
  /// - Parameters:
  ///   - epoch: from 0.
  ///   - epochs: of the whole training, over which schedules run.
  func beginning(epoch: Int, of epochs: Int) -> EpochPart {
    let batch = experiment.training.batch
    return EpochPart(epoch: epoch, epochs: epochs, steps: (data.train.count + batch - 1) / batch)
  }

  /// - Parameters:
  ///   - epoch: from 0.
  ///   - spent: seconds that the epochs before took.
  func train(
    _ plan: Plan, epoch: Int, spent: Double
  ) throws(RunFailure) -> Score {
    var part = beginning(epoch: epoch, of: experiment.training.epochs)
    try train(plan, &part, spent: spent, isStopped: { false })
    return part.sum.score
  }

  /// Goes on with an epoch to its end, or after a step to where it is stopped.
  ///
  /// - Parameter spent: seconds that the epochs before took.
  func train(
    _ plan: Plan, _ part: inout EpochPart, spent: Double, isStopped: () -> Bool
  ) throws(RunFailure) {
    let order = order(part.epoch)
    let batch = experiment.training.batch
    let start = now() - part.seconds
    var told = start
    defer { part.seconds = now() - start }
    while !part.isDone, !isStopped() {
      let rows = order[part.step * batch..<min((part.step + 1) * batch, order.count)]
      let moment = Moment(
        step: part.epoch * part.steps + part.step, stepsPerEpoch: part.steps,
        steps: part.steps * part.epochs)
      guard plan.train(rows, of: data.samples, at: moment, into: &part.sum) else {
        throw diverged(moment)
      }
      part.step += 1
      guard now() - told >= Self.secondsBetweenProgress else { continue }
      told = now()
      observe(.progress(progress(part, of: order.count, spent + told - start)))
    }
  }

  /// The training set's indices in the epoch's order.
  private func order(_ epoch: Int) -> [Int] {
    var order = Array(data.train)
    if experiment.training.shuffles {
      Random(
        seed: UInt64(experiment.training.seed), purpose: .shuffle, stream: UInt64(epoch)
      ).shuffle(&order)
    }
    return order
  }

  private func diverged(_ moment: Moment) -> RunFailure {
    .diverged(
      RunFailure.Divergence(
        epoch: moment.epoch + 1, step: moment.step + 1,
        span: experiment.solver?.span ?? experiment.net.lossSpan))
  }

  private func progress(_ part: EpochPart, of count: Int, _ seconds: Double) -> RunEvent.Progress {
    let rate = Double(part.epoch * count + part.sum.count) / max(seconds, 1e-9)
    let left = (part.epochs - part.epoch) * count - part.sum.count
    return RunEvent.Progress(
      epoch: part.epoch + 1, epochs: part.epochs, share: Double(part.sum.count) / Double(count),
      samplesPerSecond: rate, secondsLeft: Double(left) / max(rate, 1e-9))
  }

  // MARK: Measuring

  /// On the test set, where there is one.
  func testScore(_ plan: Plan) -> Score? { data.test.map { score(plan, 0..<$0.count, $0) } }

  /// On the validation set, where there is one.
  func validationScore(_ plan: Plan) -> Score? {
    data.validation.isEmpty ? nil : score(plan, data.validation, data.samples)
  }

  func score(_ plan: Plan, _ range: Range<Int>, _ samples: Samples) -> Score {
    var sum = ScoreSum()
    plan.evaluate(range, of: samples, into: &sum)
    return sum.score
  }
}
