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
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".mlp"), !name.hasPrefix(".") { names.append(name) }
    }
    guard !names.isEmpty else {
      throw Problem(.missing, "the folder '\(path)' holds no spec ('.mlp')")
    }
    let base = path.hasSuffix("/") ? path : path + "/"
    return names.sorted().map { base + $0 }
  }
}
