import MLPLibrary
import Synchronization

/// A world of files in memory, for tests: no disk, no network, a clock that stands still.
///
/// Copies share one log: what was written, asked for and said.
package struct MemoryWorld: World {
  package var files: [String: [UInt8]]
  package var variables: [String: String]
  /// What servers give, by address; all others don't answer.
  package var downloads: [String: Result<[UInt8], Problem>] = [:]
  package var cacheFolder: String?
  package var isWritable = false
  package let log = Log()

  /// What happened in a world, in order.
  package final class Log: Sendable {
    package struct Events: Sendable {
      package var written: [String: [UInt8]] = [:]
      /// The addresses that were asked for.
      package var requests: [String] = []
      package var notes: [String] = []
      package var progress: [String?] = []
    }

    private let state = Mutex(Events())

    package var events: Events { state.withLock { $0 } }

    fileprivate func add(_ change: (inout Events) -> Void) { state.withLock { change(&$0) } }
  }

  package init(files: [String: [UInt8]] = [:], variables: [String: String] = [:]) {
    self.files = files
    self.variables = variables
  }

  package func read(_ path: String) throws(Problem) -> [UInt8] {
    guard let bytes = log.events.written[path] ?? files[path] else {
      throw Problem(.missing, "no file '\(path)'")
    }
    return bytes
  }

  package func fileExists(_ path: String) -> Bool {
    log.events.written[path] != nil || files[path] != nil
  }

  package func writeAtomically(_ bytes: [UInt8], to path: String) throws(Problem) {
    guard isWritable else { throw Problem(.io, "'\(path)' can't be written") }
    log.add { $0.written[path] = bytes }
  }

  package func download(_ url: String, progress: (_ received: Int, _ total: Int?) -> Void)
    throws(Problem) -> [UInt8]
  {
    log.add { $0.requests.append(url) }
    guard let answer = downloads[url] else { throw Problem(.missing, "no answer from '\(url)'") }
    let bytes = try answer.get()
    for received in [0, bytes.count / 2, bytes.count] { progress(received, bytes.count) }
    return bytes
  }

  package func environment(_ name: String) -> String? { variables[name] }
  package var memory: Int { 8_000_000_000 }
  package func now() -> Double { 0 }
  package func note(_ message: String) { log.add { $0.notes.append(message) } }
  package func progress(_ line: String?) { log.add { $0.progress.append(line) } }
}
