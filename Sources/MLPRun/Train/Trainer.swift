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
      let validation = data.validation.isEmpty ? nil : score(plan, data.validation, data.samples)
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

  /// The network as it begins, ready to train.
  func plan() -> Plan {
    Plan(
      experiment, solver: solver,
      capacity: max(experiment.training.batch, Self.evaluationBatch), scaling: data.scaling,
      density: data.samples.density(in: data.train),
      recurring: experiment.training.epochs > 1 ? data.samples : nil, team: team)
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

  /// - Parameters:
  ///   - epoch: from 0.
  ///   - spent: seconds that the epochs before took.
  func train(
    _ plan: Plan, epoch: Int, spent: Double
  ) throws(RunFailure) -> Score {
    let order = order(epoch)
    let batch = experiment.training.batch
    let stepsPerEpoch = (order.count + batch - 1) / batch
    let steps = stepsPerEpoch * experiment.training.epochs
    var sum = ScoreSum()
    let start = now()
    var told = start
    for index in 0..<stepsPerEpoch {
      let rows = order[index * batch..<min((index + 1) * batch, order.count)]
      let moment = Moment(
        step: epoch * stepsPerEpoch + index, stepsPerEpoch: stepsPerEpoch, steps: steps)
      guard plan.train(rows, of: data.samples, at: moment, into: &sum) else {
        throw diverged(moment)
      }
      guard now() - told >= Self.secondsBetweenProgress else { continue }
      told = now()
      observe(.progress(progress(epoch, sum.count, of: order.count, spent + told - start)))
    }
    return sum.score
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

  private func progress(_ epoch: Int, _ done: Int, of count: Int, _ seconds: Double)
    -> RunEvent.Progress
  {
    let rate = Double(epoch * count + done) / max(seconds, 1e-9)
    let left = (experiment.training.epochs - epoch) * count - done
    return RunEvent.Progress(
      epoch: epoch + 1, epochs: experiment.training.epochs, share: Double(done) / Double(count),
      samplesPerSecond: rate, secondsLeft: Double(left) / max(rate, 1e-9))
  }

  // MARK: Measuring

  /// On the test set, where there is one.
  func testScore(_ plan: Plan) -> Score? { data.test.map { score(plan, 0..<$0.count, $0) } }

  private func score(
    _ plan: Plan, _ range: Range<Int>, _ samples: Samples
  ) -> Score {
    var sum = ScoreSum()
    plan.evaluate(range, of: samples, into: &sum)
    return sum.score
  }
}
