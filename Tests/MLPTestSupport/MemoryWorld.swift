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
  /// The clock; it stands still.
  package var clock: @Sendable () -> Double = { 0 }
  package var isStopRequestedNow: @Sendable () -> Bool = { false }
  package let log = Log()

  /// What happened in a world, in order.
  package final class Log: Sendable {
    package struct Events: Sendable {
      package var written: [String: [UInt8]] = [:]
      /// The addresses that were asked for.
      package var requests: [String] = []
      package var notes: [String] = []
      package var progress: [String?] = []
      package var locks: Set<String> = []
      /// How often something was to be written.
      package var attempts = 0
      /// Whether writing fails from now on.
      package var isFull = false
      /// How many bytes a file may have that is written.
      package var largestFile = Int.max

      package init(largestFile: Int = .max) { self.largestFile = largestFile }
    }

    private let state = Mutex(Events())

    package var events: Events { state.withLock { $0 } }

    package func add(_ change: (inout Events) -> Void) { state.withLock { change(&$0) } }
  }

  package init(files: [String: [UInt8]] = [:], variables: [String: String] = [:]) {
    self.files = files
    self.variables = variables
  }

  package func read(_ path: String, limit: Int, takesPipes: Bool) throws(Problem) -> [UInt8] {
    guard let bytes = log.events.written[path] ?? files[path] else {
      throw Problem(.missing, "no file '\(path)'")
    }
    guard bytes.count <= limit else { throw Problem(.data, "'\(path)' is too large") }
    return bytes
  }

  package func fileExists(_ path: String) -> Bool {
    log.events.written[path] != nil || files[path] != nil
  }

  package func writeAtomically(_ bytes: [UInt8], to path: String) throws(Problem) {
    log.add { $0.attempts += 1 }
    guard isWritable, !log.events.isFull, bytes.count <= log.events.largestFile else {
      throw Problem(.io, "'\(path)' can't be written: no space left on device")
    }
    log.add { $0.written[path] = bytes }
  }

  package func remove(_ path: String) { log.add { $0.written[path] = nil } }

  package func names(in folder: String) -> [String] {
    let paths = Set(log.events.written.keys).union(files.keys)
    let start = folder == "." ? "" : folder + "/"
    let names = paths.filter { $0.hasPrefix(start) }.map { path in
      path.dropFirst(start.count).prefix { $0 != "/" }
    }
    return Set(names).map { String($0) }.sorted()
  }

  /// A lock of this world.
  private final class Lock: FolderLock {
    private let log: Log
    private let path: String

    init(_ log: Log, _ path: String) {
      self.log = log
      self.path = path
    }

    deinit { log.add { [path] in $0.locks.remove(path) } }
  }

  package func lock(_ path: String) throws(Problem) -> (any FolderLock)? {
    guard isWritable else { return nil }
    guard !log.events.locks.contains(path) else {
      throw Problem(.io, "'\(path)' is held by process 1")
    }
    log.add { $0.locks.insert(path) }
    return Lock(log, path)
  }

  package var isStopRequested: Bool { isStopRequestedNow() }

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
  package func now() -> Double { clock() }
  package func note(_ message: String) { log.add { $0.notes.append(message) } }
  package func progress(_ line: String?) { log.add { $0.progress.append(line) } }
}
