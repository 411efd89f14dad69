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
  /// Writes down how far the training has come; nil where nothing is kept.
  var keeper: CheckpointKeeper?
  /// Where the training stood not long ago, if not at its beginning; to look from there for what spoilt it.
  var origin: TrainingState?
  /// Whether the user asked to stop.
  var isStopRequested: () -> Bool = { false }

  /// Samples that are measured at once, where the batch isn't larger.
  private static let evaluationBatch = 240
  private static let secondsBetweenProgress = 0.1

  /// Trains to the end and measures.
  ///
  /// - Parameter start: where to go on; the beginning where it is nil.
  /// - Throws: `.diverged`, `.interrupted`.
  func run(
    loadSeconds: Double, from start: TrainingState? = nil
  ) throws(RunFailure) -> RunReport {
    let plan = plan()
    var course = TrainingCourse()
    if let start {
      plan.restore(start.numbers)
      course = start.course
    }
    while course.epoch < experiment.training.epochs {
      if let stopped = stopped(course) {
        observe(.stopped(stopped))
        break
      }
      try trainEpoch(plan, &course)
    }
    try saveLast(plan, course)
    return report(plan, course, loadSeconds)
  }

  /// The network as it begins, ready to train.
  func plan() -> Plan {
    Plan(
      experiment, solver: solver,
      capacity: max(experiment.training.batch, Self.evaluationBatch), scaling: data.scaling,
      density: data.samples.density(in: data.train),
      recurring: experiment.training.epochs > 1 ? data.samples : nil, team: team)
  }

  var stepsPerEpoch: Int {
    (data.train.count + experiment.training.batch - 1) / experiment.training.batch
  }

  /// Which epoch's parameters count as the best.
  private var measure: EpochMeasure { experiment.training.stop?.measure ?? .validationLoss }

  private func stopped(_ course: TrainingCourse) -> RunEvent.Stopped? {
    guard let rule = experiment.training.stop, course.step == 0, rule.ends(course.records) else {
      return nil
    }
    let best = rule.measure.best(of: course.records)
    return RunEvent.Stopped(epoch: course.epoch, best: best.map { $0 + 1 }, rule: rule)
  }

  // MARK: One epoch

  /// Does what is left of the epoch, measures it, and begins the next.
  func trainEpoch(_ plan: Plan, _ course: inout TrainingCourse) throws(RunFailure) {
    try train(plan, &course)
    let start = now()
    let validation = data.validation.isEmpty ? nil : score(plan, data.validation, data.samples)
    let record = record(course, validation)
    course.seconds.train += course.seconds.epoch
    course.seconds.epoch = 0
    course.seconds.evaluate += now() - start
    course.records.append(record)
    course.epoch += 1
    course.step = 0
    course.sum = ScoreSum()
    if experiment.training.keepsBest, measure.best(of: course.records) == course.epoch - 1 {
      course.best = plan.parameters
    }
    observe(.epoch(record))
    if keeper?.isDue(atEndOf: course.epoch) ?? false {
      try save(plan, course, goesOn: course.epoch < experiment.training.epochs)
    }
    try stopIfRequested(plan, course)
  }

  /// Of the epoch whose steps are all done.
  private func record(_ course: TrainingCourse, _ validation: Score?) -> EpochRecord {
    let end = moment(course)
    let last = Moment(
      step: end.step - 1, stepsPerEpoch: end.stepsPerEpoch, steps: end.steps)
    return EpochRecord(
      epoch: course.epoch + 1, epochs: experiment.training.epochs, train: course.sum.score,
      validation: validation, seconds: course.seconds.epoch, step: end.step,
      rate: solver.rate(at: last), trace: course.sum.trace.points)
  }

  /// Does the steps that are left of the epoch.
  func train(_ plan: Plan, _ course: inout TrainingCourse) throws(RunFailure) {
    let order = order(course.epoch)
    let start = now()
    var told = start
    let spent = course.seconds.epoch
    defer { course.seconds.epoch = spent + now() - start }
    while course.step < stepsPerEpoch {
      let isFinite = plan.train(
        rows(course.step, order), of: data.samples, at: moment(course), into: &course.sum)
      guard isFinite else { throw diverged(plan, course) }
      course.step += 1
      if course.step < stepsPerEpoch { try pause(plan, &course, since: start, spent: spent) }
      guard now() - told >= Self.secondsBetweenProgress else { continue }
      told = now()
      observe(.progress(progress(course, spent + told - start)))
    }
  }

  /// What may be done between two steps of an epoch.
  private func pause(
    _ plan: Plan, _ course: inout TrainingCourse, since start: Double, spent: Double
  ) throws(RunFailure) {
    let isDue = keeper?.isDue(after: moment(course).step) ?? false
    guard isDue || isStopRequested() else { return }
    course.seconds.epoch = spent + now() - start
    if isDue { try save(plan, course, goesOn: true) }
    try stopIfRequested(plan, course)
  }

  /// The samples of one step.
  func rows(_ step: Int, _ order: [Int]) -> ArraySlice<Int> {
    let batch = experiment.training.batch
    return order[step * batch..<min((step + 1) * batch, order.count)]
  }

  /// The next step's place in the whole training.
  func moment(_ course: TrainingCourse) -> Moment {
    Moment(
      step: course.epoch * stepsPerEpoch + course.step, stepsPerEpoch: stepsPerEpoch,
      steps: stepsPerEpoch * experiment.training.epochs)
  }

  /// The training set's indices in the epoch's order.
  func order(_ epoch: Int) -> [Int] {
    var order = Array(data.train)
    if experiment.training.shuffles {
      Random(
        seed: UInt64(experiment.training.seed), purpose: .shuffle, stream: UInt64(epoch)
      ).shuffle(&order)
    }
    return order
  }

  private func progress(_ course: TrainingCourse, _ seconds: Double) -> RunEvent.Progress {
    let (count, done) = (data.train.count, course.sum.count)
    let rate = Double(course.epoch * count + done) / max(course.seconds.train + seconds, 1e-9)
    let left = (experiment.training.epochs - course.epoch) * count - done
    return RunEvent.Progress(
      epoch: course.epoch + 1, epochs: experiment.training.epochs,
      share: Double(done) / Double(count), samplesPerSecond: rate,
      secondsLeft: Double(left) / max(rate, 1e-9))
  }

  // MARK: Keeping

  /// Writes a checkpoint, if all numbers are finite.
  ///
  /// - Parameter goesOn: whether the training goes on behind it.
  private func save(
    _ plan: Plan, _ course: TrainingCourse, goesOn: Bool
  ) throws(RunFailure) {
    guard plan.firstLayerNotFinite == nil else { throw diverged(plan, course) }
    keeper?.save(at: moment(course).step, goesOn: goesOn) {
      TrainingState(numbers: plan.state, course: course)
    }
  }

  private func stopIfRequested(_ plan: Plan, _ course: TrainingCourse) throws(RunFailure) {
    guard isStopRequested(), course.epoch < experiment.training.epochs else { return }
    if keeper != nil { try save(plan, course, goesOn: false) }
    throw .interrupted(
      RunFailure.Interruption(
        epochs: course.epoch, steps: moment(course).step, checkpoint: keeper?.newest))
  }

  private func saveLast(_ plan: Plan, _ course: TrainingCourse) throws(RunFailure) {
    if keeper?.keepsEnd ?? false { return try save(plan, course, goesOn: false) }
    guard plan.firstLayerNotFinite == nil else { throw diverged(plan, course) }
  }

  // MARK: Measuring

  /// Ends with the parameters that are to be kept.
  private func report(
    _ plan: Plan, _ course: TrainingCourse, _ loadSeconds: Double
  ) -> RunReport {
    var kept = course.records.count - 1
    if experiment.training.keepsBest, let best = course.best,
      let epoch = measure.best(of: course.records)
    {
      plan.restore(best)
      kept = epoch
    }
    let start = now()
    let (test, predictions) = measured(plan)
    let seconds = RunReport.Seconds(
      load: loadSeconds, train: course.seconds.train,
      evaluate: course.seconds.evaluate + now() - start)
    let record = course.records[kept]
    let parameters = plan.parameters
    let hash = WeightsHash.text(of: parameters)
    return RunReport(
      train: record.train, validation: record.validation, test: test, seconds: seconds,
      samplesPerSecond: Double(data.train.count * course.records.count)
        / max(seconds.train, 1e-9),
      weightsHash: hash, data: data.name, dataNamed: experiment.data?.word ?? data.name,
      seed: experiment.training.seed, epochs: course.records, keptEpoch: kept + 1,
      kept: keeper?.finish(parameters, epoch: kept + 1, hash: hash),
      model: TrainedModel(
        net: experiment.net, parameters: parameters, data: data, predictions: predictions))
  }

  /// On the test set, where there is one.
  func testScore(_ plan: Plan) -> Score? { data.test.map { score(plan, 0..<$0.count, $0) } }

  /// The test set's score, and what the network says of each of its samples, or else of those of the validation set.
  private func measured(_ plan: Plan) -> (test: Score?, predictions: Predictions?) {
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

  func score(
    _ plan: Plan, _ range: Range<Int>, _ samples: Samples, outputs: ((Panels) -> Void)? = nil
  ) -> Score {
    var sum = ScoreSum()
    plan.evaluate(range, of: samples, into: &sum, outputs: outputs)
    return sum.score
  }
}
