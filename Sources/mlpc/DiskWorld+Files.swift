import MLPLibrary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Reading.
extension DiskWorld {
  func fileExists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && !isFolder(status)
  }

  func folderExists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && isFolder(status)
  }

  func read(_ path: String, limit: Int, takesPipes: Bool) throws(Problem) -> [UInt8] {
    try read(path, limit: limit, takesPipes: takesPipes, isStopped: { false })
  }

  func readUnlessStopped(_ path: String) throws(Problem) -> [UInt8] {
    try checkStop()
    let bytes = try read(path, limit: fileLimit, takesPipes: false) { isStopRequested }
    try checkStop()
    return bytes
  }

  private func read(
    _ path: String, limit: Int, takesPipes: Bool, isStopped: () -> Bool
  ) throws(Problem) -> [UInt8] {
    let bytes = try start(
      of: path, count: min(limit, .max - 1) + 1, takesPipes: takesPipes, isStopped: isStopped)
    guard bytes.count <= limit else {
      throw Problem(.data, "'\(path)' holds more than \(limit) bytes, the limit here")
    }
    return bytes
  }

  /// The first `count` bytes of a file, or all where it has fewer: in one allocation of the file's size; pipes and the
  /// like grow as they come.
  ///
  /// - Parameter isStopped: whether to end before the end; asked now and then.
  func start(
    of path: String, count: Int, takesPipes: Bool, isStopped: () -> Bool = { false }
  ) throws(Problem) -> [UInt8] {
    // Opening a pipe waits for somebody who writes into it, unless it is told not to.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (takesPipes ? 0 : O_NONBLOCK))
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        throw Problem(.missing, "there is no file '\(path)'")
      }
      throw unreadable(path)
    }
    defer { close(file) }
    let size = try size(of: file, path, takesPipes)
    var bytes = try readPiece(file, min(size, count), path, isStopped)
    while bytes.count < count {
      let more = try readPiece(file, min(count - bytes.count, 1 << 16), path, isStopped)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  /// How many bytes a file says it has; it may have more.
  private func size(of file: Int32, _ path: String, _ takesPipes: Bool) throws(Problem) -> Int {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(max(0, status.st_size))
    case S_IFDIR: throw Problem(.io, "'\(path)' is a folder, not a file")
    case S_IFIFO where takesPipes: return 0
    case S_IFIFO:
      throw Problem(
        .io, "'\(path)' is a pipe, not a file",
        help: "a pipe can't be read twice; make a file of it")
    // Some of them never end.
    default: throw Problem(.io, "'\(path)' is a device, not a file")
    }
  }

  /// Up to `count` bytes; fewer only at the end, or where it is stopped.
  private func readPiece(
    _ file: Int32, _ count: Int, _ path: String, _ isStopped: () -> Bool
  ) throws(Problem) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, !isStopped() {
        let wanted = min(count - filled, Self.stretch)
        let got = Self.read(file, into: buffer.baseAddress.map { $0 + filled }, wanted)
        failed = got < 0
        guard got > 0 else { break }
        filled += got
      }
    }
    guard !failed else { throw unreadable(path) }
    return bytes
  }

  /// Bytes between two questions whether to stop.
  private static let stretch = 1 << 24

  private static func read(_ file: Int32, into start: UnsafeMutablePointer<UInt8>?, _ count: Int)
    -> Int
  {
    while true {
      let got = systemRead(file, start, count)
      if got >= 0 || errno != EINTR { return got }
    }
  }

  private func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }

  private func unreadable(_ path: String) -> Problem {
    Problem(.io, "'\(path)' can't be read: \(systemMessage())")
  }
}

/// `read(2)`, whose name the world's method hides.
private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, start, count)
}

// Writing.
extension DiskWorld {
  func writeAtomically(_ bytes: [UInt8], to path: String) throws(Problem) {
    let folder = Self.folder(of: path)
    try makeFolder(folder, for: path)
    let (file, temporary) = try createBeside(path)
    let isWritten = writeAll(bytes, to: file) && fsync(file) == 0
    let code = errno
    // Some file systems report a full disk only here.
    let isClosed = close(file) == 0
    guard isWritten, isClosed, rename(temporary, path) == 0 else {
      let reason = systemMessage(isWritten ? errno : code)
      unlink(temporary)
      throw Problem(.io, "'\(path)' can't be written: \(reason)")
    }
    syncFolder(folder)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  func makeFolder(_ folder: String, for path: String) throws(Problem) {
    if make(folder) { return }
    if errno == ENOENT, Self.folder(of: folder) != folder {
      try makeFolder(Self.folder(of: folder), for: path)
      if make(folder) { return }
    }
    throw Problem(
      .io, "'\(path)' can't be written: the folder '\(folder)' can't be made (\(systemMessage()))")
  }

  /// Whether the folder is there now; else `errno` says why not.
  private func make(_ folder: String) -> Bool {
    guard mkdir(folder, 0o777) == 0 else { return errno == EEXIST }
    syncFolder(Self.folder(of: folder))
    return true
  }

  /// A new file whose name nobody else uses.
  private func createBeside(_ path: String) throws(Problem) -> (file: Int32, path: String) {
    for attempt in 0..<1000 {
      let temporary = "\(path).\(getpid())-\(attempt).tmp"
      let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if file >= 0 { return (file, temporary) }
      guard errno == EEXIST else { break }
    }
    throw Problem(.io, "'\(path)' can't be written: \(systemMessage())")
  }

  /// Makes the new name last; not each file system can, and then there is nothing to do.
  private func syncFolder(_ folder: String) {
    let file = open(folder, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = fsync(file)
    close(file)
  }
}
