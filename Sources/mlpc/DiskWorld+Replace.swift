import MLPLibrary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension DiskWorld {
  /// Gives a file that is there other contents, in one step: where the path is a link, the file that it
  /// leads to; its permissions stay.
  func replace(_ path: String, with bytes: [UInt8]) throws(Problem) {
    guard access(path, W_OK) == 0, let resolved = realpath(path, nil) else {
      throw Problem(.io, "'\(path)' can't be written: \(systemMessage())")
    }
    let target = String(cString: resolved)
    free(resolved)
    let mode = permissions(of: target)
    try writeAtomically(bytes, to: target)
    if let mode { chmod(target, mode) }
  }

  private func permissions(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }
}

/// What comes in, to its end; where that is more than a spec may have, one byte more than it may.
enum StandardInput {
  static func read(limit: Int) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = systemRead(&piece)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Problem(.io, "stdin can't be read: \(systemMessage())") }
      if count == 0 { break }
      bytes += piece[..<count]
    }
    return bytes
  }
}

/// `read(2)`, whose name the method above hides.
private func systemRead(_ piece: inout [UInt8]) -> Int {
  piece.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
}
