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

  private static let evaluationBatch = 500
  private static let secondsBetweenProgress = 0.1

  func run(loadSeconds: Double) throws(RunFailure) -> RunReport {
    var seconds = RunReport.Seconds(load: loadSeconds)
    var model = Model<Float>(
      experiment.net, experiment.initialisation, seed: experiment.training.seed, team: team)
    var records: [EpochRecord] = []
    for epoch in 0..<experiment.training.epochs {
      let start = now()
      let train = try self.train(&model, epoch: epoch, spent: seconds.train)
      let trained = now()
      let validation = data.validation.isEmpty ? nil : score(&model, data.validation, data.samples)
      seconds.train += trained - start
      seconds.evaluate += now() - trained
      let record = EpochRecord(
        epoch: epoch + 1, epochs: experiment.training.epochs, train: train, validation: validation,
        seconds: trained - start)
      records.append(record)
      observe(.epoch(record))
    }
    return report(&model, records, seconds)
  }

  private func report(
    _ model: inout Model<Float>, _ records: [EpochRecord], _ timed: RunReport.Seconds
  ) -> RunReport {
    var seconds = timed
    let start = now()
    let test = data.test.map { score(&model, 0..<$0.count, $0) }
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
      weightsHash: model.weightsHash, data: data.name, dataNamed: named,
      seed: experiment.training.seed, epochs: records)
  }

  // MARK: One epoch

  private func train(
    _ model: inout Model<Float>, epoch: Int, spent: Double
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
      let score = model.train(
        inputs(rows, data.samples), labels: rows.map { data.samples.labels[$0] }, solver, at: moment
      )
      guard score.isFinite else { throw diverged(moment) }
      sum.add(score)
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

  private func score(
    _ model: inout Model<Float>, _ range: Range<Int>, _ samples: Samples
  ) -> Score {
    var sum = ScoreSum()
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.evaluationBatch) {
      let rows = Array(start..<min(start + Self.evaluationBatch, range.upperBound))
      let o = model.outputs(inputs(rows[...], samples))
      sum.add(BatchScore(o, labels: rows.map { samples.labels[$0] }, experiment.net.loss))
    }
    return sum.score
  }

  private func inputs(_ rows: ArraySlice<Int>, _ samples: Samples) -> Tensor<Float> {
    var x = Tensor<Float>([rows.count, samples.shape.count])
    x.elements.withUnsafeMutableBufferPointer {
      data.scaling.fill(rows: rows, of: samples, into: $0)
    }
    return x
  }
}
