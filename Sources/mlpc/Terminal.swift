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

  /// Whether diagnostics are coloured: on a terminal, unless NO_COLOR is set (no-color.org).
  static var coloursDiagnostics: Bool {
    guard isTerminal(STDERR_FILENO), getenv("TERM").map({ String(cString: $0) }) != "dumb"
    else { return false }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }

  /// Writes results.
  static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes notes and diagnostics.
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes all of it at once; a reader that has gone away ends the matter quietly.
  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[done...])
        let written = systemWrite(descriptor, rest.baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return }
        done += written
      }
    }
  }

  private static func systemWrite(
    _ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, base, count)
    #else
      Darwin.write(descriptor, base, count)
    #endif
  }
}
