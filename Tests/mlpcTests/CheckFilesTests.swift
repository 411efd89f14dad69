import Foundation
import Testing

/// `mlpc check` over several files, for programs, and with `--fix`.
@Suite struct CheckFilesTests {
  private let good = "fc 784 10 -> softmax_ce\n"
  private let faulty = "fc 784 10 -> rleu -> fc 10 -> softmax_ce\n"

  private func objects(_ outcome: Program.Outcome) throws -> [[String: Any]] {
    try outcome.lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func goesThroughFolders() throws {
    let scratch = try Scratch()
    try scratch.write("in/b/c.mlp", faulty)
    try scratch.write("in/b.mlp", good)
    try scratch.write("in/a.mlp", "fc 784 10 -> {relu | tanh} -> fc 10 -> softmax_ce\n")
    try scratch.write("in/notes.txt", "no spec")
    let found = try Program.run(["check", "in"], in: scratch.url)
    #expect(found.status == 65)
    #expect(
      found.stdout == """
        in/a.mlp: ok, 2 combinations
        in/b.mlp: ok
        3 specs: 2 ok, 1 faulty, 1 error

        """)
    #expect(found.stderr.contains("--> in/b/c.mlp:1:14"))
    #expect(!found.stderr.contains("1 error\n"))
  }

  @Test func pathsThatCannotBeReadAreCounted() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", good)
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let found = try Program.run(["check", "a.mlp", "gone.mlp", "empty"], in: scratch.url)
    #expect(found.status == 66)
    #expect(found.stdout == "a.mlp: ok\n1 spec: 1 ok; 2 paths not read\n")
    #expect(
      found.stderr == """
        mlpc: there is no file 'gone.mlp'
        mlpc: the folder 'empty' holds no spec ('.mlp')

        """)
  }

  @Test func linksBetweenFoldersEndNothing() throws {
    let scratch = try Scratch()
    try scratch.write("in/a.mlp", good)
    let link = scratch.url.appendingPathComponent("in/again")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: ".")
    #expect(try Program.run(["check", "in"], in: scratch.url).lines.count == 2)
  }

  // MARK: For programs

  @Test func writesObjects() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", "# é\n" + faulty)
    try scratch.write("b.mlp", good)
    let found = try Program.run(["check", "--json", "a.mlp", "b.mlp", "c.mlp"], in: scratch.url)
    #expect(found.status == 66)
    let all = try objects(found)
    #expect(all.map { $0["event"] as? String } == ["diagnostic", "file", "file", "file"])
    #expect(all[0]["code"] as? String == "E0301")
    #expect(all[0]["message"] as? String == "there is no layer 'rleu'")
    #expect(all[0]["help"] as? String == "did you mean 'relu'?")
    #expect(all[0]["note"] is NSNull)
    let span = all[0]["span"] as? [String: [String: Int]]
    #expect(span?["start"] == ["line": 2, "column": 14, "offset": 18])
    #expect(span?["end"] == ["line": 2, "column": 18, "offset": 22])
    let edits = all[0]["edits"] as? [[String: Any]]
    #expect(edits?.first?["replacement"] as? String == "relu")
    #expect(edits?.first?["span"] as? [String: [String: Int]] == span)
    #expect(all[1]["ok"] as? Bool == false)
    #expect(all[1]["errors"] as? Int == 1)
    #expect(all[2]["ok"] as? Bool == true)
    #expect(all[2]["parameters"] as? Int == 7850)
    #expect(all[3]["problem"] as? String == "there is no file 'c.mlp'")
  }

  @Test func labelsHavePlaces() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", "fc 784 10 -> fc 20 5 -> softmax_ce\n")
    let all = try objects(try Program.run(["check", "--json", "a.mlp"], in: scratch.url))
    let labels = try #require(all[0]["labels"] as? [[String: Any]])
    #expect(labels.map { $0["message"] as? String } == ["gives 10"])
    #expect(labels.map { $0["file"] as? String } == ["a.mlp"])
  }

  @Test func writesASARIFDocument() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", faulty)
    let found = try Program.run(["check", "--sarif", "a.mlp", "gone.mlp"], in: scratch.url)
    #expect(found.status == 66)
    let all = try objects(found)
    #expect(all.count == 1)
    #expect(all[0]["version"] as? String == "2.1.0")
    let run = try #require((all[0]["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["E0301"])
    #expect((results[0]["fixes"] as? [Any])?.count == 1)
    let invocations = try #require(run["invocations"] as? [[String: Any]])
    #expect(invocations[0]["executionSuccessful"] as? Bool == false)
  }

  // MARK: --fix

  @Test func fixesAndSaysWhat() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", faulty + "solver sgd learning_rate 0.1\ntrain epochs zero\n")
    let found = try Program.run(["check", "--fix", "a.mlp"], in: scratch.url)
    #expect(found.status == 65)
    #expect(
      found.stdout
        == "a.mlp:1:14: 'rleu' → 'relu' (E0301)\na.mlp:2:12: 'learning_rate' → 'lr' (E0303)\n")
    #expect(found.stderr.contains("error[E0306]"))
    #expect(found.stderr.hasSuffix("1 error\n"))
    #expect(
      try scratch.text("a.mlp")
        == "fc 784 10 -> relu -> fc 10 -> softmax_ce\nsolver sgd lr 0.1\ntrain epochs zero\n")
  }

  @Test func aFixedSpecIsChecked() throws {
    let scratch = try Scratch()
    try scratch.write("in/a.mlp", faulty)
    try scratch.write("in/b.mlp", good)
    let found = try Program.run(["check", "--fix", "in"], in: scratch.url)
    #expect(found.status == 0)
    #expect(
      found.stdout == """
        in/a.mlp:1:14: 'rleu' → 'relu' (E0301)
        in/a.mlp: ok
        in/b.mlp: ok
        2 specs: 2 ok

        """)
    let again = try objects(try Program.run(["check", "--fix", "--json", "in"], in: scratch.url))
    #expect(again.map { $0["event"] as? String } == ["file", "file"])
  }
}

@Suite struct DiffCommandTests {
  @Test func namesWhatDiffers() throws {
    let scratch = try Scratch()
    let spec = "net fc 784 10 -> relu -> fc 10 -> softmax_ce\nsolver sgd lr 0.1\n"
    try scratch.write("a.mlp", spec)
    try scratch.write(
      "b.mlp",
      spec.replacingOccurrences(of: "relu", with: "sigmoid")
        .replacingOccurrences(of: "0.1", with: "0.01"))
    let found = try Program.run(["diff", "a.mlp", "b.mlp"], in: scratch.url)
    #expect(found.status == 1)
    #expect(found.stdout == "net layer 2: relu → sigmoid\nsolver lr 0.1 → 0.01\n\n2 differences\n")
    let json = try Program.run(["diff", "--json", "a.mlp", "b.mlp"], in: scratch.url)
    #expect(json.status == 1)
    #expect(
      json.stdout == """
        {"event":"difference","kind":"changed","place":"net layer 2","old":["relu"],"new":["sigmoid"]}
        {"event":"difference","kind":"changed","place":"solver lr","old":["0.1"],"new":["0.01"]}
        {"event":"result","same":false,"differences":2}

        """)
  }

  @Test func whatMeansTheSameIsTheSame() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", "fc 784 10 -> softmax_ce\n")
    try scratch.write("b.mlp", "# other\ntrain epochs 10\nlet n = 10\nfc 784 n -> softmax_ce\n")
    let found = try Program.run(["diff", "a.mlp", "b.mlp"], in: scratch.url)
    #expect(found.status == 0)
    #expect(found.stdout == "the same experiment\n")
  }

  @Test func faultySpecsAreNotCompared() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", "fc 784 10 -> softmax_ce\n")
    try scratch.write("b.mlp", "fc 784 10\n")
    let found = try Program.run(["diff", "a.mlp", "b.mlp"], in: scratch.url)
    #expect(found.status == 65)
    #expect(found.stdout.isEmpty)
    #expect(found.stderr.contains("--> b.mlp:1:1"))
    #expect(try Program.run(["diff", "a.mlp", "gone.mlp"], in: scratch.url).status == 66)
  }
}
