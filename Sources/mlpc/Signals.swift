import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system tells the program.
enum Signals {
  /// Whether a first Ctrl-C, or the like, came since `catchStops`.
  static var isStopRequested: Bool { firstStop.load(ordering: .relaxed) != 0 }

  /// From now on a first Ctrl-C, end of the terminal or request to end is remembered instead of obeyed; a second
  /// Ctrl-C or request ends the program at once. What the caller had ignored stays ignored.
  static func catchStops() {
    _ = isStopRequested
    var stops = sigset_t()
    sigemptyset(&stops)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      guard sigaction(signal, nil, &action) == 0, !isIgnored(action) else { continue }
      action = sigaction()
      action.sa_flags = Int32(SA_RESTART)
      sigemptyset(&action.sa_mask)
      #if os(Linux)
        action.__sigaction_handler.sa_handler = rememberStop
      #else
        action.__sigaction_u.__sa_handler = rememberStop
      #endif
      sigaction(signal, &action, nil)
      sigaddset(&stops, signal)
    }
    // Who starts the program from a thread that blocks them passes that on.
    pthread_sigmask(SIG_UNBLOCK, &stops, nil)
  }

  /// A file that grows beyond the limit that the user set is an error of writing, not the program's end.
  static func ignoreFileSizeLimit() { signal(SIGXFSZ, SIG_IGN) }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if os(Linux)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// When the first stop came, in nanoseconds; 0 before. The only thing that a signal's handler may touch.
private let firstStop = Atomic<Int>(0)

extension Signals {
  /// Whether a stop that isn't the first ends the program at once.
  ///
  /// What comes within a tenth of a second belongs to the first: `timeout` and a terminal that is closed send two at
  /// once, and nobody types so fast. The end of the terminal is nobody's second thought.
  ///
  /// - Parameter nanoseconds: since the first one.
  static func endsAtOnce(_ signal: Int32, after nanoseconds: Int) -> Bool {
    signal != SIGHUP && nanoseconds > 100_000_000
  }
}

private func rememberStop(_ number: Int32) {
  let code = errno
  defer { errno = code }
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  let now = Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  let (isFirst, first) = firstStop.compareExchange(
    expected: 0, desired: now, ordering: .relaxed)
  guard !isFirst, Signals.endsAtOnce(number, after: now - first) else { return }
  // It is held back until this handler returns.
  signal(number, SIG_DFL)
  raise(number)
}
