import MLPLibrary
import MLPTensor

/// The folder that a run's files are written to.
///
/// Of the files that can't be written one is said, and the run goes on.
package final class RunFolder: Sendable {
  /// Without a slash at its end.
  package let path: String
  private let world: any World
  private let trouble: WritingTrouble
  private let state = Guarded(State())

  private struct State {
    var written: Set<String> = []
    var failed = 0
  }

  /// - Parameter trouble: says that the folder can't be written to; what else writes there may share it.
  package init(_ path: String, in world: any World, trouble: WritingTrouble? = nil) {
    self.path = path
    self.world = world
    self.trouble = trouble ?? WritingTrouble(world)
  }

  /// Whether nothing of what should have been written could be.
  package var keptNothing: Bool {
    let state = state.value
    return state.failed > 0 && state.written.isEmpty
  }

  /// The names of the files that were written.
  var written: Set<String> { state.value.written }

  /// Writes a file as a whole, or notes that it can't be.
  package func write(_ bytes: [UInt8], to name: String) {
    let file = "\(path)/\(name)"
    do throws(Problem) {
      try world.writeAtomically(bytes, to: file)
      state.withLock { _ = $0.written.insert(name) }
      trouble.end(of: file)
    } catch {
      state.withLock { $0.failed += 1 }
      trouble.note(error, of: file)
    }
  }

  package func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }
}
