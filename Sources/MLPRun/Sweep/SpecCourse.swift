import MLPLibrary
import MLPSyntax
import MLPTensor

/// One of several specs from its check to its result.
///
/// Its folder is held from its first training to its last alone: of a thousand specs only those that are going on
/// hold theirs.
final class SpecCourse: Sendable {
  private let name: String
  private let session: Session?
  private let record: RunRecord?
  private let keeping: Keeping?
  private let sweep: Sweep?
  private let state: Guarded<State>

  private struct State {
    var hasBegun = false
    /// Why its folder can't be used.
    var obstacle: Problem?
    /// By row and repetition.
    var runs: [[SweepRun?]]
    var left: Int
    /// What it came to, as soon as that is known.
    var outcome: SpecResult.Outcome?
  }

  init(_ member: RunSet.Member) {
    name = member.name
    switch member.content {
    case .unreadable(let problem):
      (session, record, keeping, sweep) = (nil, nil, nil, nil)
      state = Guarded(State(runs: [], left: 0, outcome: .unreadable(problem)))
    case .spec(let session, let record, let keeping):
      (self.session, self.record, self.keeping) = (session, record, keeping)
      let (checked, diagnostics) = session.check(for: .run)
      let sweep = checked.map { Sweep($0) }
      self.sweep = sweep
      state = Guarded(
        State(
          runs: sweep?.rows.map { $0.map { _ in nil } } ?? [], left: sweep?.runCount ?? 0,
          outcome: sweep == nil ? .faulty(diagnostics, .spec) : nil))
    }
  }

  /// Its trainings; none where nothing can be run.
  func jobs(spec: Int) -> [Job] {
    guard let session, let sweep else { return [] }
    return sweep.jobs(of: session, spec: spec, keeping: keeping)
  }

  /// What it came to; nil as long as that isn't known.
  var result: SpecResult? {
    state.value.outcome.map {
      SpecResult(name: name, sources: session?.sources ?? [], outcome: $0)
    }
  }

  /// Takes the folder before the first training.
  ///
  /// - Returns: why nothing can be trained, if that is so.
  func begin() -> Problem? {
    state.withLock { state in
      guard !state.hasBegun else { return state.obstacle }
      state.hasBegun = true
      do throws(Problem) { try keeping?.take() } catch { state.obstacle = error }
      return state.obstacle
    }
  }

  /// Keeps what belongs to a run, and after the last one the report; then the folder is let go.
  func end(_ job: Job, _ run: SweepRun) {
    guard let sweep else { return }
    record?.keep(run, of: sweep)
    let isLast = state.withLock { state in
      state.runs[job.row][job.repetition] = run.withoutModel
      state.left -= 1
      return state.left == 0
    }
    guard isLast else { return }
    let outcome = finish(sweep, state.value)
    keeping?.release()
    state.withLock { $0.outcome = outcome }
  }

  private func finish(_ sweep: Sweep, _ state: State) -> SpecResult.Outcome {
    if let obstacle = state.obstacle { return .unreadable(obstacle) }
    let report = sweep.report(state.runs.joined().compactMap { $0 })
    if !report.isRefused { record?.finish(report) }
    return .ran(report)
  }
}
