import Foundation
import Testing

/// The built executable, as a user meets it.
enum Program {
  struct Outcome {
    let status: Int32
    let stdout: String
    let stderr: String

    var lines: [String] { stdout.split(separator: "\n").map { String($0) } }
  }

  /// Beside the bundle of tests.
  static let url: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let beside = (bundle ?? Bundle.main).bundleURL
    let folder = bundle == nil ? beside : beside.deletingLastPathComponent()
    return folder.appendingPathComponent("mlpc")
  }()

  /// The root of the project.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// No home, no data, and no server that would give any.
  static let bareEnvironment = [
    "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "MLPC_MIRROR": "http://127.0.0.1:9/",
  ]

  /// Runs it to its end, or for a minute.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], stdin: String = "",
    in folder: URL = root
  ) throws -> Outcome {
    try run(url, arguments, environment, stdin, folder)
  }

  /// What bash makes of a line.
  static func shell(_ line: String, in folder: URL) throws -> (status: Int32, said: String) {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = ["-c", line]
    shell.currentDirectoryURL = folder
    shell.environment = bareEnvironment
    let pipe = Pipe()
    shell.standardOutput = pipe
    try shell.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    return (shell.terminationStatus, said)
  }

  /// `mlpc check` of a file with these bytes.
  static func check(_ bytes: [UInt8]) throws -> Outcome {
    let scratch = try Scratch()
    return try run(["check", scratch.write("spec.mlp", bytes).path])
  }

  static func check(_ text: String) throws -> Outcome { try check(Array(text.utf8)) }

  /// Runs it with stdin, stdout and stderr on one pseudo-terminal of 100 columns; `stdout` holds what came
  /// out of that.
  static func runOnTerminal(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL = root
  ) throws -> Outcome {
    let python = URL(fileURLWithPath: "/usr/bin/python3")
    let values = ["TERM": "xterm"].merging(environment) { $1 }
    return try run(python, ["-c", terminalScript, url.path] + arguments, values, "", folder)
  }

  static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  private static let terminalScript = """
    import fcntl, os, pty, struct, sys, termios
    pid, master = pty.fork()
    if pid == 0:
        sys.stdin.readline()
        os.execv(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    os.write(master, b"\\n")
    data = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece: break
        data += piece
    sys.stdout.buffer.write(data)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    """

  private static func run(
    _ url: URL, _ arguments: [String], _ environment: [String: String], _ stdin: String,
    _ folder: URL
  ) throws -> Outcome {
    // Files, not pipes: they never fill up.
    let scratch = try Scratch()
    let input = try scratch.write("in", stdin)
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = bareEnvironment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: scratch.write("out", ""))
    process.standardError = try FileHandle(forWritingTo: scratch.write("err", ""))
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + 60) == .timedOut {
      process.terminate()
      Issue.record("mlpc \(arguments.joined(separator: " ")) doesn't end")
      ended.wait()
    }
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      stdout: try scratch.text("out"), stderr: try scratch.text("err"))
  }
}

/// A folder of files that is gone when the test is over.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("mlpc-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> URL { try write(name, Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }
}
