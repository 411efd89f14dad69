import MLPLibrary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SpecFolder {
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The `.mlp` files in a folder and all folders below, in the order of their paths; any other path
  /// itself. Names that begin with a point, and links to folders, are passed over.
  ///
  /// - Throws: `.missing` where there is no spec, `.io` where a folder can't be read.
  static func allFiles(below path: String) throws(Problem) -> [String] {
    guard isFolder(path) else { return [path] }
    var files: [String] = []
    var folders = [path.hasSuffix("/") ? path : path + "/"]
    while let folder = folders.popLast() {
      for name in try names(in: folder) where !name.hasPrefix(".") {
        if isRealFolder(folder + name) {
          folders.append(folder + name + "/")
        } else if name.hasSuffix(".mlp") {
          files.append(folder + name)
        }
      }
    }
    guard !files.isEmpty else {
      throw Problem(.missing, "there is no spec ('.mlp') in the folder '\(path)' or below")
    }
    return files.sorted()
  }

  private static func names(in path: String) throws(Problem) -> [String] {
    guard let folder = opendir(path) else {
      throw Problem(.io, "'\(path)' can't be read: \(systemMessage())")
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  /// Not a link: it may lead back.
  private static func isRealFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
