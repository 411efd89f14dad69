import Foundation
import MLPLibrary
import Testing

@testable import mlpc

/// Runs that are stopped, killed, or can't write, as a user meets them.
@Suite struct KeepingTests {
  static let spec = """
    fc 784 100 -> relu -> fc 100 10 -> softmax_ce
    data digits count 1500 test 100 validation last 100
    solver adam
    train batch 10 epochs 12 seed 3 checkpoint every 2 epochs
    """

  /// A run in the background.
  private final class Background {
    let process = Process()
    private let scratch: Scratch
    private let ended = DispatchSemaphore(value: 0)

    init(_ scratch: Scratch, _ words: String...) throws {
      self.scratch = scratch
      process.executableURL = Program.url
      process.arguments = ["run"] + words
      process.currentDirectoryURL = scratch.url
      process.environment = Program.bareEnvironment
      process.standardOutput = try FileHandle(forWritingTo: scratch.write("bg.out", ""))
      process.standardError = try FileHandle(forWritingTo: scratch.write("bg.err", ""))
      process.terminationHandler = { [ended] _ in ended.signal() }
      try process.run()
    }

    /// Waits until the file holds the text.
    func waits(for text: String) throws -> Bool {
      for _ in 0..<3000 {
        if try scratch.text("bg.out").contains(text) { return true }
        usleep(10_000)
      }
      return false
    }

    func end() -> Int32 {
      if ended.wait(timeout: .now() + 60) == .timedOut { process.terminate() }
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  private func hash(_ outcome: Program.Outcome) -> String? {
    guard let line = outcome.lines.last, let data = line.data(using: .utf8),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return nil }
    return object["weights_hash"] as? String
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalEndsWithACheckpointAndTheCommandToGoOn(_ signal: Int32) throws {
    // Who runs the tests in the background may have it ignored, and so have its children.
    var own = sigaction()
    sigaction(signal, nil, &own)
    let handler = own.__sigaction_handler.sa_handler
    if unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return }
    let scratch = try Scratch()
    try scratch.write("s p.mlp", Self.spec)
    let run = try Background(scratch, "s p.mlp", "--out", "kept", "--json", "--threads", "1")
    #expect(try run.waits(for: "\"epoch\":1,"))
    kill(run.process.processIdentifier, signal)
    #expect(run.end() == 75)
    let said = try scratch.text("bg.err")
    #expect(
      said.contains("go on with: mlpc run --resume 's p.mlp' --out kept --json --threads 1\n"),
      "\(said)")
    #expect(try scratch.text("bg.out").contains("\"event\":\"interrupted\""))
    let resumed = try Program.run(
      ["run", "--resume", "s p.mlp", "--out", "kept", "--json"], in: scratch.url)
    #expect(resumed.status == 0, "\(resumed.stderr)")
    #expect(resumed.lines.first?.contains("\"event\":\"resumed\"") == true)
    let whole = try Program.run(["run", "s p.mlp", "--json"], in: scratch.url)
    #expect(hash(resumed) != nil && hash(resumed) == hash(whole))
  }

  @Test func aFolderInUseIsRefusedAndThatOfADeadProcessIsNot() throws {
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.spec)
    let run = try Background(scratch, "spec.mlp", "--out", "kept", "--json")
    #expect(try run.waits(for: "\"epoch\":1,"))
    let second = try Program.run(["run", "spec.mlp", "--out", "kept"], in: scratch.url)
    #expect(second.status == 74)
    #expect(
      second.stderr.contains("'kept' is in use by process \(run.process.processIdentifier)"),
      "\(second.stderr)")
    kill(run.process.processIdentifier, SIGKILL)
    _ = run.end()
    #expect(FileManager.default.fileExists(atPath: scratch.url.path + "/kept/lock"))
    let third = try Program.run(["run", "spec.mlp", "--out", "kept", "--resume"], in: scratch.url)
    #expect(third.status == 0, "\(third.stderr)")
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/kept/lock"))
  }

  @Test func aFolderThatCantBeWrittenEndsWith74() throws {
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.spec.replacing("epochs 12", with: "epochs 1"))
    let run = try Program.run(["run", "spec.mlp", "--out", "/proc/mlpc"], in: scratch.url)
    #expect(run.status == 74)
    #expect(run.stdout.contains("weights"))
    #expect(run.stderr.contains("training goes on") && run.stderr.contains("nothing could be kept"))
  }

  /// Files may grow to a kilobyte: the checkpoints are larger.
  @Test func aDiskWithoutRoomEndsWith74() throws {
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.spec.replacing("epochs 12", with: "epochs 2"))
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = [
      "-c",
      "ulimit -f 1; set -o pipefail; '\(Program.url.path)' run spec.mlp --out kept 2>&1 | cat",
    ]
    shell.currentDirectoryURL = scratch.url
    shell.environment = Program.bareEnvironment
    let pipe = Pipe()
    shell.standardOutput = pipe
    try shell.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 74, "\(said)")
    #expect(said.contains("file too large; training goes on"), "\(said)")
    #expect(said.contains("test "))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: scratch.url.path + "/kept/checkpoints")
    #expect(left == [])
  }

  @Test func theCommandToGoOnIsTakenBackByTheShell() {
    #expect(
      ResumeCommand.text(["a.mlp", "--with", "train epochs 3", "--out=x", "it's"])
        == "mlpc run --resume a.mlp --with 'train epochs 3' --out=x 'it'\\''s'")
    #expect(ResumeCommand.text(["--resume", "a.mlp", ""]) == "mlpc run --resume a.mlp ''")
  }

  @Test func aLockIsHeldUntilItIsLetGo() throws {
    let scratch = try Scratch()
    let world = DiskWorld()
    let path = scratch.url.path + "/new/lock"
    var lock = try world.lock(path)
    #expect(lock != nil)
    #expect(throws: Problem.self) { try world.lock(path) }
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(!world.fileExists(path))
    try scratch.write("new/lock", "99999")
    #expect(try world.lock(path) != nil)
  }
}
