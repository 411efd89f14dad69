import MLPLibrary
import MLPTensor

/// Says once that a run's folder can't be written to, whatever was to be written, and once that it can again.
package final class WritingTrouble: Sendable {
  private let isSaid = Guarded(false)
  private let world: any World

  package init(_ world: any World) { self.world = world }

  func note(_ problem: Problem) {
    let isFirst = isSaid.withLock { said in
      defer { said = true }
      return !said
    }
    if isFirst { world.note("\(problem.message); the run goes on, and tries again later") }
  }

  /// Something could be written.
  func end() {
    let wasSaid = isSaid.withLock { said in
      defer { said = false }
      return said
    }
    if wasSaid { world.note("the run's folder can be written to again") }
  }
}
