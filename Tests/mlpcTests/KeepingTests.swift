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

  /// Who runs the tests in the background may have it ignored, and so have its children.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var own = sigaction()
    sigaction(signal, nil, &own)
    let handler = own.__sigaction_handler.sa_handler
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalEndsWithACheckpointAndTheCommandToGoOn(_ signal: Int32) throws {
    guard !Self.isIgnored(signal) else { return }
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

  /// One step of it takes far longer than this test.
  static let endless = """
    fc 2 1500 -> relu -> fc 1500 -> relu -> fc 1500 -> relu -> fc 2 -> softmax_ce
    data toy spirals count 20000 validation none
    solver sgd lr 0.01
    train batch 20000 epochs 100
    """

  @Test(arguments: [SIGINT, SIGTERM]) func aSecondSignalLeavesAtOnce(_ signal: Int32) throws {
    guard !Self.isIgnored(signal) else { return }
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.endless)
    let run = try Background(scratch, "spec.mlp", "--out", "kept", "--threads", "1")
    #expect(try run.waits(for: "toy: 20 000 train"))
    kill(run.process.processIdentifier, signal)
    // Longer than the time within which two are one.
    usleep(300_000)
    #expect(run.process.isRunning)
    kill(run.process.processIdentifier, signal)
    #expect(run.end() == signal)
    #expect(run.process.terminationReason == .uncaughtSignal)
    #expect(try scratch.text("bg.err") == "")
  }

  /// As `timeout` and a terminal that is closed send them. Both wait for a process that stands still, so that nothing
  /// comes between them.
  @Test func twoSignalsAtOnceAreOne() throws {
    let both = [SIGINT, SIGTERM]
    guard !both.contains(where: { Self.isIgnored($0) }) else { return }
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.spec)
    let run = try Background(scratch, "spec.mlp", "--out", "kept", "--json", "--threads", "1")
    #expect(try run.waits(for: "\"epoch\":1,"))
    for signal in [SIGSTOP] + both + [SIGCONT] { kill(run.process.processIdentifier, signal) }
    #expect(run.end() == 75)
    #expect(try scratch.text("bg.out").contains("\"event\":\"interrupted\""))
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
    try scratch.write("spec.mlp", Self.spec.replacing("epochs 12", with: "epochs 4"))
    let run = try Program.run(["run", "spec.mlp", "--out", "/proc/mlpc"], in: scratch.url)
    #expect(run.status == 74)
    #expect(run.stdout.contains("weights"))
    #expect(
      run.stderr.hasSuffix("; the run goes on, and tries again at the next checkpoint\n"),
      "\(run.stderr)")
    #expect(run.stderr.split(separator: "\n").count == 1, "\(run.stderr)")
  }

  /// Whatever can't be written, of however many specs, and the report of all.
  @Test func itIsSaidOnceForAWholeFolderOfSpecs() throws {
    let scratch = try Scratch()
    for name in ["a", "b", "c"] {
      try scratch.write(
        "specs/\(name).mlp",
        "fc 2 9 -> relu -> fc 2 -> softmax_ce\ndata toy xor count 40 test 10\nsolver adam\n"
          + "train batch 10 epochs 4 checkpoint every 1 epochs\n")
    }
    for place in ["/proc/mlpc", "specs/a.mlp/x"] {
      let run = try Program.run(["run", "specs", "--out", place], in: scratch.url)
      #expect(run.status == 74)
      #expect(run.stderr.split(separator: "\n").count == 1, "\(run.stderr)")
    }
    let full = try Program.shell(
      "ulimit -f 1; set -o pipefail; '\(Program.url.path)' run specs 2>&1 | cat", in: scratch.url)
    #expect(full.status == 74)
    let complaints = full.said.split(separator: "\n").filter { $0.hasPrefix("mlpc: ") }
    #expect(complaints.count == 1 && full.said.contains("file too large"), "\(full.said)")
  }

  /// Files may grow to a kilobyte: the checkpoints are larger.
  @Test func aDiskWithoutRoomEndsWith74() throws {
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.spec.replacing("epochs 12", with: "epochs 4"))
    let line =
      "ulimit -f 1; set -o pipefail; '\(Program.url.path)' run spec.mlp --out kept 2>&1 | cat"
    let (status, said) = try Program.shell(line, in: scratch.url)
    #expect(status == 74, "\(said)")
    #expect(said.contains("file too large; the run goes on"), "\(said)")
    #expect(said.contains("test "))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: scratch.url.path + "/kept/checkpoints")
    #expect(left == [])
  }

  /// A run that was stopped and could keep nothing can't go on: it doesn't say that it can.
  @Test func aStoppedRunThatKeptNothingEndsWith74() throws {
    guard !Self.isIgnored(SIGTERM) else { return }
    let scratch = try Scratch()
    try scratch.write("spec.mlp", Self.spec)
    let run = try Background(scratch, "spec.mlp", "--out", "/proc/mlpc", "--json")
    #expect(try run.waits(for: "\"epoch\":1,"))
    kill(run.process.processIdentifier, SIGTERM)
    #expect(run.end() == 74)
    #expect(try !scratch.text("bg.err").contains("go on with"))
  }

  /// More specs than there may be open files: each lets go of its folder when it is done.
  @Test func manySpecsHoldTheirFoldersOneAfterTheOther() throws {
    let scratch = try Scratch()
    for number in 0..<40 {
      try scratch.write(
        "specs/s\(number).mlp",
        "fc 2 -> softmax_ce\ndata toy xor count 20 test 10\nsolver sgd lr 0.1\n"
          + "train batch 10 epochs 1\n")
    }
    let line = "ulimit -n 20; '\(Program.url.path)' run specs --out kept --threads 2 2>&1"
    let (status, said) = try Program.shell(line, in: scratch.url)
    #expect(status == 0, "\(said)")
    for number in 0..<40 {
      let folder = scratch.url.path + "/kept/s\(number)/"
      #expect(FileManager.default.fileExists(atPath: folder + "model.safetensors"))
      #expect(!FileManager.default.fileExists(atPath: folder + "lock"))
    }
  }

  @Test func aFolderInUseIsRefusedAmongOthers() throws {
    let scratch = try Scratch()
    try scratch.write("specs/a.mlp", Self.spec.replacing("epochs 12", with: "epochs 1"))
    try scratch.write("specs/b.mlp", Self.spec.replacing("epochs 12", with: "epochs 1"))
    let held = try DiskWorld().lock(scratch.url.path + "/kept/a/lock")
    let run = try Program.run(["run", "specs", "--out", "kept"], in: scratch.url)
    withExtendedLifetime(held) {}
    #expect(run.status == 74)
    #expect(run.stdout.contains("in use by process"), "\(run.stdout)")
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/kept/a/model.safetensors"))
    #expect(FileManager.default.fileExists(atPath: scratch.url.path + "/kept/b/model.safetensors"))
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
