import Foundation
import Testing

/// Alternatives and repetitions, as a user meets them.
@Suite struct SweepCommandTests {
  private let sweep = smallSpec.replacingOccurrences(of: "-> relu ->", with: "-> {relu | tanh} ->")
    .replacingOccurrences(of: "sgd lr 0.1", with: "sgd lr {0.1 | 0.3}")

  /// The words of each line.
  private func words(_ found: Program.Outcome) -> [[String]] {
    found.lines.map { $0.split(separator: " ").map { String($0) } }
  }

  @Test func aLineARunAndATableAtTheEnd() throws {
    let found = try run(sweep, ["--threads", "2"])
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(
      found.lines.first
        == "digits: 450 train, 50 validation, 100 test; 4 runs, 2 side by side; 2 threads")
    #expect(found.stdout.contains("\n  relu, lr 0.1: test accuracy "))
    let words = words(found)
    #expect(
      words.contains([
        "layer", "lr", "train", "loss", "accuracy", "validation", "loss", "accuracy", "test",
        "loss",
        "accuracy",
      ]))
    for head in [["relu", "0.1"], ["relu", "0.3"], ["tanh", "0.1"], ["tanh", "0.3"]] {
      #expect(words.contains { $0.starts(with: head) && $0.count >= 8 }, "\(head)")
    }
    #expect(words.filter { $0.last == "best" }.count == 1)
  }

  @Test func seedsHaveMeanAndDeviation() throws {
    let found = try run(sweep, ["--with", "train repeat 2", "--with", "solver lr 0.1"])
    #expect(found.stdout.contains("\n  relu, seed 3: test accuracy "))
    #expect(found.stdout.contains("\n  tanh, seed 4: test accuracy "))
    let row = try #require(words(found).first { $0.starts(with: ["relu", "2"]) })
    #expect(row.filter { $0 == "±" }.count == 6)
  }

  @Test func aDivergenceIsARow() throws {
    let spec = """
      net     fc 784 10 -> euclidean
      data    digits count 500 test 100
      solver  sgd lr {0.001 | 1e6}

      """
    let found = try run(spec)
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(found.stdout.contains("\n  lr 1e6: diverged in epoch "))
    #expect(words(found).contains { $0.starts(with: ["1e6", "diverged", "in", "epoch"]) })
    #expect(try run(spec + "expect diverges when lr 1e6\n").status == 0)
    #expect(try run(spec + "expect test loss at most 100\n").status == 1)
    #expect(try run(spec, ["--with", "solver lr {1e6 | 1e7}"]).status == 76)
  }

  @Test func aSingleDivergenceMayBeExpected() throws {
    let spec = "fc 784 10 -> euclidean\ndata digits count 500 test 100\nsolver sgd lr 1e6\n"
    let found = try run(spec + "expect diverges\n")
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(words(found).last == ["divergence", "yes", "diverged", "met"])
    let missed = try run(spec + "expect diverges\n", ["--with", "solver lr 0.001"])
    #expect(missed.status == 1)
    #expect(missed.stdout.contains("no  missed"))
  }

  @Test func programsGetAnObjectARunAndOneOfAll() throws {
    let found = try run(
      sweep + "expect test accuracy at least 0.1 when relu lr 0.1\n", ["--json", "--threads", "2"])
    #expect(found.status == 0)
    #expect(found.lines.count == 5)
    let runs = try found.lines.dropLast().map { try object($0) }
    #expect(runs.map { $0["event"] as? String } == Array(repeating: "run", count: 4))
    #expect(runs.map { $0["row"] as? Int } == [1, 2, 3, 4])
    #expect(runs[1]["choices"] as? [String: String] == ["layer": "relu", "lr": "0.3"])
    #expect(runs[1]["outcome"] as? String == "finished")
    let last = try object(found.lines.last)
    #expect(last["event"] as? String == "sweep")
    let rows = try #require(last["rows"] as? [[String: Any]])
    #expect(rows.count == 4)
    #expect(rows.map { ($0["expectations"] as? [Any])?.count } == [1, 0, 0, 0])
    #expect((1...4).contains(last["best"] as? Int ?? 0))
    for (run, row) in zip(runs, rows) {
      #expect((row["weights_hashes"] as? [String]) == [run["weights_hash"] as? String ?? ""])
    }
  }

  @Test func threadsDontChangeTheOutput() throws {
    func hashes(_ threads: String) throws -> [String] {
      try run(sweep, ["--json", "--threads", threads]).lines.dropLast().map {
        try #require(try object($0)["weights_hash"] as? String)
      }
    }
    #expect(try hashes("1") == hashes("2"))
    #expect(try hashes("1") == hashes("3"))
  }
}

/// Several specs at once.
@Suite struct FolderCommandTests {
  private func folder() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("specs/b/met.mlp", smallSpec + "expect test accuracy at least 0.1\n")
    try scratch.write(
      "specs/a.mlp", smallSpec + "expect test accuracy 0.99 within 0.001 reported 0.95\n")
    try scratch.write(
      "specs/c.mlp", smallSpec.replacingOccurrences(of: "softmax_ce", with: "softmaxce"))
    try scratch.write("specs/.hidden/d.mlp", "nothing")
    try scratch.write("specs/note.txt", "no spec")
    return scratch
  }

  @Test func allAreRunAndTheTableComesLast() throws {
    let scratch = try folder()
    let found = try Program.run(["run", "specs"], in: scratch.url)
    #expect(found.status == 65)
    let lines = found.lines.map { $0.split(separator: " ").map { String($0) } }
    #expect(
      lines.map { $0.prefix(2) }.prefix(3) == [
        ["1/3", "specs/a.mlp:"], ["2/3", "specs/b/met.mlp:"], ["3/3", "specs/c.mlp:"],
      ])
    #expect(lines[3] == ["spec", "combination", "expect", "reported", "expected", "reached"])
    #expect(
      lines[4].prefix(7) == ["specs/a.mlp", "test", "accuracy", "0.95", "0.99", "±", "0.001"])
    #expect(lines[4].last == "missed")
    #expect(lines[5].last == "met")
    #expect(lines[5][3...4] == ["≥", "0.1"], "nothing was reported")
    #expect(lines[6].contains("E0301:"))
    #expect(found.lines.last == "  3 specs; 1 met, 1 missed; 1 faulty")
    #expect(found.stderr.contains("did you mean 'softmax_ce'?"))
  }

  @Test func theCodeIsTheGravest() throws {
    let scratch = try folder()
    #expect(try Program.run(["run", "specs/b"], in: scratch.url).status == 0)
    #expect(try Program.run(["run", "specs/a.mlp", "specs/b"], in: scratch.url).status == 1)
    let found = try Program.run(["run", "specs/b", "none.mlp"], in: scratch.url)
    #expect(found.status == 66)
    #expect(found.stdout.contains("there is no file 'none.mlp'"))
    #expect(try Program.run(["run", "runs/none"], in: scratch.url).status == 66)
  }

  @Test func eachHasTheBitsThatItHasAlone() throws {
    let scratch = try folder()
    let alone = try Program.run(["run", "specs/b/met.mlp", "--json"], in: scratch.url)
    let hash = try object(alone.lines.last)["weights_hash"] as? String
    let found = try Program.run(["run", "specs", "--json", "--threads", "2"], in: scratch.url)
    #expect(found.lines.count == 3)
    let results = try found.lines.map { try object($0) }
    #expect(results.map { $0["event"] as? String } == ["spec", "spec", "spec"])
    #expect(
      results.map { $0["spec"] as? String } == ["specs/a.mlp", "specs/b/met.mlp", "specs/c.mlp"])
    let rows = try #require(results[1]["rows"] as? [[String: Any]])
    #expect(rows[0]["weights_hashes"] as? [String] == [hash ?? ""])
    #expect((results[2]["diagnostics"] as? [Any])?.count == 1)
  }
}

/// Where the record goes.
@Suite struct OutCommandTests {
  private func files(_ scratch: Scratch) throws -> [String] {
    let found =
      FileManager.default.enumerator(atPath: scratch.url.path)?
      .compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".json") || $0.hasSuffix(".csv") || $0.contains("/spec") }
      .sorted()
  }

  private func kept(_ folder: String) -> [String] {
    ["metrics.csv", "run.json", "spec.mlp"].map { "\(folder)/\($0)" }
  }

  @Test func aSpecsRecordIsNamedAsTheSpec() throws {
    let scratch = try Scratch()
    try scratch.write("in/s.mlp", smallSpec)
    #expect(try Program.run(["run", "in/s.mlp"], in: scratch.url).status == 0)
    #expect(try files(scratch) == kept("runs/s"))
    #expect(try Program.run(["run", "in/s.mlp", "--out", "x/y"], in: scratch.url).status == 0)
    #expect(try files(scratch) == kept("runs/s") + kept("x/y"))
  }

  @Test func noOutKeepsNothing() throws {
    let scratch = try Scratch()
    try scratch.write("s.mlp", smallSpec)
    #expect(try Program.run(["run", "s.mlp", "--no-out"], in: scratch.url).status == 0)
    #expect(try files(scratch).isEmpty)
  }

  @Test func severalHaveFoldersOfTheirOwn() throws {
    let scratch = try Scratch()
    let short = smallSpec.replacingOccurrences(of: "epochs 2", with: "epochs 1")
    try scratch.write("in/s.mlp", short)
    try scratch.write("in/deep/s.mlp", short)
    #expect(try Program.run(["run", "in"], in: scratch.url).status == 0)
    #expect(try files(scratch) == kept("runs/in/deep/s") + kept("runs/in/s"))
    let paths = ["in/s.mlp", "in/deep/s.mlp"]
    #expect(try Program.run(["run"] + paths + ["--out", "z"], in: scratch.url).status == 0)
    #expect(try files(scratch).suffix(6) == kept("z/s-2") + kept("z/s"))
  }

  @Test func ofSeveralFoldersEachRecordIsNamedByItsOwn() throws {
    let scratch = try Scratch()
    let short = smallSpec.replacingOccurrences(of: "epochs 2", with: "epochs 1")
    for path in ["a/s.mlp", "b/s.mlp", "b/s-2.mlp", "x/b/s.mlp"] { try scratch.write(path, short) }
    #expect(try Program.run(["run", "a", "b/", "--out", "y"], in: scratch.url).status == 0)
    #expect(try files(scratch) == kept("y/a/s") + kept("y/b/s-2") + kept("y/b/s"))
    // The first keeps its name, and so does each that is alone with it.
    let paths = ["b", "x/b", "--out", "z"]
    #expect(try Program.run(["run"] + paths, in: scratch.url).status == 0)
    #expect(
      try files(scratch).suffix(9) == kept("z/b/s-2") + kept("z/b/s-3") + kept("z/b/s"))
    let text = try scratch.text("z/b/s-3/run.json")
    #expect(text.contains("\"file\":\"x/b/s.mlp\""))
  }

  @Test func anEarlierSweepLeavesNothingInTheFolder() throws {
    let scratch = try Scratch()
    func all() throws -> Set<String> {
      let found = FileManager.default.enumerator(atPath: scratch.url.path + "/runs/s")
      return Set(found?.compactMap { $0 as? String } ?? [])
    }
    let sweep = "data digits count 200 test 50\nfc 784 4 -> relu -> fc 10 -> softmax_ce\n"
    try scratch.write("s.mlp", sweep + "solver sgd lr {0.1 | 0.2 | 0.3}\ntrain epochs 1 repeat 2\n")
    #expect(try Program.run(["run", "s.mlp"], in: scratch.url).status == 0)
    #expect(try all().isSuperset(of: ["weights-3.png", "model-3.2.safetensors", "spec-3.mlp"]))
    let mine = ["weights-4.png", "weights-3.jpg", "notes.txt", "checkpoints/3.1/mine"]
    for name in mine { try scratch.write("runs/s/" + name, "") }
    try scratch.write("s.mlp", sweep + "solver sgd lr 0.1\ntrain epochs 1\n")
    #expect(try Program.run(["run", "s.mlp"], in: scratch.url).status == 0)
    let found = try all()
    try scratch.write("fresh/s.mlp", sweep + "solver sgd lr 0.1\ntrain epochs 1\n")
    #expect(
      try Program.run(["run", "fresh/s.mlp", "--out", "runs/t"], in: scratch.url).status == 0)
    let others = FileManager.default.enumerator(atPath: scratch.url.path + "/runs/t")
    let fresh = Set(others?.compactMap { $0 as? String } ?? [])
    #expect(found == fresh.union(mine).union(["checkpoints/3.1"]))
  }

  @Test func recordsAreNoSpecsToRun() throws {
    let scratch = try Scratch()
    try scratch.write("s.mlp", smallSpec.replacingOccurrences(of: "epochs 2", with: "epochs 1"))
    for _ in 1...2 {
      let found = try Program.run(["run", "."], in: scratch.url)
      #expect(found.status == 0)
      #expect(found.lines.last == "  1 spec")
    }
    #expect(try files(scratch) == kept("runs/s"))
  }

  @Test func theKeptSpecRunsFromWhereItLies() throws {
    let scratch = try Scratch()
    let rows = (0..<30).map { "\($0 % 5),\($0 % 3),\($0 % 2)\n" }.joined()
    try scratch.write("in/data/t.csv", "a,b,k\n" + rows)
    try scratch.write(
      "in/s.mlp", "fc 2 2 -> softmax_ce\ndata csv path \"data/t.csv\" label k\nsolver sgd lr 0.1\n")
    let first = try Program.run(["run", "in/s.mlp", "--json"], in: scratch.url)
    let again = try Program.run(["run", "runs/s/spec.mlp", "--json", "--no-out"], in: scratch.url)
    let hash = try object(first.lines.last)["weights_hash"] as? String
    #expect(hash != nil)
    #expect(try object(again.lines.last)["weights_hash"] as? String == hash)
  }

  @Test func aFolderThatCantBeMadeIsSaidAndTheRunGoesOn() throws {
    let scratch = try Scratch()
    try scratch.write("s.mlp", smallSpec)
    try scratch.write("runs", "a file in the way")
    let found = try Program.run(["run", "s.mlp"], in: scratch.url)
    #expect(found.status == 74)
    #expect(found.stderr.hasPrefix("mlpc: 'runs/s/checkpoints/"))
    #expect(found.stderr.split(separator: "\n").count == 1)
    #expect(found.stdout.contains("  weights  "))
  }
}
