import MLPLibrary
import MLPSyntax
import MLPTensor

/// The pipeline: text → tree → checked spec → data → training → report.
package struct Session: Sendable {
  package let world: any World
  /// The spec's file, then the statements merged over it.
  package let sources: [Source]

  package init(_ sources: [Source], in world: any World) {
    self.world = world
    self.sources = sources
  }

  /// Parses and checks everything.
  package func check(
    for purpose: Checker.Purpose = .check
  ) -> (checked: CheckedSpec?, diagnostics: [Diagnostic]) {
    let parsed = sources.indices.map { ForeignText.parse(sources[$0], index: $0) }
    let checked = Checker.check(
      parsed.map { $0.spec }, for: purpose, after: parsed.contains { !$0.diagnostics.isEmpty })
    let diagnostics = Diagnostic.joined(
      parsed.flatMap { $0.diagnostics }, checked.diagnostics)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    return (isFaulty ? nil : checked.checked, diagnostics)
  }

  /// What is said about a spec without errors that is to be run.
  package var warnings: [Diagnostic] {
    let (checked, diagnostics) = check(for: .run)
    return checked == nil ? [] : diagnostics
  }

  /// Checks, loads, trains, measures and keeps every combination of the spec's alternatives.
  ///
  /// - Parameter keeping: where checkpoints and models go; nil: nowhere.
  /// - Throws: `.faulty` where the text is, `.interrupted`; what befalls single combinations is in the report.
  package func run(
    threads: Int, record: RunRecord? = nil, keeping: Keeping? = nil,
    observe: @escaping (RunEvent) -> Void
  ) throws(RunFailure) -> SweepReport {
    let (checked, diagnostics) = check(for: .run)
    guard let checked else { throw .faulty(diagnostics, .spec) }
    let sweep = Sweep(checked)
    let jobs = sweep.jobs(of: self, keeping: keeping)
    let queue = JobQueue(jobs: jobs, threads: threads, data: SharedData())
    let runs = try queue.run(
      in: world, record: { record?.keep($1, of: sweep) }, observe: observe,
      ended: { job, run in
        if !sweep.isSingle { observe(.ended(RunEvent.Ended(run, of: sweep, in: self))) }
      })
    let report = sweep.report(runs)
    if !report.isRefused { record?.finish(report) }
    return report
  }

  /// Loads the data of an experiment that was checked for a run, and says how long that took.
  func trainer(
    for experiment: Experiment, threads: Int, observe: @escaping (RunEvent) -> Void
  ) throws(RunFailure) -> (trainer: Trainer, loadSeconds: Double) {
    try trainer(
      for: experiment, team: Team(size: threads), data: SharedData(), observe: observe)
  }

  /// The same with data that others may have loaded.
  func trainer(
    for experiment: Experiment, team: Team, data shared: SharedData,
    observe: @escaping (RunEvent) -> Void
  ) throws(RunFailure) -> (trainer: Trainer, loadSeconds: Double) {
    guard let data = experiment.data, let solver = experiment.solver else {
      preconditionFailure("what is checked for a run has data and a solver")
    }
    let start = world.now()
    let prepared = try load(data, for: experiment, shared)
    let loadSeconds = world.now() - start
    observe(.loaded(RunEvent.Loaded(prepared, named: data.word, threads: team.size)))
    let trainer = Trainer(
      experiment: experiment, solver: solver.solver, data: prepared, team: team,
      now: { world.now() }, observe: observe)
    return (trainer, loadSeconds)
  }

  /// Loads an experiment's data and prepares them, where there is room to train on them and they fit.
  func load(
    _ data: CheckedData, for experiment: Experiment, _ shared: SharedData
  ) throws(RunFailure) -> PreparedData {
    guard experiment.trainingMemory <= world.memory else {
      let needed = experiment.trainingMemory
      throw .faulty(
        [.tooLittleMemory(needed: needed, available: world.memory, at: experiment.net.lossSpan)],
        .spec)
    }
    let prepared: PreparedData
    do throws(Problem) {
      prepared = try shared.prepared(data, seed: experiment.training.seed, in: world)
    } catch {
      if error.kind == .stopped { throw .interrupted(.whileLoading) }
      throw .faulty([.loading(error, at: data.place(of: error.setting))], error.kind)
    }
    let misfits = experiment.misfits(with: prepared)
    guard misfits.isEmpty else { throw .faulty(misfits, .data) }
    return prepared
  }
}
