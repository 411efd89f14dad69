import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program, by default ours, at a terminal of its own, as a person sits before it.
final class PseudoTerminal {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let master: Int32
  private let process: pid_t
  /// All that the program has written, and how much of it was waited for.
  private(set) var output = ""
  private var bytes: [UInt8] = []
  private var consumed = 0

  /// - Parameter environment: besides one without home and data.
  init(
    _ arguments: [String], of program: String = Program.url.path,
    environment: [String: String] = [:], columns: UInt16 = 80, rows: UInt16 = 24
  ) throws {
    let slave: String
    (master, slave) = try Self.open()
    // Opened here too, so that it exists with its size before the program begins.
    let holder = systemOpen(slave)
    defer { close(holder) }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    let variables = Program.bareEnvironment.merging(["TERM": "xterm"]) { $1 }
      .merging(environment) { $1 }
    process = try Self.spawn([program] + arguments, variables, terminal: slave)
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(master)
  }

  /// Both ends of a new pseudo-terminal: this one's file, and the other one's name.
  private static func open() throws -> (master: Int32, slave: String) {
    #if os(Linux)
      // `posix_openpt` and its relatives are no part of what the C library shows here.
      let master = systemOpen("/dev/ptmx")
      var (lock, number): (Int32, Int32) = (0, 0)
      let (unlock, ask): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      guard master >= 0, ioctl(master, unlock, &lock) == 0, ioctl(master, ask, &number) == 0
      else { throw Failure(description: "no pseudo-terminal: errno \(errno)") }
      return (master, "/dev/pts/\(number)")
    #else
      let master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
      guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master)
      else { throw Failure(description: "no pseudo-terminal: errno \(errno)") }
      return (master, String(cString: name))
    #endif
  }

  private static func spawn(
    _ words: [String], _ environment: [String: String], terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a leader of a session opens is the session's.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, startsSession)
    var pointers = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in pointers + variables { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, words[0], &actions, &attributes, &pointers, &variables)
    guard code == 0 else { throw Failure(description: "spawning failed: \(code)") }
    return process
  }

  // MARK: What a person does

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Waits until the program has written `text` behind what was waited for before.
  ///
  /// - Returns: what it has written up to there.
  @discardableResult
  func see(_ text: String, seconds: Double = 20) throws -> String {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let rest = bytes[consumed...]
      if let range = Data(rest).range(of: Data(text.utf8)) {
        let seen = rest.prefix(range.upperBound)
        consumed += seen.count
        return String(decoding: seen, as: UTF8.self)
      }
      guard Date() < end, receive(milliseconds: 200) else {
        throw Failure(
          description: "'\(text)' was not written, but: "
            + String(decoding: rest, as: UTF8.self).debugDescription)
      }
    }
  }

  /// Waits until what the program has written behind what was waited for before has all these words, or gives up.
  ///
  /// - Returns: what it has written.
  func see(all words: [String], seconds: Double = 20) throws -> String {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let text = String(decoding: bytes[consumed...], as: UTF8.self)
      if words.allSatisfy({ text.contains($0) }) || Date() > end || !receive(milliseconds: 200) {
        consumed = bytes.count
        return text
      }
    }
  }

  /// - Returns: false when the program has closed the terminal.
  private func receive(milliseconds: Int32) -> Bool {
    var file = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&file, 1, milliseconds) > 0 else { return true }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &piece, piece.count)
    guard count > 0 else { return false }
    bytes += piece[..<count]
    return true
  }

  /// Reads to the end and waits for the program.
  ///
  /// - Returns: the exit code; negative where a signal ended it.
  func end(seconds: Double = 20) throws -> Int32 {
    let last = Date().addingTimeInterval(seconds)
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      _ = receive(milliseconds: 20)
      guard Date() < last else { throw Failure(description: "the program doesn't end") }
    }
    while receive(milliseconds: 50), Date() < last {
      var file = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      if poll(&file, 1, 50) <= 0 { break }
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  /// Everything that was written.
  var all: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the terminal shows what is typed and reads line by line, as it does at the beginning.
  var isAsFound: Bool {
    var settings = termios()
    guard tcgetattr(master, &settings) == 0 else { return false }
    let wanted = tcflag_t(ECHO | ICANON | ISIG)
    return settings.c_lflag & wanted == wanted && settings.c_iflag & tcflag_t(ICRNL) != 0
  }
}

/// POSIX_SPAWN_SETSID
#if os(Linux)
  private let startsSession: Int16 = 0x80
#else
  private let startsSession: Int16 = 0x400
#endif

/// `open(2)`, whose name is taken, without making it the test's own terminal.
private func systemOpen(_ path: String) -> Int32 { open(path, O_RDWR | O_NOCTTY | O_CLOEXEC) }
