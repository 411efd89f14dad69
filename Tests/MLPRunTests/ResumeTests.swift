import MLPLibrary
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

/// A run that is stopped and goes on ends with the bits of a run that was never stopped.
@Suite struct ResumeTests {
  static let toy = "data toy spirals count 130 test 40 validation last 25"

  /// Each solver, dropout, batch statistics, schedules, clipping, the best epoch, an early end, and sparse input.
  static let specs = [
    "fc 2 9 -> relu -> fc 2 -> softmax_ce\n\(toy)\nsolver sgd lr 0.1 decay 0.01",
    "fc 2 9 -> relu -> dropout 0.3 -> fc 2 -> softmax_ce\n\(toy)\n"
      + "solver sgd lr 0.1 momentum 0.9 nesterov yes schedule step every 2 factor 0.5",
    "fc 2 9 -> batchnorm -> tanh -> fc 2 -> softmax_ce\n\(toy)\n"
      + "solver adam lr 0.01 schedule warmup epochs 2 then cosine",
    "fc 2 20 -> sigmoid -> fc 1 -> binary_ce\n\(toy)\nsolver adamw lr 0.01 decay 0.1",
    "fc 2 9 -> batchnorm -> relu -> dropout 0.2 -> fc 2 -> softmax_ce\n\(toy)\n"
      + "solver sgd lr 0.5 momentum 0.5\ntrain clip 0.4 keep best",
    "fc 2 9 -> relu -> fc 2 -> softmax_ce\n\(toy)\nsolver adam lr 0.2\n"
      + "train stop when validation loss 2 epochs without gain keep best",
    "fc 784 30 -> relu -> fc 10 -> softmax_ce\ndata digits count 100 test 30\nsolver sgd lr 0.1",
  ]

  static func spec(_ index: Int) -> String {
    let text = specs[index]
    let settings = "batch 16 epochs 5 seed 3"
    return text.contains("\ntrain ")
      ? text.replacing("\ntrain ", with: "\ntrain \(settings) ") : text + "\ntrain \(settings)"
  }

  @Test(arguments: specs.indices)
  func stoppedAnywhereItEndsTheSame(_ index: Int) throws {
    let text = Self.spec(index)
    let unbroken = try KeptRun(text).run().outcome
    let random = Random(seed: UInt64(index), purpose: .test)
    for trial in 0..<6 {
      let run = KeptRun(text)
      let first = random.integer(2 * trial, below: 60)
      guard let stopped = try run.interrupt(after: first, threads: 1 + trial % 3) else { continue }
      #expect(stopped.checkpoint == "runs/test/checkpoints/step-\(stopped.steps).safetensors")
      // A second stop, on other threads, and then to the end.
      _ = try run.interrupt(
        after: random.integer(2 * trial + 1, below: 30), resumes: true, threads: 2)
      let resumed = try run.run(resumes: true, threads: 1 + (trial + 1) % 3)
      #expect(resumed.outcome == unbroken, "stopped after \(stopped.steps) steps")
      #expect(run.notes.isEmpty, "\(run.notes)")
    }
  }

  /// The checkpoint holds everything: what is written after it is read equals what was read.
  @Test(arguments: specs.indices)
  func aCheckpointIsReadBackWhole(_ index: Int) throws {
    let run = KeptRun(Self.spec(index))
    _ = try run.interrupt(after: 20)
    let path = try #require(run.checkpoints.last.map { "runs/test/checkpoints/\($0)" })
    let file = try Safetensors(run.world.read(path))
    let short = try ShortRun(Self.spec(index), steps: 1)
    let checkpoint = try Checkpoint(
      file, for: short.experiment, short.solver, samples: short.data.train.count)
    #expect(checkpoint.file(short.experiment.net) == file)
  }

  @Test func aFinishedRunIsNotDoneAgain() throws {
    let run = KeptRun(Self.spec(0))
    let first = try run.run()
    var epochs = 0
    let again = try run.run(resumes: true) { event in
      if case .epoch = event { epochs += 1 }
    }
    #expect(epochs == 0)
    #expect(again.outcome == first.outcome)
  }

  @Test func withoutCheckpointsItBeginsAnewAndSaysSo() throws {
    let run = KeptRun(Self.spec(0))
    let outcome = try run.run(resumes: true).outcome
    #expect(outcome == (try KeptRun(Self.spec(0)).run().outcome))
    #expect(run.notes.count == 1 && run.notes[0].contains("begins anew"))
  }

  @Test func noEpochIsToldTwice() throws {
    let run = KeptRun(Self.spec(0))
    let told = Told()
    let first = Session.stopping(run, after: 17, told)
    #expect(first)
    _ = try run.run(resumes: true) { told.add($0) }
    #expect(told.epochs == [1, 2, 3, 4, 5])
  }

  /// The epochs that a run tells of.
  final class Told {
    private(set) var epochs: [Int] = []

    func add(_ event: RunEvent) {
      if case .epoch(let record) = event { epochs.append(record.epoch) }
    }
  }

  @Test(arguments: [
    ("solver sgd lr 0.2 decay 0.01", "E0501", "lr 0.2"),
    ("train batch 17 epochs 5 seed 3", "E0501", "batch 17"),
    ("train batch 16 epochs 6 seed 3", "E0501", "epochs 6"),
    ("fc 2 10 -> relu -> fc 2 -> softmax_ce", "E0501", "2 10 bias"),
    ("init he", "E0501", "init he"),
    ("data toy spirals count 140 test 40 validation last 25", "E0501", "count 140"),
  ])
  func aChangedSpecIsRefusedByName(_ statement: String, code: String, part: String) throws {
    var run = KeptRun(Self.spec(0))
    _ = try run.interrupt(after: 17)
    let keyword = statement.prefix { $0 != " " }
    var lines = run.spec.split(separator: "\n").map { String($0) }
    lines.removeAll { $0.hasPrefix(keyword) }
    run.spec = (lines + [statement]).joined(separator: "\n")
    do {
      _ = try run.run(resumes: true)
      Issue.record("accepted")
    } catch RunFailure.faulty(let diagnostics, _) {
      #expect(diagnostics.first?.code == code)
      #expect(diagnostics.first?.note?.contains(part) == true, "\(diagnostics)")
    }
  }

  @Test func anExpectationMayChange() throws {
    var run = KeptRun(Self.spec(0) + "\nexpect test accuracy 0.5 within 0.5")
    _ = try run.interrupt(after: 17)
    run.spec = Self.spec(0) + "\nexpect test accuracy 0.6 within 0.5"
    #expect(throws: Never.self) { try run.run(resumes: true) }
  }

  @Test func changedDataAreRefused() throws {
    func table(_ last: String) -> [UInt8] {
      let lines = (0..<40).map { "\($0 % 7),\($0 % 5),\($0 % 2)" }
      return Array(("x,y,label\n" + lines.joined(separator: "\n") + "\n\(last)\n").utf8)
    }
    var run = KeptRun(
      "fc 2 4 -> relu -> fc 2 -> softmax_ce\ndata csv path \"t.csv\" label label\n"
        + "solver sgd lr 0.1\ntrain batch 4 epochs 3")
    run.world.files["t.csv"] = table("1,1,0")
    _ = try run.interrupt(after: 9)
    for (changed, part) in [("1,2,0", "hash"), ("1,1,0\n1,1,1", "42 train")] {
      run.world.files["t.csv"] = table(changed)
      do {
        _ = try run.run(resumes: true)
        Issue.record("accepted")
      } catch RunFailure.faulty(let diagnostics, _) {
        #expect(diagnostics.map { $0.code } == ["E0502"])
        #expect(diagnostics.first?.note?.contains(part) == true, "\(diagnostics)")
      }
    }
    run.world.files["t.csv"] = table("1,1,0")
    #expect(throws: Never.self) { try run.run(resumes: true) }
  }
}

extension Session {
  /// Whether a run was stopped, telling its events.
  static func stopping(_ run: KeptRun, after stop: Int, _ told: ResumeTests.Told) -> Bool {
    do {
      _ = try run.run(stop: stop) { told.add($0) }
      return false
    } catch {
      return true
    }
  }
}
