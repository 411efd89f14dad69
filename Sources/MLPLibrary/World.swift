/// The only door to files, network, clock and environment.
package protocol World: Sendable {
  /// Where a file or folder lies that a spec names: relative paths begin at the spec's own folder, so
  /// that a spec and its data can be moved, and run from anywhere.
  func location(of path: String) -> String

  /// The folder at which relative paths begin that the user gives; nil where that is not known.
  var currentFolder: String? { get }

  /// The whole file.
  ///
  /// - Parameters:
  ///   - limit: how many bytes it may hold.
  ///   - takesPipes: whether it may be a pipe, whose end may never come, and which gives its bytes once only.
  /// - Throws: `.missing` where there is no such file, `.io` where it can't be read, is a device, or a pipe where
  ///   that may not be; `.data` where it holds more than `limit`.
  func read(_ path: String, limit: Int, takesPipes: Bool) throws(Problem) -> [UInt8]

  /// The whole file, which may be large.
  ///
  /// - Throws: as `read`; `.stopped` where the user asks the program to end meanwhile.
  func readUnlessStopped(_ path: String) throws(Problem) -> [UInt8]

  func fileExists(_ path: String) -> Bool

  /// Whether there is a folder at `path`, or behind a link there.
  func folderExists(_ path: String) -> Bool

  /// Writes beside `path`, syncs and renames, making folders as needed: a reader sees all or nothing.
  func writeAtomically(_ bytes: [UInt8], to path: String) throws(Problem)

  /// Deletes a file or an empty folder; does nothing where there is none or it can't be deleted.
  func remove(_ path: String)

  /// The names of the files and folders in a folder, in order; none where it can't be read.
  func names(in folder: String) -> [String]

  /// Whether `path` is a link, whatever it leads to.
  func isLink(_ path: String) -> Bool

  /// Makes `path` the sign that the folder around it is in use, until what is returned is let go.
  ///
  /// - Returns: nil where no such sign can be made, so that nothing can be written there either.
  /// - Throws: `.io` where another process holds it, or where a file of that name is something else. What a process
  ///   has left that is gone doesn't count.
  func lock(_ path: String) throws(Problem) -> (any FolderLock)?

  /// Fetches `url` (http), telling `progress` the bytes so far and the total where it is known.
  ///
  /// - Throws: `.missing` where nothing answers within three seconds, or the answer isn't 200; `.stopped` where
  ///   the user asks the program to end meanwhile.
  func download(_ url: String, progress: (_ received: Int, _ total: Int?) -> Void)
    throws(Problem) -> [UInt8]

  func environment(_ name: String) -> String?

  /// The user's cache folder for mlpc; nil where there is no home.
  var cacheFolder: String? { get }

  /// Bytes of memory that the machine has.
  var memory: Int { get }

  /// Seconds from a fixed instant, for reports only.
  func now() -> Double

  /// Whether the user asked the program to end as soon as nothing is lost by it.
  var isStopRequested: Bool { get }

  /// A line for the user beside the results (stderr).
  func note(_ message: String)

  /// A line that replaces itself, for a terminal; nil ends it. Silent where nobody watches.
  func progress(_ line: String?)
}

extension World {
  /// How many bytes a file may hold that is read as a whole: half of the memory.
  package var fileLimit: Int { max(1 << 20, memory / 2) }

  /// The whole of a file that is no pipe, where it holds no more than the limit.
  package func read(_ path: String) throws(Problem) -> [UInt8] {
    try read(path, limit: fileLimit, takesPipes: false)
  }

  package func location(of path: String) -> String { path }
  package var isStopRequested: Bool { false }

  /// - Throws: `.stopped` where the user asked the program to end.
  package func checkStop() throws(Problem) {
    if isStopRequested { throw .stopped }
  }

  package func readUnlessStopped(_ path: String) throws(Problem) -> [UInt8] {
    try checkStop()
    return try read(path)
  }

  package func folderExists(_ path: String) -> Bool { true }
  package func remove(_ path: String) {}
  package func names(in folder: String) -> [String] { [] }
  package func isLink(_ path: String) -> Bool { false }
  package func lock(_ path: String) throws(Problem) -> (any FolderLock)? { nil }
  package var currentFolder: String? { nil }
}

/// Holds a folder for as long as it lives.
package protocol FolderLock: AnyObject, Sendable {}
