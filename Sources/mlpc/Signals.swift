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
  static var isStopRequested: Bool { stopRequested.load(ordering: .relaxed) }

  /// From now on a first Ctrl-C, end of the terminal or request to end is remembered instead of obeyed; a second of
  /// its kind ends the program at once. What the caller had ignored stays ignored.
  static func catchStops() {
    _ = isStopRequested
    var stops = sigset_t()
    sigemptyset(&stops)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      guard sigaction(signal, nil, &action) == 0, !isIgnored(action) else { continue }
      action = sigaction()
      action.sa_flags = Int32(truncatingIfNeeded: Int(SA_RESETHAND) | Int(SA_RESTART))
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

/// The only thing that a signal's handler may touch.
private let stopRequested = Atomic<Bool>(false)

private func rememberStop(_ signal: Int32) { stopRequested.store(true, ordering: .relaxed) }
