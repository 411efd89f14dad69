#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// Whether results are coloured: on a terminal, unless NO_COLOR is set (no-color.org).
  static var coloursResults: Bool {
    guard isTerminal(STDOUT_FILENO), getenv("TERM").map({ String(cString: $0) }) != "dumb"
    else { return false }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }

  static var readsFromTerminal: Bool { isTerminal(STDIN_FILENO) }
}
