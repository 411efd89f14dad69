import MLPLibrary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Folders, and who uses them.
extension DiskWorld {
  var isStopRequested: Bool { stop() }

  func remove(_ path: String) {
    if unlink(path) != 0 { rmdir(path) }
  }

  func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// By `flock`, which the system lets go when a process ends, however it ends. The file names the holder.
  ///
  /// - Throws: also where there is a file of that name that is no lock, or leads out of the folder: it is not touched.
  func lock(_ path: String) throws(Problem) -> (any FolderLock)? {
    do { try makeFolder(Self.folder(of: path), for: path) } catch { return nil }
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
      guard file >= 0 else {
        if errno == ELOOP || errno == EISDIR || errno == ENXIO { throw noLock(path) }
        return nil
      }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let isHeld = errno == EWOULDBLOCK
        let holder = isHeld ? text(of: file) : ""
        close(file)
        // Not each file system has locks.
        guard isHeld else { return nil }
        let process = Int(holder).map { "process \($0)" } ?? "another process"
        throw Problem(
          .io, "'\(Self.folder(of: path))' is in use by \(process)",
          help: "wait until it is done, or name another folder with '--out'")
      }
      guard mayBeLock(file) else {
        close(file)
        throw noLock(path)
      }
      // The one before may have removed the file between the opening and the lock.
      if isStill(file, at: path) {
        ftruncate(file, 0)
        _ = writeAll(Array(String(getpid()).utf8), to: file)
        return DiskLock(file: file, path: path)
      }
      close(file)
    }
  }

  private func noLock(_ path: String) -> Problem {
    Problem(
      .io, "'\(path)' is not a lock of mlpc's",
      help: "move it away, or name another folder with '--out'")
  }

  /// Whether a file holds what a lock does: nothing, or a process' number.
  private func mayBeLock(_ file: Int32) -> Bool {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size < 20
    else { return false }
    return text(of: file).utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private func isStill(_ file: Int32, at path: String) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(file, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
      && own.st_dev == named.st_dev
  }

  private func text(of file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// A file that its process holds.
private final class DiskLock: FolderLock {
  private let file: Int32
  private let path: String

  init(file: Int32, path: String) {
    self.file = file
    self.path = path
  }

  deinit {
    // While it is still held, so that nobody else's is removed.
    unlink(path)
    close(file)
  }
}
