import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// What a run leaves in its folder.
@Suite struct RecordTests {
  private func record(
    _ spec: String, _ overlays: [String] = [], threads: Int = 2, in world: MemoryWorld = writable
  ) throws -> (report: SweepReport, files: [String: String], record: RunRecord) {
    let texts = [spec] + overlays
    let session = Session(texts.map { Source(name: "s.mlp", text: $0) }, in: world)
    let record = RunRecord(session, folder: "runs/s")
    let report = try session.run(threads: threads, record: record) { _ in }
    let written = world.log.events.written
    return (report, written.mapValues { String(decoding: $0, as: UTF8.self) }, record)
  }

  private static var writable: MemoryWorld {
    var world = MemoryWorld()
    world.isWritable = true
    return world
  }

  private let single = """
    fc 2 8 -> relu -> fc 2 -> softmax_ce
    data toy xor count 300 test 100 validation last 50
    solver sgd lr 0.5 schedule cosine
    train batch 20 epochs 2 seed 3

    """

  // MARK: Metrics

  @Test func metricsHaveARowAnEpoch() throws {
    let (report, files, _) = try record(single)
    let epochs = report.runs[0].epochs
    func line(_ epoch: Int, _ step: Int, _ rate: Double) throws -> String {
      let record = epochs[epoch - 1]
      let validation = try #require(record.validation)
      return "3,\(epoch),\(step),\(record.train.loss),\(record.train.accuracy),"
        + "\(validation.loss),\(validation.accuracy),\(rate),0.0\n"
    }
    // 250 samples in batches of 20: 13 steps an epoch.
    let text =
      "seed,epoch,step,train_loss,train_accuracy,validation_loss,validation_accuracy,rate,seconds\n"
      + (try line(1, 13, epochs[0].rate)) + (try line(2, 26, epochs[1].rate))
    #expect(files["runs/s/metrics.csv"] == text)
    #expect(epochs[0].rate > 0.2 && epochs[0].rate < 0.3)
    #expect(epochs[1].rate < 0.01)
  }

  @Test func axesAreColumnsAndDivergedRunsEndEarly() throws {
    let (_, files, _) = try record(
      """
      fc 2 8 -> {relu | leaky_relu -> fc 4} -> fc 2 -> euclidean
      data toy xor count 300 test 100
      solver {sgd lr {0.1 | 1e30} | adam}
      train batch 100 epochs 2

      """)
    let lines = try #require(files["runs/s/metrics.csv"]).split(separator: "\n")
    #expect(lines.first?.hasPrefix("layer,solver,lr,seed,epoch,step,") == true)
    let runs = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(runs.filter { $0[1] == "adam" && $0[2] == "" }.count == 4)
    #expect(runs.filter { $0[2] == "0.1" }.count == 4)
    #expect(runs.filter { $0[2] == "1e30" }.isEmpty)
    // There is no validation set.
    #expect(runs.allSatisfy { $0[8] == "" && $0[9] == "" })
  }

  @Test func cellsAreQuotedWhereTheyMust() throws {
    #expect(MetricsCSV.quoted("relu") == "relu")
    #expect(MetricsCSV.quoted("path \"a,b\"") == "\"path \"\"a,b\"\"\"")
  }

  // MARK: The spec

  @Test func theSpecRunsAgainToTheSameBits() throws {
    let (report, files, _) = try record(single, ["train seed 9"])
    let spec = try #require(files["runs/s/spec.mlp"])
    #expect(spec.contains("momentum 0"))
    #expect(spec.contains("seed 9"))
    #expect(try sweep(spec).hashes == report.hashes)
  }

  @Test func eachRowAndEachSeedHasItsSpec() throws {
    let (report, files, _) = try record(
      sweptSpec + "expect test loss at most 9 when relu\n", ["train repeat 2"])
    let specs = files.keys.filter { $0.hasSuffix(".mlp") }.sorted()
    #expect(specs == (1...4).map { "runs/s/spec-\($0).mlp" })
    let again = try specs.flatMap { try sweep(try #require(files[$0])).hashes }
    #expect(again == report.hashes)
    #expect(files["runs/s/spec-1.mlp"]?.contains("expect  test loss at most 9\n") == true)
    #expect(files["runs/s/spec-3.mlp"]?.contains("expect") == false)

    let seeds = try record(sweptSpec, ["solver lr 0.1", "train seed {5 | 3}"])
    let names = seeds.files.keys.filter { $0.hasSuffix(".mlp") }.sorted()
    #expect(names == ["1.1", "1.2", "2.1", "2.2"].map { "runs/s/spec-\($0).mlp" })
    let hashes = try names.flatMap { try sweep(try #require(seeds.files[$0])).hashes }
    #expect(hashes == seeds.report.hashes)
  }

  @Test(arguments: [
    ("runs/s", "/", "t.csv", "../../t.csv"), ("runs/s", "specs/", "t.csv", "../../specs/t.csv"),
    ("./runs/", "a/", "t.csv", "../a/t.csv"), ("runs", "a/", "/data/t.csv", "/data/t.csv"),
    ("/tmp/x", "a/", "t.csv", "/home/me/a/t.csv"), ("../x", "a/", "t.csv", "/home/me/a/t.csv"),
  ])
  func pathsStillLeadToTheirFiles(folder: String, base: String, path: String, found: String) {
    let spec = "data    csv path \"\(path)\" label \"path\" test_path \"\(path)\"\n"
    let copy = SpecCopy.text(
      spec, from: PlacedWorld(base: base == "/" ? "" : base), to: folder)
    #expect(
      copy == "data    csv path \"\(found)\" label \"path\" test_path \"\(found)\"\n")
  }

  // MARK: Results

  @Test func resultsAreTheSameWithAnyNumberOfThreads() throws {
    let spec = sweptSpec + "expect test accuracy at least 0.5 when relu\n"
    let texts = try [1, 3].map { try record(spec, threads: $0).files["runs/s/run.json"] }
    #expect(texts[0] == texts[1])
    let text = try #require(texts[0])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(Set(object.keys) == ["program", "spec", "axes", "rows", "best"])
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.count == 4)
    #expect(rows[1]["choices"] as? [String: String] == ["layer": "relu", "lr": "0.5"])
    let data = try rows.map { try #require($0["data"] as? [String: Any]) }
    #expect(data[0]["named"] as? String == "toy")
    #expect(Set(data.compactMap { $0["hash"] as? String }).count == 1)
    let runs = try #require(rows[0]["runs"] as? [[String: Any]])
    #expect((runs[0]["weights_hash"] as? String)?.count == 16)
    #expect(runs[0]["outcome"] as? String == "finished")
    #expect((rows[0]["expectations"] as? [Any])?.count == 1)
    #expect((object["spec"] as? [String: Any])?["text"] as? String == spec)
  }

  @Test func otherDataHaveAnotherHash() throws {
    func hash(_ overlay: String) throws -> String {
      let world = MemoryWorld()
      let text = single.replacingOccurrences(of: "data toy xor", with: "data toy \(overlay)")
      let session = Session([Source(name: "s", text: text)], in: world)
      let report = try session.run(threads: 1) { _ in }
      return try #require(report.runs[0].outcome.report?.model).data.hash
    }
    let hashes = try ["xor", "xor seed 2", "xor noise 0.1", "moons", "xor", "xor random_labels 2"]
      .map(hash)
    #expect(hashes[0] == hashes[4])
    #expect(Set(hashes).count == 5)
  }

  // MARK: A folder that can't be written

  @Test func aFolderThatCantBeWrittenIsSaidOnceAndTheRunGoesOn() throws {
    let world = MemoryWorld()
    let (report, files, record) = try record(sweptSpec, in: world)
    #expect(files.isEmpty)
    #expect(!report.hashes.contains(nil))
    #expect(world.log.events.notes.count == 1)
    let note = try #require(world.log.events.notes.first)
    #expect(note.hasPrefix("'runs/s/"))
    #expect(note.contains(" can't be written: "))
    #expect(note.hasSuffix("no space left on device"))
    #expect(record.folder.keptNothing)
    #expect(try !self.record(sweptSpec).record.folder.keptNothing)
  }

  // MARK: What pictures need

  @Test func aRunKeepsTraceParametersAndPredictions() throws {
    let spec = single.replacingOccurrences(of: "count 300", with: "count 2550")
    let report = try #require(try sweep(spec).runs[0].outcome.report)
    #expect(report.trace.map { $0.observations } == [1000, 1000, 500, 1000, 1000, 500])
    let first = report.trace.prefix(3)
    let mean = first.reduce(0) { $0 + $1.loss * Double($1.observations) } / 2500
    #expect(abs(mean - report.epochs[0].train.loss) < 1e-9)
    let model = try #require(report.model)
    #expect(WeightsHash.text(of: model.parameters) == report.weightsHash)
    let predictions = try #require(model.predictions)
    #expect(predictions.set == "test")
    #expect(predictions.classes.count == 100)
    let correct = zip(predictions.classes, predictions.labels).count { $0 == $1 }
    #expect(Double(correct) / 100 == report.test?.accuracy)
  }

  @Test func withoutTestSetTheValidationSetIsPredicted() throws {
    var world = MemoryWorld()
    let lines = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 2)" }
    world.files["t.csv"] = Array((["a,b,k"] + lines).joined(separator: "\n").utf8)
    let report = try sweep(
      "fc 2 2 -> softmax_ce\ndata csv path \"t.csv\" label k validation last 20\nsolver sgd lr 0.1\n",
      world: world)
    let run = try #require(report.runs[0].outcome.report)
    let predictions = try #require(run.model?.predictions)
    #expect(predictions.set == "validation")
    #expect(predictions.rows == 40..<60)
    let correct = zip(predictions.classes, predictions.labels).count { $0 == $1 }
    #expect(Double(correct) / 20 == run.validation?.accuracy)
  }
}

/// A world whose spec lies in a folder, and whose current folder is known.
private struct PlacedWorld: World {
  let base: String

  func location(of path: String) -> String { path.hasPrefix("/") ? path : base + path }
  var currentFolder: String? { "/home/me" }
  func read(_ path: String, limit: Int, takesPipes: Bool) throws(Problem) -> [UInt8] {
    throw Problem(.missing, "nothing")
  }
  func fileExists(_ path: String) -> Bool { false }
  func writeAtomically(_ bytes: [UInt8], to path: String) throws(Problem) {}
  func download(
    _ url: String, progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) -> [UInt8] { throw Problem(.missing, "nothing") }
  func environment(_ name: String) -> String? { nil }
  var cacheFolder: String? { nil }
  var memory: Int { 1 << 30 }
  func now() -> Double { 0 }
  func note(_ message: String) {}
  func progress(_ line: String?) {}
}
