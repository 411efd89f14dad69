import MLPRun

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the REPL speaks to standard output and standard error.
struct ReplTerminal: ReplView {
  /// Whether a person sits before it.
  let isInteractive: Bool
  let hasColours: Bool

  init(isInteractive: Bool) {
    self.isInteractive = isInteractive
    hasColours = isInteractive && Terminal.isTerminal(STDOUT_FILENO) && Terminal.coloursDiagnostics
  }

  var columns: Int { isInteractive ? TerminalSize.current.columns : 80 }
  func show(_ text: String) { Terminal.out(text) }
  func complain(_ text: String) { Terminal.error(text) }
  func beginWork() { TerminalModes.clearInterruption() }
  var isStopped: Bool { TerminalModes.isInterrupted }
}

/// Lines as they come, without comforts: from a pipe, or from a terminal that takes no escape sequences.
struct PlainLineReader {
  private var bytes: [UInt8] = []
  private var hasEnded = false

  /// The next line without its end; nil after the last one.
  mutating func next() -> String? {
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: bytes[..<end], as: UTF8.self)
        bytes.removeSubrange(...end)
        return line
      }
      if hasEnded {
        guard !bytes.isEmpty else { return nil }
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
      }
      receive()
    }
  }

  private mutating func receive() {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = readBytes(STDIN_FILENO, &piece, piece.count)
    if count > 0 {
      bytes += piece[..<count]
    } else if count == 0 || errno != EINTR {
      hasEnded = true
    }
  }
}
