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
      let sum = try train(plan, epoch: epoch, spent: seconds.train)
      let trained = now()
      let validation = data.validation.isEmpty ? nil : score(plan, data.validation, data.samples)
      seconds.train += trained - start
      seconds.evaluate += now() - trained
      let record = record(epoch, sum, validation, seconds: trained - start)
      records.append(record)
      observe(.epoch(record))
    }
    return report(plan, records, seconds)
  }

  private func record(
    _ epoch: Int, _ sum: ScoreSum, _ validation: Score?, seconds: Double
  ) -> EpochRecord {
    let batch = experiment.training.batch
    let stepsPerEpoch = (data.train.count + batch - 1) / batch
    let last = Moment(
      step: (epoch + 1) * stepsPerEpoch - 1, stepsPerEpoch: stepsPerEpoch,
      steps: experiment.training.epochs * stepsPerEpoch)
    return EpochRecord(
      epoch: epoch + 1, epochs: experiment.training.epochs, train: sum.score,
      validation: validation, seconds: seconds, step: last.step + 1, rate: solver.rate(at: last),
      trace: sum.trace.points)
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
    let (test, predictions) = measure(plan)
    seconds.evaluate += now() - start
    let last = records[records.count - 1]
    let parameters = plan.parameters
    return RunReport(
      train: last.train, validation: last.validation, test: test, seconds: seconds,
      samplesPerSecond: Double(data.train.count * records.count) / max(seconds.train, 1e-9),
      weightsHash: WeightsHash.text(of: parameters), data: data.name,
      dataNamed: experiment.data?.word ?? data.name, seed: experiment.training.seed,
      epochs: records,
      model: TrainedModel(
        net: experiment.net, parameters: parameters, data: data, predictions: predictions))
  }

  // MARK: One epoch

  /// - Parameters:
  ///   - epoch: from 0.
  ///   - spent: seconds that the epochs before took.
  func train(
    _ plan: Plan, epoch: Int, spent: Double
  ) throws(RunFailure) -> ScoreSum {
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
    return sum
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

  /// The test set's score, and what the network says of each of its samples, or else of those of the validation set.
  private func measure(_ plan: Plan) -> (test: Score?, predictions: Predictions?) {
    let set =
      data.test.map { ($0, 0..<$0.count, "test") } ?? (data.samples, data.validation, "validation")
    let (samples, rows, name) = set
    guard !rows.isEmpty else { return (nil, nil) }
    var classes: [Int32] = []
    classes.reserveCapacity(rows.count)
    let score = score(plan, rows, samples) { outputs in
      classes += experiment.net.loss.predictions(outputs)
    }
    return (
      name == "test" ? score : nil,
      Predictions(set: name, samples: samples, rows: rows, classes: classes)
    )
  }

  private func score(
    _ plan: Plan, _ range: Range<Int>, _ samples: Samples, outputs: ((Panels) -> Void)? = nil
  ) -> Score {
    var sum = ScoreSum()
    plan.evaluate(range, of: samples, into: &sum, outputs: outputs)
    return sum.score
  }
}
