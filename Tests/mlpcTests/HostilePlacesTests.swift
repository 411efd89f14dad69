import Foundation
import MLPLibrary
import Testing

@testable import mlpc

/// Pipes, devices and links where files and folders should be: nothing hangs, fills the memory, or is written outside
/// the run's folder.
@Suite struct HostilePlacesTests {
  private let training = "solver sgd lr 0.1\ntrain batch 10 epochs 1\n"

  private func makePipe(_ scratch: Scratch, _ name: String) {
    #expect(mkfifo(scratch.url.path + "/" + name, 0o600) == 0)
  }

  /// Nobody writes into the pipes: who opened one would wait for ever. Into stdin somebody writes without end.
  @Test(arguments: [
    ("fc 4 2", "csv path \"p\" label 1", "'p' is a pipe, not a file"),
    ("fc 4 2", "csv path \"/dev/zero\" label 1", "'/dev/zero' is a device, not a file"),
    ("fc 4 2", "csv path \"/dev/stdin\" label 1", "'/dev/stdin' is a pipe, not a file"),
    ("fc 4 2", "idx images \"p\" labels \"p\"", "'p' is a pipe, not a file"),
    ("fc 10", "mnist path \".\"", "'./train-images-idx3-ubyte' is a pipe, not a file"),
  ])
  func dataAreFiles(_ net: String, _ data: String, message: String) throws {
    let scratch = try Scratch()
    makePipe(scratch, "p")
    makePipe(scratch, "train-images-idx3-ubyte")
    try scratch.write("s.mlp", "\(net) -> softmax_ce\ndata \(data)\n" + training)
    let found = try Program.shell(
      "yes | '\(Program.url.path)' run s.mlp --no-out 2>&1", in: scratch.url)
    #expect(found.status == 74)
    #expect(found.said.contains(message), "\(found.said)")
  }

  @Test func aSpecMayComeThroughAPipeThatEndsOrNot() throws {
    let scratch = try Scratch()
    let program = "'\(Program.url.path)'"
    let whole = try Program.shell(
      "\(program) check <(echo 'fc 2 2 -> softmax_ce')", in: scratch.url)
    #expect(whole.status == 0, "\(whole.said)")
    let endless = try Program.shell("\(program) check <(yes '# more') 2>&1", in: scratch.url)
    #expect(endless.status == 65 && endless.said.contains("error[E0101]"), "\(endless.said)")
  }

  @Test func aPipeInAFolderIsNoSpec() throws {
    let scratch = try Scratch()
    try scratch.write("specs/a.mlp", "fc 2 2 -> softmax_ce\n")
    makePipe(scratch, "specs/b.mlp")
    let found = try Program.run(["check", "specs"], in: scratch.url)
    #expect(found.status == 0 && found.stdout.contains("specs/a.mlp: ok"), "\(found.stdout)")
    #expect(!found.stdout.contains("b.mlp"))
  }

  // MARK: Links

  @Test(arguments: ["link", "text", "folder"])
  func whatIsNoLockIsNotTouched(_ kind: String) throws {
    let scratch = try Scratch()
    try scratch.write("precious", "all I have")
    try scratch.write("kept/readme", "")
    let path = scratch.url.path + "/kept/lock"
    switch kind {
    case "link":
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "../precious")
    case "text": try scratch.write("kept/lock", "all I have")
    default: try scratch.write("kept/lock/file", "all I have")
    }
    try scratch.write("s.mlp", "fc 2 -> softmax_ce\ndata toy xor\n" + training)
    let found = try Program.run(["run", "s.mlp", "--out", "kept"], in: scratch.url)
    #expect(found.status == 74)
    #expect(found.stderr.contains("'kept/lock' is not a lock of mlpc's"), "\(found.stderr)")
    #expect(try scratch.text("precious") == "all I have")
    if kind == "text" { #expect(try scratch.text("kept/lock") == "all I have") }
  }

  @Test(arguments: ["checkpoints", "checkpoints/2"])
  func checkpointsAreNotWrittenThroughALink(_ name: String) throws {
    let scratch = try Scratch()
    try scratch.write("elsewhere/step-1.safetensors", "all I have")
    try scratch.write("elsewhere/step-2.safetensors", "all I have")
    try scratch.write("kept/readme", "")
    let path = scratch.url.path + "/kept/" + name
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: scratch.url.path + "/elsewhere")
    try scratch.write("s.mlp", "fc 2 -> softmax_ce\ndata toy xor\n" + training)
    let found = try Program.run(
      ["run", "s.mlp", "--out", "kept", "--with", "train repeat 2"], in: scratch.url)
    #expect(found.status == 74)
    #expect(found.stderr.contains("'kept/\(name)' is a link"), "\(found.stderr)")
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/elsewhere")
    #expect(left.sorted() == ["step-1.safetensors", "step-2.safetensors"])
  }

  /// A file that is written replaces a link of its name; what the link leads to stays.
  @Test func filesReplaceLinks() throws {
    let scratch = try Scratch()
    try scratch.write("precious", "all I have")
    try scratch.write("kept/readme", "")
    let names = ["model.safetensors", "metrics.csv", "run.json", "spec.mlp", "report.html"]
    for name in names {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.url.path + "/kept/" + name, withDestinationPath: "../precious")
    }
    try scratch.write("s.mlp", "fc 2 -> softmax_ce\ndata toy xor\n" + training)
    let found = try Program.run(["run", "s.mlp", "--out", "kept"], in: scratch.url)
    #expect(found.status == 0, "\(found.stderr)")
    #expect(try scratch.text("precious") == "all I have")
    for name in names { #expect(try scratch.text("kept/" + name) != "all I have") }
  }

  @Test func aRunDoesNotReplaceItsOwnSpec() throws {
    let scratch = try Scratch()
    let text = "# a remark\nfc 2 -> softmax_ce\ndata toy xor\n" + training
    try scratch.write("spec.mlp", text)
    let found = try Program.run(["run", "spec.mlp", "--out", "."], in: scratch.url)
    #expect(found.status == 64)
    #expect(found.stderr.contains("would replace 'spec.mlp'"), "\(found.stderr)")
    #expect(try scratch.text("spec.mlp") == text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["spec.mlp"])
  }

  /// The names of files are made of the specs' own, which are no way out of the folder.
  @Test(arguments: ["...mlp", "..mlp", ".mlp", "a b;$(x).mlp", "-x.mlp"])
  func namesOfSpecsLeadNowhere(_ name: String) throws {
    let scratch = try Scratch()
    try scratch.write("in/\(name)", "fc 2 -> softmax_ce\ndata toy xor\n" + training)
    let found = try Program.run(["run", "./\(name)"], in: scratch.url.appendingPathComponent("in"))
    #expect(found.status == 0, "\(found.stderr)")
    let above = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(above == ["in"])
    let inside = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/in")
    #expect(inside.sorted() == [name, "runs"].sorted())
  }
}
