import MLPLibrary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The specs that a path stands for.
enum SpecFolder {
  /// A folder's `.mlp` files by name, without those in folders within; any other path itself.
  ///
  /// - Throws: `.missing` where a folder holds no spec, `.io` where it can't be read.
  static func files(at path: String) throws(Problem) -> [String] {
    guard let folder = opendir(path) else {
      // No folder: whoever reads the file says what else is wrong with it.
      guard errno == ENOTDIR || errno == ENOENT else {
        throw Problem(.io, "'\(path)' can't be read: \(systemMessage())")
      }
      return [path]
    }
    defer { closedir(folder) }
    let base = path.hasSuffix("/") ? path : path + "/"
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".mlp"), !name.hasPrefix("."), !isEndless(base + name) {
        names.append(name)
      }
    }
    guard !names.isEmpty else {
      throw Problem(.missing, "the folder '\(path)' holds no spec ('.mlp')")
    }
    return names.sorted().map { base + $0 }
  }

  /// Whether there is something that has no end, or none yet: a pipe, a device, a socket.
  private static func isEndless(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Whether both are the same folder.
  static func isSame(_ folder: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    return stat(folder, &one) == 0 && stat(other, &two) == 0 && one.st_ino == two.st_ino
      && one.st_dev == two.st_dev
  }

  static func isFolder(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    closedir(folder)
    return true
  }

  /// A folder's `.mlp` files and those in folders within, in the order of their paths; any other path itself. Links
  /// to folders are not followed; hidden folders and the records of runs, which hold a `run.json`, not entered.
  ///
  /// - Throws: `.missing` where there is no spec, `.io` where a folder can't be read.
  static func allFiles(below path: String) throws(Problem) -> [String] {
    guard isFolder(path) else { return [path] }
    var files: [String] = []
    try collect(path.hasSuffix("/") ? path : path + "/", into: &files)
    guard !files.isEmpty else {
      throw Problem(.missing, "the folder '\(path)' holds no spec ('.mlp')")
    }
    return files.sorted()
  }

  private static func collect(_ base: String, into files: inout [String]) throws(Problem) {
    guard let folder = opendir(base) else {
      throw Problem(.io, "'\(base)' can't be read: \(systemMessage())")
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix(".") else { continue }
      var status = stat()
      guard lstat(base + name, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        guard access(base + name + "/run.json", F_OK) != 0 else { continue }
        try collect(base + name + "/", into: &files)
      } else if name.hasSuffix(".mlp"), !isEndless(base + name) {
        files.append(base + name)
      }
    }
  }
}
