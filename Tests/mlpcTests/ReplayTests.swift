import Foundation
import MLPRun
import Testing

/// `mlpc replay`, as a user meets it.
@Suite struct ReplayTests {
  private func folder(_ settings: String = "") throws -> Scratch {
    let scratch = try Scratch()
    let lines = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 2)" }
    try scratch.write("in/t.csv", (["a,b,k"] + lines).joined(separator: "\n"))
    try scratch.write(
      "in/spec.mlp",
      "fc 2 4 -> relu -> fc 2 -> softmax_ce\ndata csv path \"t.csv\" label k\n"
        + "solver sgd lr 0.1\ntrain batch 7 epochs 2 \(settings)\n")
    let run = try Program.run(["run", "in/spec.mlp", "--out", "kept"], in: scratch.url)
    #expect(run.status == 0, "\(run.stderr)")
    return scratch
  }

  private func replay(_ scratch: Scratch, _ words: String...) throws -> Program.Outcome {
    try Program.run(["replay", "kept"] + words, in: scratch.url)
  }

  @Test(arguments: [
    ("", 1), ("repeat 3", 3), ("seed {4 | 7}", 2),
    ("stop when train loss 1 epochs without gain keep best", 1),
  ])
  func eachTrainingEndsTheSame(_ settings: String, count: Int) throws {
    let scratch = try folder(settings)
    let found = try replay(scratch)
    #expect(found.status == 0, "\(found.stdout)\(found.stderr)")
    #expect(found.lines.allSatisfy { $0.contains("the same weights") })
    #expect(found.lines.count == count, "\(found.stdout)")
    #expect(try replay(scratch, "--json").lines.allSatisfy { $0.contains("\"same\":true") })
  }

  @Test func rowsAreDoneAgain() throws {
    let scratch = try folder()
    let sweep = "solver lr {0.1 | 0.2}"
    let words = [
      "run", "in/spec.mlp", "--out", "kept", "--with", sweep, "--with", "train repeat 2",
    ]
    #expect(try Program.run(words, in: scratch.url).status == 0)
    let found = try replay(scratch)
    #expect(found.status == 0, "\(found.stdout)\(found.stderr)")
    #expect(
      found.lines.map { String($0.prefix { $0 != ":" }) } == [
        "kept/model-1.1.safetensors", "kept/model-1.2.safetensors", "kept/model-2.1.safetensors",
        "kept/model-2.2.safetensors",
      ])
  }

  @Test func whatDiffersIsNamed() throws {
    let scratch = try folder()
    let spec = try scratch.text("kept/spec.mlp")
    try scratch.write("kept/spec.mlp", spec.replacing("lr 0.1", with: "lr 0.2"))
    var found = try replay(scratch)
    #expect(found.status == 1)
    #expect(found.stdout.contains("other weights"))
    #expect(found.stdout.contains("the spec differs: it was 'lr 0.1', and is 'lr 0.2'"))
    try scratch.write("kept/spec.mlp", spec)
    let table = try scratch.text("in/t.csv")
    try scratch.write("in/t.csv", table.replacing("\n0,0,0", with: "\n1,0,0"))
    found = try replay(scratch)
    #expect(found.status == 1)
    #expect(found.stdout.contains("the data differ") && !found.stdout.contains("the spec differs"))
  }

  /// Neither checkpoints nor record are touched.
  @Test func aRefusedResumeLeavesTheRecord() throws {
    let scratch = try folder()
    let before = try scratch.text("kept/spec.mlp")
    let refused = try Program.run(
      ["run", "in/spec.mlp", "--out", "kept", "--resume", "--with", "solver lr 0.2"],
      in: scratch.url)
    #expect(refused.status == 65)
    #expect(refused.stderr.contains("error[E0501]: 'solver' has changed since the checkpoint"))
    #expect(try scratch.text("kept/spec.mlp") == before)
    #expect(try replay(scratch).status == 0)
  }

  @Test func withoutARecordItSaysSo() throws {
    let scratch = try folder()
    #expect(try Program.run(["replay", "in"], in: scratch.url).status == 66)
    #expect(try Program.run(["replay", "nowhere"], in: scratch.url).status == 66)
    #expect(try Program.run(["replay"], in: scratch.url).status == 64)
    try FileManager.default.removeItem(atPath: scratch.url.path + "/kept/model.safetensors")
    let found = try replay(scratch)
    #expect(found.status == 66)
    #expect(found.stderr.contains("kept/model.safetensors"))
  }
}

/// What a later version of the program says of files that an earlier one has left.
@Suite struct OtherVersionTests {
  /// Changes the version in a file's metadata to another of the same length.
  private func age(_ path: String, _ scratch: Scratch) throws {
    let url = scratch.url.appendingPathComponent(path)
    var bytes = try Data(contentsOf: url)
    let own = "\"version\":\"\(Version.text)\""
    let other = own.replacing(Version.text, with: otherVersion)
    let place = try #require(bytes.range(of: Data(own.utf8)))
    bytes.replaceSubrange(place, with: Data(other.utf8))
    try bytes.write(to: url)
  }

  private var otherVersion: String { String(Version.text.map { $0 == "." ? "." : "7" }) }

  @Test func itIsNamedByReplayAndResume() throws {
    let scratch = try Scratch()
    try scratch.write(
      "spec.mlp",
      "fc 2 4 -> relu -> fc 2 -> softmax_ce\ndata toy xor count 40 test 10\nsolver sgd lr 0.1\n"
        + "train batch 10 epochs 2\n")
    let run = try Program.run(["run", "spec.mlp", "--out", "kept"], in: scratch.url)
    #expect(run.status == 0, "\(run.stderr)")
    try age("kept/model.safetensors", scratch)
    let same = try Program.run(["replay", "kept"], in: scratch.url)
    // The weights are what counts.
    #expect(same.status == 0)
    #expect(
      same.stdout.contains(
        "the program differs: it was 'mlpc \(otherVersion)', and is 'mlpc \(Version.text)'"),
      "\(same.stdout)")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: scratch.url.path + "/kept/checkpoints")
    for name in names { try age("kept/checkpoints/\(name)", scratch) }
    let resumed = try Program.run(
      ["run", "spec.mlp", "--out", "kept", "--resume"], in: scratch.url)
    #expect(resumed.status == 0, "\(resumed.stderr)")
    #expect(
      resumed.stderr.contains("the checkpoint is of mlpc \(otherVersion) and this is"),
      "\(resumed.stderr)")
  }
}
