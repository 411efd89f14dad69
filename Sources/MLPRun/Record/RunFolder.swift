import MLPLibrary
import MLPTensor

/// The folder that a run's files are written to.
///
/// A file that can't be written is said once, and the run goes on.
package final class RunFolder: Sendable {
  /// Without a slash at its end.
  package let path: String
  private let world: any World
  private let state = Guarded(State())

  private struct State {
    var written = 0
    var failed = 0
  }

  package init(_ path: String, in world: any World) {
    self.path = path
    self.world = world
  }

  /// Whether nothing of what should have been written could be.
  package var keptNothing: Bool {
    let state = state.value
    return state.failed > 0 && state.written == 0
  }

  /// Writes a file as a whole, or notes that it can't be.
  package func write(_ bytes: [UInt8], to name: String) {
    do {
      try world.writeAtomically(bytes, to: "\(path)/\(name)")
      state.withLock { $0.written += 1 }
    } catch {
      let isFirst = state.withLock { state in
        state.failed += 1
        return state.failed == 1
      }
      if isFirst { world.note("\(error.message); the run goes on without it") }
    }
  }

  package func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }
}
