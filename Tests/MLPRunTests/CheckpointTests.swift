import MLPLibrary
import MLPTestSupport
import Synchronization
import Testing

@testable import MLPRun

/// When checkpoints are written, which are kept, and what happens where they can't be.
@Suite struct CheckpointTests {
  /// Seven steps an epoch.
  static let small = """
    fc 2 5 -> relu -> fc 2 -> softmax_ce
    data toy xor count 70 test 20
    solver sgd lr 0.1 momentum 0.9
    train batch 10 epochs 4 seed 2
    """

  static func with(_ settings: String) -> KeptRun { KeptRun(small + " " + settings) }

  @Test(arguments: [
    // The clock stands still, so the end alone is due.
    ("checkpoint yes", ["step-28.safetensors"], 1),
    ("checkpoint no", [], 0),
    ("checkpoint every 5 steps", ["step-25.safetensors", "step-28.safetensors"], 6),
    ("checkpoint every 7 steps", ["step-21.safetensors", "step-28.safetensors"], 4),
    ("checkpoint every 1 epochs", ["step-21.safetensors", "step-28.safetensors"], 4),
    ("checkpoint every 3 epochs", ["step-21.safetensors", "step-28.safetensors"], 2),
    ("checkpoint every 100 epochs", ["step-28.safetensors"], 1),
  ])
  func theLastTwoAreKept(_ setting: String, names: [String], written: Int) throws {
    let run = Self.with(setting)
    _ = try run.run()
    #expect(run.checkpoints == names)
    // The model as well.
    #expect(run.world.log.events.attempts == written + 1)
    #expect(run.world.fileExists("runs/test/model.safetensors"))
  }

  /// With `sparing`, at most one a second, and none that would cost more than a fiftieth of the time.
  @Test func timeDecidesHowOften() throws {
    var run = KeptRun(Self.small.replacing("epochs 4", with: "epochs 40"))
    let clock = Counter()
    run.world.clock = { Double(clock.next()) * 0.02 }
    _ = try run.run()
    let attempts = run.world.log.events.attempts
    #expect(attempts > 3 && attempts < 42, "\(attempts)")
  }

  @Test func aStopIsKeptEvenWithoutCheckpoints() throws {
    let run = Self.with("checkpoint no")
    let stopped = try #require(try run.interrupt(after: 11))
    #expect(stopped.checkpoint != nil)
    let whole = try Self.with("checkpoint no").run().outcome
    #expect(try run.run(resumes: true).outcome == whole)
  }

  @Test func aFullDiskIsSaidOnceAndTriedAgain() throws {
    let run = Self.with("checkpoint every 5 steps")
    let stop = Counter()
    var world = run.world
    // Full from the second checkpoint to the fourth.
    world.isStopRequestedNow = { [log = world.log] in
      let asked = stop.next()
      if asked == 8 { log.add { $0.isFull = true } }
      if asked == 17 { log.add { $0.isFull = false } }
      return false
    }
    var full = run
    full.world = world
    let report = try full.run()
    #expect(report.outcome == (try KeptRun(Self.small).run().outcome))
    #expect(full.notes.count == 2, "\(full.notes)")
    #expect(full.notes[0].contains("no space left on device; the run goes on"))
    #expect(full.notes[1] == "the run's folder can be written to again")
    #expect(report.kept?.model != nil)
  }

  /// There is room for the model and the record, but not for checkpoints, which hold the solver's state as well.
  @Test func aLittleRoomIsSaidOnce() throws {
    let run = KeptRun(
      Self.small.replacing("solver sgd lr 0.1 momentum 0.9", with: "solver adam")
        + " checkpoint every 5 steps")
    let whole = try run.run().outcome
    let model = try run.world.read("runs/test/model.safetensors").count
    run.world.log.add { $0 = MemoryWorld.Log.Events(largestFile: model) }
    #expect(try run.run().outcome == whole)
    #expect(run.checkpoints == [])
    #expect(run.world.fileExists("runs/test/model.safetensors"))
    #expect(run.notes.count == 1, "\(run.notes)")
    #expect(run.notes.first?.contains("tries again at the next checkpoint") == true)
  }

  @Test func aFolderThatIsNeverWritableEndsWithAProblem() throws {
    var run = Self.with("checkpoint every 5 steps")
    run.world.isWritable = false
    let report = try run.run()
    #expect(report.outcome == (try KeptRun(Self.small).run().outcome))
    #expect(report.kept?.model == nil && report.kept?.problem?.kind == .io)
    #expect(run.notes.count == 1)
  }

  @Test func whatWasHalfWrittenIsDeleted() throws {
    let run = Self.with("")
    for name in ["model.safetensors.7-0.tmp", "checkpoints/step-5.safetensors.7-1.tmp"] {
      run.world.log.add { $0.written["runs/test/\(name)"] = [1] }
    }
    _ = try run.run()
    #expect(run.world.names(in: "runs/test") == ["checkpoints", "model.safetensors"])
    #expect(run.checkpoints == ["step-28.safetensors"])
  }

  /// Others' files of that ending are nobody's business.
  @Test func whatOthersWriteIsLeft() throws {
    let run = Self.with("")
    let names = ["notes.tmp", "a.7-.tmp", "b.x-0.tmp", "7-0.tmp", ".tmp", "c.7-0-1.tmp"]
    for name in names { run.world.log.add { $0.written["runs/test/\(name)"] = [1] } }
    _ = try run.run()
    #expect(names.allSatisfy { run.world.fileExists("runs/test/\($0)") })
  }

  @Test func aSpoiltCheckpointGivesWayToTheOneBefore() throws {
    let run = Self.with("checkpoint every 5 steps")
    let whole = try run.run().outcome
    let path = "runs/test/checkpoints/step-28.safetensors"
    run.world.log.add { $0.written[path]?.removeLast() }
    let resumed = try run.run(resumes: true)
    #expect(resumed.outcome == whole)
    #expect(run.notes.count == 1 && run.notes[0].contains("the checkpoint before it is used"))
  }

  @Test func spoiltCheckpointsAreRefused() throws {
    let run = Self.with("checkpoint every 5 steps")
    _ = try run.run()
    for name in run.checkpoints {
      run.world.log.add { $0.written["runs/test/checkpoints/\(name)"] = [1, 2, 3] }
    }
    do {
      _ = try run.run(resumes: true)
      Issue.record("accepted")
    } catch RunFailure.faulty(let diagnostics, let kind) {
      #expect(diagnostics.map { $0.code } == ["E0503"])
      #expect(kind == .data)
    }
  }

  @Test func twoRunsDoNotShareAFolder() throws {
    let run = Self.with("")
    do {
      let held = Keeping(KeptRun.folder, resumes: false, in: run.world)
      let other = Keeping(KeptRun.folder, resumes: false, in: run.world)
      try held.take()
      // What it holds it may ask for again.
      try held.take()
      #expect(throws: Problem.self) { try other.take() }
      held.release()
      #expect(throws: Never.self) { try other.take() }
      // Also where nobody releases it.
      withExtendedLifetime(other) {}
    }
    let last = Keeping(KeptRun.folder, resumes: false, in: run.world)
    #expect(throws: Never.self) { try last.take() }
  }

  @Test func theModelSaysWhatItIs() throws {
    let spec = """
      fc 6 -> batchnorm -> relu -> fc 2 -> softmax_ce
      data toy xor count 70 test 20 scale standard
      solver adam
      train batch 10 epochs 2
      """
    let run = KeptRun(spec)
    let report = try run.run()
    let file = try Safetensors(run.world.read("runs/test/model.safetensors"))
    let short = try ShortRun(spec, steps: 1)
    let model = try ModelFile(file, for: short.experiment.net)
    #expect(WeightsHash.text(of: model.parameters) == report.weightsHash)
    #expect(model.weightsHash == report.weightsHash)
    #expect(model.facts.classes == 2 && model.facts.inputShape.count == 2)
    #expect(model.epoch == 2 && model.provenance.spec == short.experiment.explicitText)
    guard case .standard(let mean, _) = model.facts.scaling,
      case .standard(let expected, _) = short.data.scaling
    else {
      Issue.record("not standardised")
      return
    }
    #expect(mean == expected)
    #expect(
      file.entries.map { $0.name }.sorted() == [
        "0.fc.bias", "0.fc.weight", "1.batchnorm.running_mean", "1.batchnorm.running_variance",
        "1.batchnorm.scale", "1.batchnorm.shift", "3.fc.bias", "3.fc.weight",
        "scaling.inverse_deviation", "scaling.mean",
      ])
  }
}
