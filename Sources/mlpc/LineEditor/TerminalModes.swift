#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the terminal treats what is typed, and that it is left as it was found, however the program ends.
///
/// Signals know no objects, so this is the program's one terminal: standard input.
enum TerminalModes {
  enum Mode: Sendable {
    /// As it was found.
    case original
    /// Each key comes at once and isn't shown; none is a signal.
    case keys
    /// The same, but Ctrl-C and Ctrl-Z are signals.
    case working
  }

  /// - Returns: whether standard input is a terminal that can be set up.
  static func begin() -> Bool {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0, pipe(&wakePipe) == 0 else { return false }
    original = settings
    for end in wakePipe { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    handleSignals()
    atexit { TerminalModes.restore() }
    return true
  }

  static func set(_ mode: Mode) {
    current = mode
    apply(mode)
  }

  /// Stops the program until the shell lets it go on; where no shell is there, goes on at once.
  static func suspend() {
    raise(SIGTSTP)
    resume()
  }

  private static func resume() {
    handleStops()
    guard tcgetpgrp(STDIN_FILENO) == getpgrp() else { return }
    apply(current)
  }

  // MARK: Interruptions

  /// Whether Ctrl-C was pressed since this was last cleared.
  static var isInterrupted: Bool { interruptions > 0 }

  /// Counts each Ctrl-C; when several in a row weren't heeded, the next one ends the program.
  static func heedInterruptions() {
    unblock([SIGINT])
    signal(SIGINT) { _ in
      TerminalModes.interruptions += 1
      TerminalModes.wake()
      guard TerminalModes.interruptions >= TerminalModes.patience else { return }
      TerminalModes.restore()
      signal(SIGINT, SIG_DFL)
      raise(SIGINT)
    }
  }

  static func clearInterruption() { interruptions = 0 }

  /// Readable when a signal has come that whoever waits for keys should know of.
  static var wakeDescriptor: Int32 { wakePipe[0] }

  static func drainWake() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(wakePipe[0], &bytes, bytes.count) > 0 {}
  }

  // MARK: What signal handlers use

  nonisolated(unsafe) private static var original: termios?
  nonisolated(unsafe) private static var current = Mode.original
  nonisolated(unsafe) private static var wakePipe: [Int32] = [-1, -1]
  nonisolated(unsafe) private static var interruptions = 0

  /// Presses of Ctrl-C that nobody heeds, after which the program ends.
  private static let patience = 3

  private static func restore() { apply(.original) }

  private static func apply(_ mode: Mode) {
    guard var settings = original else { return }
    if mode != .original {
      settings.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | IXON | BRKINT | ISTRIP)
      settings.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN)
      if mode == .keys { settings.c_lflag &= ~tcflag_t(ISIG) }
      withUnsafeMutableBytes(of: &settings.c_cc) { characters in
        characters[Int(VMIN)] = 1
        characters[Int(VTIME)] = 0
      }
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    writePasteMode(mode == .keys)
  }

  /// Whether the terminal is to say what is pasted.
  private static func writePasteMode(_ isOn: Bool) {
    let sequence: StaticString = isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l"
    _ = write(STDOUT_FILENO, sequence.utf8Start, sequence.utf8CodeUnitCount)
  }

  private static func wake() {
    guard wakePipe[1] >= 0 else { return }
    var byte: UInt8 = 1
    _ = write(wakePipe[1], &byte, 1)
  }

  private static func handleSignals() {
    // Setting a terminal up from the background would stop the program.
    signal(SIGTTOU, SIG_IGN)
    heedInterruptions()
    signal(SIGWINCH) { _ in TerminalModes.wake() }
    unblock([SIGWINCH, SIGTSTP, SIGCONT])
    let deadly = [
      SIGHUP, SIGTERM, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV,
    ]
    for number in deadly {
      signal(number) { number in
        TerminalModes.restore()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    unblock(deadly)
    handleStops()
  }

  /// Who starts the program from a thread that blocks signals passes that on.
  private static func unblock(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func handleStops() {
    signal(SIGTSTP) { _ in
      TerminalModes.restore()
      signal(SIGTSTP, SIG_DFL)
      raise(SIGTSTP)
    }
    signal(SIGCONT) { _ in
      TerminalModes.resume()
      TerminalModes.wake()
    }
  }
}
