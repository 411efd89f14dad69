import MLPLibrary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A TCP connection that never waits without an end.
final class Connection {
  private let socket: Int32
  private let url: String
  private let stall: Double
  private let isStopped: @Sendable () -> Bool

  /// - Parameter isStopped: whether to wait no longer.
  /// - Throws: `.missing` where the server's name is unknown or nobody answers in time; `.stopped`.
  init(
    _ address: HTTPAddress, url: String, limits: Download.Limits,
    isStopped: @escaping @Sendable () -> Bool
  ) throws(Problem) {
    self.url = url
    self.isStopped = isStopped
    stall = limits.stall
    let lookup = try Lookup(host: address.host, port: address.port)
    guard lookup.wait(limits.lookup, isStopped) else {
      if isStopped() { throw .stopped }
      throw Problem(.missing, "the name '\(address.host)' can't be resolved in time")
    }
    guard let first = lookup.first else {
      throw Problem(.missing, "there is no server '\(address.host)' (\(lookup.reason))")
    }
    socket = try Self.connect(to: first, address, seconds: limits.connect, isStopped)
    // The addresses live as long as the lookup.
    withExtendedLifetime(lookup) {}
  }

  deinit { close(socket) }

  /// Tries one address after the other, each with its share of the time left.
  private static func connect(
    to first: UnsafeMutablePointer<addrinfo>, _ address: HTTPAddress, seconds: Double,
    _ isStopped: () -> Bool
  ) throws(Problem) -> Int32 {
    let end = monotonicSeconds() + seconds
    var reason = ""
    var left = sequence(first: first) { $0.pointee.ai_next }.reduce(0) { count, _ in count + 1 }
    for candidate in sequence(first: first, next: { $0.pointee.ai_next }) {
      let share = max(0, end - monotonicSeconds()) / Double(left)
      let socket = open(candidate.pointee, seconds: share, isStopped)
      if socket >= 0 { return socket }
      reason = systemMessage()
      if isStopped() { throw .stopped }
      left -= 1
    }
    throw Problem(.missing, "no answer from '\(address.hostField)' (\(reason))")
  }

  /// A connected socket that doesn't block, or -1 and `errno`.
  private static func open(
    _ info: addrinfo, seconds: Double, _ isStopped: () -> Bool
  ) -> Int32 {
    let file = makeSocket(info.ai_family, info.ai_socktype, info.ai_protocol)
    guard file >= 0 else { return -1 }
    let code = connect(file, info, seconds, isStopped)
    if code == 0 { return file }
    close(file)
    errno = code
    return -1
  }

  /// Zero or an error's code.
  private static func connect(
    _ file: Int32, _ info: addrinfo, _ seconds: Double, _ isStopped: () -> Bool
  ) -> Int32 {
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    guard fcntl(file, F_SETFL, O_NONBLOCK) == 0 else { return errno }
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(file, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    if systemConnect(file, info.ai_addr, info.ai_addrlen) == 0 { return 0 }
    guard errno == EINPROGRESS || errno == EINTR else { return errno }
    guard waitFor(file, POLLOUT, seconds, isStopped) else { return ETIMEDOUT }
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(file, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return errno }
    return code
  }

  func send(_ text: String) throws(Problem) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      // A server that has gone must be an error, not the signal SIGPIPE.
      let count = rest.withUnsafeBytes { systemSend(socket, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        try wait(for: POLLOUT)
      } else if errno != EINTR {
        throw broken
      }
    }
  }

  /// What has come, at least a byte; nothing at the end.
  ///
  /// - Throws: `.missing` where nothing comes for long, `.io`, `.stopped`.
  func receive() throws(Problem) -> [UInt8] {
    let size = 1 << 16
    while true {
      if isStopped() { throw .stopped }
      var got = 0
      var code: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
        got = recv(socket, buffer.baseAddress, size, 0)
        code = errno
        filled = max(0, got)
      }
      if got >= 0 { return bytes }
      if code == EAGAIN || code == EWOULDBLOCK {
        try wait(for: POLLIN)
      } else if code != EINTR {
        errno = code
        throw broken
      }
    }
  }

  private func wait(for event: some BinaryInteger) throws(Problem) {
    guard !waitFor(socket, event, stall, isStopped) else { return }
    throw isStopped() ? .stopped : stalled
  }

  private var stalled: Problem {
    Problem(.missing, "'\(url)' sends nothing for \(Format.number(stall)) seconds")
  }

  private var broken: Problem {
    Problem(.io, "the connection to '\(url)' broke: \(systemMessage())")
  }
}

/// Whether the file is ready, or has failed, within so many seconds and before it is stopped.
private func waitFor(
  _ file: Int32, _ event: some BinaryInteger, _ seconds: Double, _ isStopped: () -> Bool
) -> Bool {
  let end = monotonicSeconds() + seconds
  while true {
    var entry = pollfd(fd: file, events: Int16(event), revents: 0)
    let rest = max(0, end - monotonicSeconds())
    // In short stretches: a signal may come between the question and the waiting, or to another thread.
    let count = poll(&entry, 1, Int32(min(rest, 0.1) * 1000 + 1))
    if count > 0 { return true }
    let goesOn = count == 0 ? rest > 0 : errno == EINTR || errno == EAGAIN
    guard goesOn, !isStopped() else { return false }
  }
}

/// Addresses of a server, found on a thread of its own: the system's lookup can't be given a limit, so
/// one that takes too long is left to itself.
private final class Lookup: @unchecked Sendable {
  // Written by the thread before it writes to the pipe, read here only after that.
  private(set) var first: UnsafeMutablePointer<addrinfo>?
  private var code: Int32 = 0
  private let host: String
  private let port: String
  private var ends: [Int32] = [-1, -1]

  init(host: String, port: String) throws(Problem) {
    self.host = host
    self.port = port
    guard pipe(&ends) == 0 else { throw failed }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard start() else { throw failed }
  }

  deinit {
    // Whoever of the two is last closes both ends, so neither writes to a closed pipe.
    for end in ends where end >= 0 { close(end) }
    if let first { freeaddrinfo(first) }
  }

  private var failed: Problem {
    Problem(.io, "the name '\(host)' can't be looked up: \(systemMessage())")
  }

  var reason: String { systemText(gai_strerror(code)) ?? "error \(code)" }

  /// Whether the lookup has ended.
  func wait(_ seconds: Double, _ isStopped: () -> Bool) -> Bool {
    waitFor(ends[0], POLLIN, seconds, isStopped)
  }

  private func start() -> Bool {
    let retained = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, runLookup, retained.toOpaque())
      if code == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, runLookup, retained.toOpaque())
      if code == 0 { pthread_detach(thread) }
    #endif
    if code != 0 {
      retained.release()
      errno = code
    }
    return code == 0
  }

  fileprivate func run() {
    var hints = addrinfo()
    hints.ai_socktype = streamSocket
    code = getaddrinfo(host, port, &hints, &first)
    _ = writeAll([1], to: ends[1])
  }
}

#if canImport(Darwin)
  private func runLookup(_ lookup: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Lookup>.fromOpaque(lookup).takeRetainedValue().run()
    return nil
  }
  private let streamSocket = SOCK_STREAM
  private let sendFlags: Int32 = 0
#else
  private func runLookup(_ lookup: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let lookup else { return nil }
    Unmanaged<Lookup>.fromOpaque(lookup).takeRetainedValue().run()
    return nil
  }
  #if canImport(Glibc)
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
  #else
    private let streamSocket = SOCK_STREAM
  #endif
  private let sendFlags = Int32(MSG_NOSIGNAL)
#endif

// The system's functions whose names the methods above hide.

private func makeSocket(_ family: Int32, _ type: Int32, _ number: Int32) -> Int32 {
  socket(family, type, number)
}

private func systemConnect(
  _ file: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ size: socklen_t
) -> Int32 {
  connect(file, address, size)
}

private func systemSend(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  send(file, start, count, sendFlags)
}
