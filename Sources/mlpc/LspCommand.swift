import MLPRun

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Command {
  static let lsp: Command = Command(
    name: "lsp", usage: "lsp",
    summary: "Serves editors over stdin and stdout, in the Language Server Protocol.",
    options: [
      Arguments.Option(
        name: "--stdio", value: nil, help: "what many editors add; there is no other way to talk")
    ],
    examples: ["mlpc lsp"],
    operands: .nothing
  ) { (arguments: Arguments) in
    guard arguments.files.isEmpty else { return Shell.usageError("lsp takes no file", "lsp") }
    return serve()
  }

  /// Answers until the editor says `exit` or hangs up.
  private static func serve() -> ExitCode {
    // An editor that hangs up is an error of writing, not the signal SIGPIPE.
    signal(SIGPIPE, SIG_IGN)
    var server = LanguageServer()
    while server.ending == nil, let bytes = Input.next() {
      guard writeAll(server.receive(bytes), to: STDOUT_FILENO) else { return .io }
    }
    // The protocol wants 1 where `shutdown` did not come first.
    return server.ending == .orderly ? .done : .missed
  }
}

/// What the editor sends.
private enum Input {
  /// More is left for the next time.
  private static let limit = 4 << 20

  /// Waits for bytes, then takes what else is there: changes in a row are then checked once. Nil at
  /// the end.
  static func next() -> [UInt8]? {
    guard var bytes = piece() else { return nil }
    while bytes.count < limit, isReady, let more = piece() { bytes += more }
    return bytes
  }

  private static func piece() -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      var got = -1
      repeat {
        got = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      } while got < 0 && errno == EINTR
      filled = max(0, got)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Whether reading would not wait.
  private static var isReady: Bool {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }
}
