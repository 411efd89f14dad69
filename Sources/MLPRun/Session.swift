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
    let parsed = sources.indices.map { Parser.parse(sources[$0], index: $0) }
    let checked = Checker.check(parsed.map { $0.spec }, for: purpose)
    let diagnostics = Diagnostic.sorted(parsed.flatMap { $0.diagnostics } + checked.diagnostics)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    return (isFaulty ? nil : checked.checked, diagnostics)
  }

  /// Checks, loads, trains and measures.
  package func run(
    threads: Int, observe: @escaping (RunEvent) -> Void
  ) throws(RunFailure) -> RunReport {
    let (checked, diagnostics) = check(for: .run)
    guard let experiment = checked?.experiments.first else { throw .faulty(diagnostics, .spec) }
    if let sweep = checked?.sweep { throw .faulty([.sweepNotRun(at: sweep)], .spec) }
    let (trainer, seconds) = try self.trainer(for: experiment, threads: threads, observe: observe)
    return try trainer.run(loadSeconds: seconds)
  }

  /// Loads the data of an experiment that was checked for a run, and says how long that took.
  func trainer(
    for experiment: Experiment, threads: Int, observe: @escaping (RunEvent) -> Void
  ) throws(RunFailure) -> (trainer: Trainer, loadSeconds: Double) {
    guard let data = experiment.data, let solver = experiment.solver else {
      preconditionFailure("what is checked for a run has data and a solver")
    }
    let start = world.now()
    let prepared = try load(data, for: experiment)
    let loadSeconds = world.now() - start
    observe(.loaded(RunEvent.Loaded(prepared, named: data.word, threads: threads)))
    let trainer = Trainer(
      experiment: experiment, solver: solver.solver, data: prepared, team: Team(size: threads),
      now: { world.now() }, observe: observe)
    return (trainer, loadSeconds)
  }

  /// Loads an experiment's data and prepares them, where there is room to train on them and they fit.
  func load(
    _ data: CheckedData, for experiment: Experiment
  ) throws(RunFailure) -> PreparedData {
    guard experiment.trainingMemory <= world.memory else {
      let needed = experiment.trainingMemory
      throw .faulty(
        [.tooLittleMemory(needed: needed, available: world.memory, at: experiment.net.lossSpan)],
        .spec)
    }
    let prepared: PreparedData
    do throws(Problem) {
      let dataset = try data.source.load(world)
      prepared = try data.preparation.prepare(dataset, seed: UInt64(experiment.training.seed))
    } catch {
      throw .faulty([.loading(error, at: data.place(of: error.setting))], error.kind)
    }
    let misfits = experiment.misfits(with: prepared)
    guard misfits.isEmpty else { throw .faulty(misfits, .data) }
    return prepared
  }
}
