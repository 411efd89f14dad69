import MLPLibrary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The real files, network, clock and environment.
struct DiskWorld: World {
  /// Whether a person watches stderr, so that lines may replace themselves.
  private let showsProgress: Bool
  let limits: Download.Limits
  /// Whether the user asked for an end.
  let stop: @Sendable () -> Bool
  /// With its slash; empty for the current folder.
  private let specFolder: String

  /// - Parameters:
  ///   - spec: the path of the file whose spec is run.
  ///   - stop: whether the user asked for an end.
  init(
    spec: String = "", limits: Download.Limits = Download.Limits(),
    stop: @escaping @Sendable () -> Bool = { Signals.isStopRequested }
  ) {
    self.limits = limits
    self.stop = stop
    specFolder = spec.lastIndex(of: "/").map { String(spec[...$0]) } ?? ""
    showsProgress = isatty(STDERR_FILENO) == 1 && variable("TERM") != "dumb"
  }

  func location(of path: String) -> String { path.hasPrefix("/") ? path : specFolder + path }

  var currentFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  func environment(_ name: String) -> String? { variable(name) }

  var cacheFolder: String? {
    if let folder = filled("MLPC_CACHE") { return folder }
    // The XDG specification wants relative paths ignored.
    if let folder = filled("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder + "/mlpc" }
    guard let home = filled("HOME") else { return nil }
    #if canImport(Darwin)
      return home + "/Library/Caches/mlpc"
    #else
      return home + "/.cache/mlpc"
    #endif
  }

  private func filled(_ name: String) -> String? {
    guard let value = variable(name), !value.isEmpty else { return nil }
    return value
  }

  var memory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    return min(pages > 0 && size > 0 ? pages * size : 1 << 30, Self.addressLimit)
  }

  /// How much of it the process may have addresses for (`ulimit -v`).
  private static var addressLimit: Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let answer = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      let answer = getrlimit(RLIMIT_AS, &limit)
    #endif
    return answer == 0 ? Int(clamping: limit.rlim_cur) : .max
  }

  func now() -> Double { monotonicSeconds() }

  func note(_ message: String) {
    Terminal.error(
      (showsProgress ? Self.clearLine : "") + "mlpc: \(Format.plain(message))\n")
  }

  func progress(_ line: String?) {
    guard showsProgress else { return }
    guard let line else { return Terminal.error(Self.clearLine) }
    // A line that wraps could not be replaced.
    let clean = line.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) }
    Terminal.error(
      "\r" + String(clean.prefix(max(1, Terminal.columns(STDERR_FILENO) - 1))) + "\u{1B}[K")
  }

  func download(
    _ url: String, progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) -> [UInt8] {
    try Download(limits: limits, isStopped: stop).fetch(url, progress: progress)
  }

  private static let clearLine = "\r\u{1B}[K"
}

private func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// Seconds from a fixed instant; never goes back.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The system's words for the last failure, or for `code`.
func systemMessage(_ code: Int32 = errno) -> String {
  systemText(strerror(code)) ?? "error \(code)"
}

/// The system's text as part of a sentence: its first letter in lower case.
func systemText(_ text: UnsafePointer<CChar>?) -> String? {
  guard let text = text.map({ String(cString: $0) }) else { return nil }
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// Whether all was written; else `errno` says why not.
func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let count = write(file, buffer.baseAddress.map { $0 + done }, buffer.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
