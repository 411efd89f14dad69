import Foundation
import Testing

/// 500 drawn digits and a small network: a fraction of a second in debug.
let smallSpec = """
  net     fc 784 16 -> relu -> fc 16 10 -> softmax_ce
  data    digits count 500 test 100 validation last 50
  solver  sgd lr 0.1
  train   batch 20 epochs 2 seed 3

  """

/// Runs `text` as a spec in a folder of its own.
func run(
  _ text: String, _ options: [String] = [], environment: [String: String] = [:]
) throws -> Program.Outcome {
  let scratch = try Scratch()
  try scratch.write("s.mlp", text)
  return try Program.run(["run", "s.mlp"] + options, environment: environment, in: scratch.url)
}

/// The object on a line of JSON.
func object(_ line: String?) throws -> [String: Any] {
  let value = try JSONSerialization.jsonObject(with: Data(try #require(line).utf8))
  return try #require(value as? [String: Any])
}

/// What `--json` gives at last.
func result(
  _ text: String, _ options: [String] = [], environment: [String: String] = [:]
) throws -> [String: Any] {
  let found = try run(text, options + ["--json"], environment: environment)
  let result = try object(found.lines.last)
  #expect(result["event"] as? String == "result", "\(found.stderr)")
  return result
}

@Suite struct RunCommandTests {
  @Test func resultsGoToStdoutAndNothingToStderr() throws {
    let found = try run(smallSpec)
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(found.stdout.hasPrefix("digits: 450 train, 50 validation, 100 test; "))
    let words = found.lines.map { $0.split(separator: " ").map { String($0) } }
    #expect(
      words.contains([
        "epoch", "train", "loss", "accuracy", "validation", "loss", "accuracy", "time",
      ]))
    #expect(words.contains { $0.first == "2" && $0.count == 7 })
    for row in ["train", "validation", "test"] {
      #expect(words.contains { $0.first == row && $0.count == 3 }, "\(row)")
    }
    #expect(words.contains(["seed", "3"]))
    #expect(words.contains { $0.first == "weights" && $0.last?.count == 16 })
  }

  @Test func aMissedExpectationIsCodeOne() throws {
    let missed = try run(smallSpec + "expect test accuracy 0.999 within 0.0001\n")
    #expect(missed.status == 1)
    #expect(missed.stdout.contains("missed"))
    let met = try run(smallSpec + "expect test accuracy 0.5 within 0.5 reported 0.7\n")
    #expect(met.status == 0)
    let row = met.lines.first { $0.contains("test accuracy") }?.split(separator: " ")
    #expect(row?.prefix(6).map { String($0) } == ["test", "accuracy", "0.7", "0.5", "±", "0.5"])
    #expect(row?.last == "met")
  }

  @Test func aFaultySpecIsShownAndNotRun() throws {
    let found = try run("net fc 784 10 -> softmax_ce\ndata digits\ntrain epochs 0\n")
    #expect(found.status == 65)
    #expect(found.stdout.isEmpty)
    #expect(found.stderr.contains("the spec has no 'solver' statement"))
    #expect(found.stderr.contains("'epochs' must be from 1 to 1 000 000, found 0"))
    #expect(found.stderr.hasSuffix("2 errors\n"))
  }

  @Test func divergenceIsSaidAtTheSolver() throws {
    let spec = """
      net     fc 784 10 -> euclidean
      data    digits count 500 test 100
      solver  sgd lr 1e6

      """
    let found = try run(spec)
    #expect(found.status == 76)
    #expect(found.stderr.contains("training diverged: the loss is not finite at step "))
    #expect(found.stderr.contains("--> s.mlp:3:1"))
    let json = try run(spec, ["--json"])
    #expect(json.status == 76)
    #expect(json.stderr.isEmpty)
    let last = try object(json.lines.last)
    #expect(last["event"] as? String == "diverged")
    let (epoch, step) = (last["epoch"] as? Int ?? 0, last["step"] as? Int ?? 0)
    #expect(step > 1)
    #expect(epoch == (step - 1) / 5 + 1)
  }

  @Test func resultsThatCantBeWrittenAreAnError() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["--version"]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    #expect(process.terminationStatus == 74)
  }
}

@Suite struct BitsTests {
  @Test func threadsAndRepetitionDontChangeTheWeights() throws {
    let hashes = try ["1", "2", "3", "3"].map {
      try #require(try result(smallSpec, ["--threads", $0])["weights_hash"] as? String)
    }
    #expect(Set(hashes).count == 1)
    #expect(hashes[0].count == 16)
  }

  @Test func theSeedDoes() throws {
    let one = try result(smallSpec)["weights_hash"] as? String
    let other = try result(smallSpec, ["--with", "train seed 4"])["weights_hash"] as? String
    #expect(one != other)
  }
}

@Suite struct MergeTests {
  @Test func settingsOverrideAndTheOthersStay() throws {
    let found = try run(smallSpec, ["--with", "train epochs 1", "--json"])
    #expect(found.lines.count == 2)
    let result = try object(found.lines.last)
    #expect(result["seed"] as? Int == 3)
  }

  @Test func theLastOfSeveralHolds() throws {
    let found = try run(
      smallSpec,
      ["--json", "--with", "train epochs 1", "--with=solver lr 0.2", "--with", "train epochs 3"])
    #expect(found.lines.count == 4)
    let plain = try run(smallSpec, ["--json", "--with", "train epochs 3"])
    #expect(
      try object(found.lines.last)["weights_hash"] as? String
        != object(plain.lines.last)["weights_hash"] as? String)
  }

  @Test func anotherWordReplacesTheStatement() throws {
    // sgd's lr would be too much for adam's first steps; with 'nesterov' left over it would be an error.
    let spec = smallSpec.replacingOccurrences(
      of: "sgd lr 0.1", with: "sgd lr 0.1 momentum 0.5 nesterov yes")
    #expect(try run(spec, ["--with", "solver adam lr 0.01"]).status == 0)
    let kept = try run(spec, ["--with", "solver momentum 0"])
    #expect(kept.status == 65)
    #expect(kept.stderr.contains("'nesterov yes' has no effect"))
  }

  @Test func expectationsAreAdded() throws {
    let found = try result(
      smallSpec + "expect test accuracy 0.5 within 0.5\n",
      ["--with", "expect train loss 1 within 100"])
    #expect((found["expectations"] as? [Any])?.count == 2)
  }
}

@Suite struct JSONTests {
  @Test func eachEpochIsAnObjectAndTheResultIsTheLast() throws {
    let found = try run(
      smallSpec + "expect test accuracy 0.5 within 0.5 reported 0.6\n", ["--json"])
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(found.lines.count == 3)
    for (index, line) in found.lines.dropLast().enumerated() {
      let epoch = try object(line)
      #expect(
        Set(epoch.keys) == ["event", "epoch", "epochs", "train", "validation", "seconds"])
      #expect(epoch["event"] as? String == "epoch")
      #expect(epoch["epoch"] as? Int == index + 1)
      #expect(epoch["epochs"] as? Int == 2)
      try expectScore(epoch["train"])
      try expectScore(epoch["validation"])
    }
    try expectResult(try object(found.lines.last))
  }

  private func expectResult(_ result: [String: Any]) throws {
    #expect(
      Set(result.keys) == [
        "event", "train", "validation", "test", "expectations", "seconds", "samples_per_second",
        "seed", "weights_hash", "data", "data_named",
      ])
    for set in ["train", "validation", "test"] { try expectScore(result[set]) }
    let seconds = try #require(result["seconds"] as? [String: Double])
    #expect(Set(seconds.keys) == ["load", "train", "evaluate"])
    #expect((result["samples_per_second"] as? Double ?? 0) > 0)
    #expect(result["data"] as? String == "digits")
    #expect(result["data_named"] as? String == "digits")
    let expectations = try #require(result["expectations"] as? [[String: Any]])
    let expectation = try #require(expectations.first)
    #expect(
      Set(expectation.keys) == [
        "set", "measure", "expected", "within", "at", "reported", "reached", "deviation", "verdict",
      ])
    #expect(expectation["set"] as? String == "test")
    #expect(expectation["measure"] as? String == "accuracy")
    #expect(expectation["reported"] as? Double == 0.6)
    #expect(expectation["verdict"] as? String == "met")
    let test = try #require(result["test"] as? [String: Double])
    #expect(expectation["reached"] as? Double == test["accuracy"])
  }

  private func expectScore(_ value: Any?) throws {
    let score = try #require(value as? [String: Double])
    #expect(Set(score.keys) == ["loss", "accuracy"])
    #expect((0...1).contains(score["accuracy"] ?? -1))
    #expect((score["loss"] ?? -1) > 0)
  }

  @Test func aSetThatIsNotThereIsNull() throws {
    let found = try result(smallSpec, ["--with", "data validation none"])
    #expect(found["validation"] is NSNull)
  }

  @Test func diagnosticsAreObjectsToo() throws {
    let found = try run(smallSpec, ["--json", "--with", "train epohcs 3"])
    #expect(found.status == 65)
    #expect(found.stderr.isEmpty)
    #expect(found.lines.count == 1)
    let diagnostic = try object(found.lines.first)
    #expect(diagnostic["event"] as? String == "diagnostic")
    #expect(diagnostic["file"] as? String == "--with")
    let span = diagnostic["span"] as? [String: [String: Int]]
    #expect(span?["start"] == ["line": 1, "column": 7, "offset": 6])
    #expect(diagnostic["severity"] as? String == "error")
  }
}
