import MLPLibrary
import MLPSyntax
import MLPTensor

// `:train`, `:eval`, `:fresh`, `:compare`.
extension Repl {
  mutating func train(_ argument: String) {
    guard let epochs = argument.isEmpty ? 1 : Int(argument), (1...1_000_000).contains(epochs) else {
      return fail("':train' takes a number of epochs from 1 to 1000000, found '\(argument)'")
    }
    guard let experiments = runnable() else { return }
    view.beginWork()
    defer { world.progress(nil) }
    sayWhatIsLeftToRun(experiments)
    sayHeadStarts(experiments)
    for experiment in experiments {
      let goesOn = train(experiment, among: experiments, epochs: epochs)
      if !goesOn || view.isStopped { break }
    }
    guard experiments.count > 1 else { return }
    say("")
    compare(experiments)
  }

  /// Says what the `train` statement asks for and the REPL doesn't do; once for each text of it.
  private mutating func sayWhatIsLeftToRun(_ experiments: [Experiment]) {
    let text = spec.statement(.train).map { "train " + Printer.text(of: $0.body) } ?? ""
    guard text != saidOfTraining else { return }
    saidOfTraining = text
    let trainings = experiments.map { $0.training }
    if trainings.contains(where: { $0.repeats > 1 }) {
      note("'repeat' is left to 'mlpc run': the first run alone is trained here")
    }
    if trainings.contains(where: { $0.keepsBest }) {
      note("'keep best' is left to 'mlpc run': here the weights stay those of the last epoch")
    }
    let isWritten = WordMap(Source(name: "", text: text)).roles.contains { role in
      if case .setting(let setting, _) = role { setting.name == "checkpoint" } else { false }
    }
    if isWritten, trainings.contains(where: { $0.checkpoints != .never }) {
      note("'checkpoint' is left to 'mlpc run': no files are written here")
    }
  }

  /// Says where combinations that will be compared have not come equally far.
  private func sayHeadStarts(_ experiments: [Experiment]) {
    let counts = experiments.map { experiment in
      trials.index(ReplTrial.Key(experiment, among: experiments)).map { trials[$0].records.count }
        ?? 0
    }
    guard let least = counts.min(), let most = counts.max(), least < most else { return }
    note(
      "some combinations go on from epoch \(most), others from epoch \(least): ':fresh' begins all anew"
    )
  }

  /// The present spec's experiments where they can be trained; else what is in the way has been said.
  private mutating func runnable() -> [Experiment]? {
    let result = ReplSpec.check([spec.spec], for: .run)
    guard let checked = result.checked else {
      fail(result.diagnostics, [spec.source])
      return nil
    }
    return checked.experiments
  }

  /// - Returns: whether others may follow: neither the user nor the data are in the way.
  private mutating func train(
    _ experiment: Experiment, among experiments: [Experiment], epochs: Int
  ) -> Bool {
    let index: Int
    do throws(RunFailure) {
      index = try prepare(experiment, among: experiments)
    } catch {
      fail(error)
      return false
    }
    guard var training = trials[index].training else { return false }
    if experiments.count > 1 {
      say("\n" + experiment.choices.map { $0.text }.joined(separator: ", "))
    }
    sayStretch(training, epochs: epochs)
    view.show(RunTable.epochHeader(validates: !training.data.validation.isEmpty) + "\n")
    let first = training.records.count
    let observer = ReplObserver(view: view, world: world, epochs: first..<first + epochs)
    var end: ReplTraining.End?
    do throws(RunFailure) {
      end = try training.train(
        epochs: epochs, observe: { observer.show($0) }, isStopped: { [view] in view.isStopped })
      world.progress(nil)
    } catch {
      world.progress(nil)
      fail(error)
    }
    if case .ended(let rule)? = end {
      note("'stop when \(rule.measure.text)…' ends it here; ':train' goes on all the same")
    }
    trials[index].hasDiverged = end == nil
    trials[index].records = training.records
    trials[index].training = training
    guard case .stopped(let step, let steps)? = end else { return measure(index) }
    // The wish to stop was for the training; the next one is for what follows.
    view.beginWork()
    _ = measure(index)
    sayStopped(training, step, of: steps)
    return false
  }

  /// Measures a trial's present weights on the test set, and says what it gave.
  ///
  /// - Returns: whether that came to its end.
  private mutating func measure(_ index: Int) -> Bool {
    trials[index].test = nil
    do throws(ReplTraining.Stopped) {
      trials[index].test = try measuring {
        [view, trial = trials[index]]
        () throws(ReplTraining.Stopped) in
        try trial.training?.testScore { view.isStopped }
      }
    } catch {
      note("the measuring of the test set was stopped; ':eval' does it")
      return false
    }
    if let test = trials[index].test { say("  test: \(Self.text(test))") }
    return true
  }

  /// Shows on a terminal that something is measured, as long as it takes.
  private func measuring<Result>(
    _ measure: () throws(ReplTraining.Stopped) -> Result
  ) throws(ReplTraining.Stopped) -> Result {
    world.progress("  measuring; Ctrl-C stops")
    defer { world.progress(nil) }
    return try measure()
  }

  private func sayStopped(_ training: ReplTraining, _ step: Int, of steps: Int) {
    let epoch = training.records.count
    guard training.isWithinEpoch else {
      guard epoch > 0 else { return note("stopped before the first step") }
      return note("stopped after epoch \(epoch); ':train' goes on with the next")
    }
    note(
      "stopped in epoch \(epoch + 1) after \(Format.grouped(step)) of \(Format.grouped(steps)) steps;"
        + " the weights are those of the last step, and ':train' goes on from there")
  }

  /// Says where the schedule becomes another one than the spec's.
  private func sayStretch(_ training: ReplTraining, epochs: Int) {
    let asked = training.experiment.training.epochs
    let last = training.epochsOfSchedule(withMore: epochs)
    guard last > asked, type(of: training.trainer.solver.schedule).schema.word != "constant"
    else { return }
    note("the schedule is made for 'epochs \(asked)'; it is stretched over \(last) now")
  }

  // MARK: Weights that go on

  /// Finds or begins the training of an experiment, under its present settings.
  ///
  /// - Returns: where its trial stands.
  private mutating func prepare(
    _ experiment: Experiment, among experiments: [Experiment]
  ) throws(RunFailure) -> Int {
    let data = try self.data(for: experiment)
    guard let solver = experiment.solver else {
      preconditionFailure("what is checked for a run has a solver")
    }
    let world = self.world
    let trainer = Trainer(
      experiment: experiment, solver: solver.solver, data: data, team: team(),
      now: { world.now() }, observe: { _ in })
    let index = trials.index(of: experiment, among: experiments)
    let known = trials[index].experiment
    trials[index].experiment = experiment
    trials[index].dataName = data.name
    if trials[index].training == nil {
      trials[index].records = []
      trials[index].training = ReplTraining(trainer)
    } else if known.explicitText != experiment.explicitText,
      trials[index].training?.change(to: trainer) == true
    {
      note("the rest of the stopped epoch is given up: its samples are divided otherwise now")
    }
    trials.release(beyond: self.world.memory / 4, besides: index)
    return index
  }

  /// The data of an experiment, loaded where they aren't there already.
  private mutating func data(for experiment: Experiment) throws(RunFailure) -> PreparedData {
    guard let source = experiment.data else {
      preconditionFailure("what is checked for a run has data")
    }
    let key = source.preparationKey(seed: experiment.training.seed) + "\n" + world.location(of: "")
    if loaded != key { world.progress("  loading \(source.word); Ctrl-C stops") }
    defer { world.progress(nil) }
    let data: PreparedData
    do throws(RunFailure) {
      data = try Session([spec.source], in: world).load(source, for: experiment, shared)
    } catch {
      // What can't be had now may be there at the next try.
      if case .faulty(_, let kind) = error, kind != .spec { shared = SharedData() }
      throw error
    }
    world.progress(nil)
    if loaded != key { say(data) }
    loaded = key
    return data
  }

  private func say(_ data: PreparedData) {
    let sets = [
      (data.train.count, "train"), (data.validation.count, "validation"),
      (data.test?.count ?? 0, "test"),
    ]
    let counts = sets.filter { $0.0 > 0 }.map { "\(Format.grouped($0.0)) \($0.1)" }
    say("\(data.name): \(counts.joined(separator: ", "))\n")
  }

  private mutating func fail(_ failure: RunFailure) {
    switch failure {
    case .faulty(let diagnostics, _): fail(diagnostics, [spec.source])
    case .diverged(let divergence):
      fail([.diverged(divergence)], [spec.source])
      note("the weights are those after the last epoch that was done; ':fresh' begins anew")
    case .interrupted: note("the loading of the data was stopped; the next ':train' begins it anew")
    }
  }

  // MARK: Present weights

  /// Where the trial of the present spec stands, if it was begun.
  func currentIndex(_ experiments: [Experiment]) -> Int? {
    guard experiments.count == 1 else { return nil }
    return trials.index(ReplTrial.Key(experiments[0], among: experiments))
  }

  mutating func fresh() {
    guard let experiments = spec.checked?.experiments else {
      return fail(spec.diagnostics, [spec.source])
    }
    let keys = experiments.map { ReplTrial.Key($0, among: experiments) }
    let indices = keys.compactMap { trials.index($0) }
    guard !indices.isEmpty else { return say("  untrained, as it was") }
    for index in indices {
      trials[index].training = nil
      trials[index].records = []
      trials[index].test = nil
      trials[index].hasDiverged = false
    }
    say("  untrained again")
  }

  mutating func evaluate() {
    guard let experiments = runnable() else { return }
    guard experiments.count == 1 else { return compare(experiments) }
    view.beginWork()
    let index: Int
    do throws(RunFailure) {
      index = try prepare(experiments[0], among: experiments)
    } catch {
      return fail(error)
    }
    guard let training = trials[index].training else { return }
    do throws(ReplTraining.Stopped) {
      let scores = try measuring { [view] () throws(ReplTraining.Stopped) in
        try training.evaluate { view.isStopped }
      }
      trials[index].test = scores.test
      view.show(EvalTable.text(training, scores))
    } catch {
      note("the measuring was stopped; the next ':eval' begins it anew")
    }
  }

  mutating func compare() {
    let known = trials.all.filter { $0.wasTrained }
    guard !known.isEmpty else { return fail("nothing was trained yet: ':train' does") }
    let current = spec.checked.flatMap { currentIndex($0.experiments) }.map { trials[$0].number }
    view.show(CompareTable(known, width: view.columns).text(current: current))
  }

  /// The combinations of a sweep alone.
  private func compare(_ experiments: [Experiment]) {
    let keys = Set(experiments.map { ReplTrial.Key($0, among: experiments) })
    let known = trials.all.filter { keys.contains($0.key) && $0.wasTrained }
    guard !known.isEmpty else { return say("untrained: ':train' trains each combination") }
    view.show(CompareTable(known, width: view.columns).text(current: nil))
  }

  static func text(_ score: Score) -> String {
    "loss \(RunTable.loss(score.loss)), accuracy \(Format.fixed(score.accuracy, 4))"
  }
}

/// Shows what happens while the REPL trains.
private struct ReplObserver {
  let view: any ReplView
  let world: any World
  /// Those that are about to be done, from 0.
  let epochs: Range<Int>

  /// All of a few; of many the first ten, then each tenth, each hundredth, and so on, and the last.
  private func shows(_ record: EpochRecord) -> Bool {
    let place = record.epoch - epochs.lowerBound
    var stride = 1
    while epochs.count > Self.few, place > stride * 10 { stride *= 10 }
    return place.isMultiple(of: stride) || record.epoch == epochs.upperBound
  }

  private static let few = 30

  func show(_ event: RunEvent) {
    switch event {
    case .progress(let progress): world.progress(bar(progress))
    case .epoch(let record):
      guard shows(record) else { return }
      world.progress(nil)
      view.show(RunTable.epoch(record) + "\n")
    default: break
    }
  }

  private func bar(_ progress: RunEvent.Progress) -> String {
    let width = 24
    let filled = Int((progress.share * Double(width)).rounded(.down))
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    return "  \(bar) \(Format.grouped(Int(progress.samplesPerSecond))) samples/s; Ctrl-C stops"
  }
}
