import MLPLibrary
import MLPTensor

/// One training that is to be done.
struct Job: Sendable {
  let session: Session
  /// Which of several specs, from 0.
  let spec: Int
  let experiment: Experiment
  /// Of the spec's rows, and within the row, from 0.
  let row: Int
  let repetition: Int
  /// Where checkpoints and the model go; nil: nowhere.
  let keeping: Keeping?
  /// What tells its files apart from those of others.
  let suffix: String
}

/// Trains what several specs describe: side by side where that is faster, with the same bits as one by one.
struct JobQueue {
  let jobs: [Job]
  let threads: Int
  let data: SharedData

  /// What the threads share.
  private struct State {
    var runs: [SweepRun?]
    /// The first one that was not told.
    var next = 0
    var progress: QueueProgress
    let sideBySide: Int
    /// The first training that was stopped.
    var interruption: RunFailure.Interruption?
  }

  /// Trains all, and returns what each came to.
  ///
  /// Nothing is told by two threads at once, and no run before those that stand before it.
  ///
  /// - Parameters:
  ///   - obstacle: asked before each job; where there is one, the job is not done. Called by several threads.
  ///   - record: what is done with each result before its model is let go; called by several threads.
  ///   - observe: told the events of a single job, else of the first one's loading, and the progress of all.
  ///   - ended: told each run.
  /// - Throws: `.interrupted`, when all that was going on is kept.
  func run(
    in world: any World, obstacle: (Job) -> Problem? = { _ in nil },
    record: (Job, SweepRun) -> Void,
    observe: @escaping (RunEvent) -> Void, ended told: (Job, SweepRun) -> Void
  ) throws(RunFailure) -> [SweepRun] {
    let large = jobs.indices.filter { SideBySide.isLarge(jobs[$0].experiment) }
    let small = jobs.indices.filter { !SideBySide.isLarge(jobs[$0].experiment) }
    let state = Guarded(
      State(
        runs: jobs.map { _ in nil }, progress: QueueProgress(jobs, start: world.now()),
        sideBySide: sideBySide(small, world).count))
    for group in [small, large] {
      share(group, in: world) { index, team in
        guard state.value.interruption == nil else { return }
        let ended = train(jobs[index], team, obstacle(jobs[index])) { event in
          state.withLock { tell(event, of: index, at: world.now(), &$0, observe) }
        }
        guard case .success(let run) = ended else {
          if case .failure(let stop) = ended { state.withLock { note(stop.interruption, &$0) } }
          return
        }
        record(jobs[index], run)
        let kept = jobs.count == 1 ? run : run.withoutModel
        state.withLock { finish(index, kept, &$0, told) }
      }
    }
    if let interruption = state.value.interruption { throw .interrupted(interruption) }
    return state.value.runs.compactMap { $0 }
  }

  private func sideBySide(_ group: [Int], _ world: any World) -> SideBySide {
    SideBySide(group.map { jobs[$0].experiment }, threads: threads, memory: world.memory)
  }

  /// Calls `body` for each of the jobs with the threads that it may use.
  private func share(_ group: [Int], in world: any World, _ body: (Int, Team) -> Void) {
    guard !group.isEmpty else { return }
    let plan = sideBySide(group, world)
    let teams = (0..<plan.count).map { Team(size: plan.threads(of: $0)) }
    Team(size: plan.count).queue(group.count) { place, worker in body(group[place], teams[worker]) }
  }

  private struct Stop: Error {
    let interruption: RunFailure.Interruption
  }

  /// One job from its data to its result, or until it is stopped.
  private func train(
    _ job: Job, _ team: Team, _ obstacle: Problem?, observe: @escaping (RunEvent) -> Void
  ) -> Result<SweepRun, Stop> {
    var epochs: [EpochRecord] = []
    let outcome: SweepRun.Outcome
    do throws(RunFailure) {
      if let obstacle { throw .faulty([], obstacle.kind) }
      let (trainer, seconds) = try job.session.trainer(
        for: job.experiment, team: team, data: data
      ) { event in
        if case .epoch(let record) = event { epochs.append(record) }
        observe(event)
      }
      let kept = try job.session.keeping(
        trainer, job.keeping, suffix: job.suffix, observe: observe)
      epochs = kept.start?.course.records ?? []
      outcome = .finished(try kept.trainer.run(loadSeconds: seconds, from: kept.start))
    } catch {
      switch error {
      case .diverged(let divergence): outcome = .diverged(divergence)
      case .faulty(let diagnostics, let kind): outcome = .faulty(diagnostics, kind)
      case .interrupted(let interruption): return .failure(Stop(interruption: interruption))
      }
    }
    return .success(
      SweepRun(
        row: job.row, repetition: job.repetition, seed: job.experiment.training.seed,
        epochs: epochs, outcome: outcome))
  }

  private func note(_ interruption: RunFailure.Interruption, _ state: inout State) {
    var interruption = interruption
    interruption.runs = jobs.count
    // What was kept is told, also where the loading for another training was stopped first.
    if state.interruption?.hasBegun != true { state.interruption = interruption }
    state.interruption?.done = state.runs.count { $0 != nil }
  }

  private func tell(
    _ event: RunEvent, of index: Int, at now: Double, _ state: inout State,
    _ observe: (RunEvent) -> Void
  ) {
    if jobs.count == 1 { return observe(event) }
    switch event {
    case .loaded(var loaded):
      guard index == 0 else { return }
      (loaded.threads, loaded.runs, loaded.sideBySide) = (threads, jobs.count, state.sideBySide)
      observe(.loaded(loaded))
    case .progress(let progress):
      state.progress.note(progress, of: index)
      observe(.queue(state.progress.event(now: now)))
    default: break
    }
  }

  private func finish(
    _ index: Int, _ run: SweepRun, _ state: inout State, _ ended: (Job, SweepRun) -> Void
  ) {
    state.runs[index] = run
    state.progress.end(index)
    while state.next < jobs.count, let run = state.runs[state.next] {
      ended(jobs[state.next], run)
      state.next += 1
    }
  }
}

extension SweepRun {
  /// Without what only a single run can keep in memory.
  var withoutModel: SweepRun {
    guard case .finished(var report) = outcome else { return self }
    report.model = nil
    return SweepRun(
      row: row, repetition: repetition, seed: seed, epochs: epochs, outcome: .finished(report))
  }
}
