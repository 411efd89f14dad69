#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two streams that the program writes to.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Processor cores that the program may use.
  static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Whether diagnostics are coloured.
  static var coloursDiagnostics: Bool { takesColour(STDERR_FILENO) }

  /// Whether a stream is a terminal that shows colours, unless NO_COLOR is set (no-color.org).
  static func takesColour(_ descriptor: Int32) -> Bool {
    guard isTerminal(descriptor), getenv("TERM").map({ String(cString: $0) }) != "dumb"
    else { return false }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }

  /// How many columns a terminal has; 80 where it doesn't say.
  static func columns(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// How wide a table of results may be: as a terminal is, and anything elsewhere.
  static var tableWidth: Int { isTerminal(STDOUT_FILENO) ? columns(STDOUT_FILENO) : .max }

  /// Writes results, or ends the program: a run whose results are lost is not done.
  static func out(_ text: String) {
    guard !writeAll(Array(text.utf8), to: STDOUT_FILENO) else { return }
    error("mlpc: the results can't be written: \(systemMessage())\n")
    exit(ExitCode.io.rawValue)
  }

  /// Writes notes and diagnostics. Where even that fails there is nobody left to tell.
  static func error(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
