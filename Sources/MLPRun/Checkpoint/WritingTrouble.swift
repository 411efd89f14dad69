import MLPLibrary
import MLPTensor

/// Says once that something of a run can't be written, whatever else can't, and once that all of it can be again.
package final class WritingTrouble: Sendable {
  private struct State {
    /// What could not be written when it was last tried.
    var failing: Set<String> = []
    var isSaid = false
  }

  private let state = Guarded(State())
  private let world: any World

  package init(_ world: any World) { self.world = world }

  /// - Parameters:
  ///   - subject: what could not be written; the same each time that it is tried.
  ///   - triesAgain: whether the next checkpoint is another try.
  func note(_ problem: Problem, of subject: String, triesAgain: Bool = false) {
    let isFirst = state.withLock { state in
      state.failing.insert(subject)
      defer { state.isSaid = true }
      return !state.isSaid
    }
    guard isFirst else { return }
    let rest = triesAgain ? "; the run goes on, and tries again at the next checkpoint" : ""
    world.note(problem.message + rest)
  }

  /// `subject` could be written. What is smaller may have room where the rest has none, so nothing is said before all
  /// that failed was written.
  func end(of subject: String) {
    let isOver = state.withLock { state in
      guard state.failing.remove(subject) != nil, state.failing.isEmpty else { return false }
      state.isSaid = false
      return true
    }
    if isOver { world.note("the run's folder can be written to again") }
  }
}
