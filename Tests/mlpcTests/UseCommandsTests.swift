import Foundation
import MLPLibrary
import Testing

/// `mlpc eval`, `predict`, `export` and `import`, as a user meets them.
@Suite struct UseCommandsTests {
  /// A folder with a spec, its data, and the model that a run has left.
  private static func folder() throws -> Scratch {
    let scratch = try Scratch()
    let lines = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 2 == 0 ? "even" : "odd")" }
    try scratch.write("in/t.csv", (["a,b,k"] + lines).joined(separator: "\n"))
    try scratch.write(
      "in/spec.mlp",
      "fc 2 4 -> relu -> fc 2 -> softmax_ce\ndata csv path \"t.csv\" label k test last 10\n"
        + "solver sgd lr 0.1\ntrain batch 7 epochs 2\n")
    let run = try Program.run(["run", "in/spec.mlp", "--out", "kept"], in: scratch.url)
    #expect(run.status == 0, "\(run.stderr)")
    return scratch
  }

  private func run(_ scratch: Scratch, stdin: String = "", _ words: String...) throws
    -> Program.Outcome
  {
    try Program.run(words, stdin: stdin, in: scratch.url)
  }

  private let model = "kept/model.safetensors"

  @Test func evalMeasuresOnTheSpecsOwnDataAndOnOthers() throws {
    let scratch = try Self.folder()
    let own = try run(scratch, "eval", model)
    #expect(own.status == 0, "\(own.stderr)")
    #expect(own.lines[0] == "\(model) on csv, test set of 10 samples")
    let json = try run(scratch, "eval", model, "--json", "--set", "train")
    #expect(json.stdout.contains("\"set\":\"train\",\"samples\":50"))
    let statement = "data csv path \"in/t.csv\" label k"
    let other = try run(scratch, "eval", model, "--data", statement)
    #expect(other.lines.first?.contains("train set of 60 samples") ?? false, "\(other.stderr)")
    #expect(
      try run(scratch, "eval", model, "--data", "data csv path \"t.csv\" label k").status == 66)
    #expect(try run(scratch, "eval", model, "--set", "tset").status == 64)
    #expect(try run(scratch, "eval", "in/t.csv").status == 65)
    #expect(try run(scratch, "eval", "nowhere").status == 66)
    #expect(try run(scratch, "eval").status == 64)
  }

  @Test func evalSaysThatTheDataAreOthersThanInTraining() throws {
    let scratch = try Self.folder()
    let text = try scratch.text("in/t.csv")
    try scratch.write("in/t.csv", text.replacing("\n0,0,even", with: "\n1,0,even"))
    let found = try run(scratch, "eval", model)
    #expect(found.status == 0 && found.stderr.contains("not those"))
  }

  @Test func predictTakesTablesFromFilesAndStdin() throws {
    let scratch = try Self.folder()
    let file = try run(scratch, "predict", model, "in/t.csv", "--ignore", "k")
    #expect(file.status == 0, "\(file.stderr)")
    #expect(file.lines.count == 61 && file.lines[0] == "file,sample,class,p0,p1")
    let stdin = try run(scratch, stdin: "0,0\n1,1\n", "predict", model, "-", "--json")
    #expect(stdin.lines.count == 2 && stdin.lines[1].contains("\"sample\":2"))
    let withLabels = try run(scratch, "predict", model, "in/t.csv")
    #expect(
      withLabels.status == 65 && withLabels.stderr.contains("expected a number, found 'even'"))
    // A file that fails doesn't hide the others.
    let two = try run(scratch, stdin: "0,0\n", "predict", model, "nowhere", "-")
    #expect(two.status == 66 && two.lines.count == 2)
    #expect(try run(scratch, "predict", model).status == 64)
  }

  @Test func exportWritesWhatTheEndingSays() throws {
    let scratch = try Self.folder()
    for (file, written) in [("m.npz", ["m.npz"]), ("new/m.py", ["new/m.npz", "new/m.py"])] {
      let found = try run(scratch, "export", model, "--to", file)
      #expect(found.status == 0 && found.stdout == "", "\(found.stderr)")
      for path in written {
        #expect(found.stderr.contains("wrote '\(path)'"))
        #expect(FileManager.default.fileExists(atPath: scratch.url.path + "/" + path))
      }
    }
    #expect(try run(scratch, "export", model, "--to", "m.pt").stderr.contains("'.onnx'"))
    #expect(try run(scratch, "export", model, "--to", "m.pt").status == 64)
    #expect(try run(scratch, "export", model).status == 64)
  }

  @Test func importMakesAModelThatAnswersTheSame() throws {
    let scratch = try Self.folder()
    #expect(try run(scratch, "export", model, "--to", "w.npz").status == 0)
    let found = try run(scratch, "import", "in/spec.mlp", "w.npz", "--to", "back.safetensors")
    #expect(found.status == 0, "\(found.stderr)")
    #expect(found.stderr.contains("with 22 numbers"))
    let rows = "0,1\n2,3\n6,4\n"
    let before = try run(scratch, stdin: rows, "predict", model, "-")
    let after = try run(scratch, stdin: rows, "predict", "back.safetensors", "-")
    #expect(after.status == 0 && before.stdout == after.stdout)
    #expect(try run(scratch, "eval", "back.safetensors").lines.count > 3)
    let other = try run(
      scratch, "import", "in/spec.mlp", "w.npz", "--to", "x.safetensors", "--with",
      "net fc 2 5 -> relu -> fc 2 -> softmax_ce")
    #expect(other.status == 65)
    #expect(other.stderr.contains("'0.fc.weight' in 'w.npz' has the sizes 2x4"))
    #expect(other.stderr.contains("of the network 2x5"))
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/x.safetensors"))
  }
}
