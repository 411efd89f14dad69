import Foundation
import MLPTestSupport
import Testing

@Suite struct FmtCommandTests {
  private let loose = "fc 784 10->softmax_ce # all\ndata   mnist\n"
  private let neat = "fc 784 10 -> softmax_ce  # all\ndata    mnist\n"

  @Test func rewritesWhatChangesAndNamesIt() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", loose)
    try scratch.write("b.mlp", neat)
    let found = try Program.run(["fmt", "a.mlp", "b.mlp"], in: scratch.url)
    #expect(found.status == 0)
    #expect(found.stdout == "a.mlp\n")
    #expect(found.stderr.isEmpty)
    #expect(try scratch.text("a.mlp") == neat)
    #expect(try Program.run(["fmt", "a.mlp", "b.mlp"], in: scratch.url).stdout.isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }

  @Test func leavesWhatNeedsNoChangeUntouched() throws {
    let scratch = try Scratch()
    let file = try scratch.write("b.mlp", neat)
    let past = Date(timeIntervalSince1970: 1_000_000)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file.path)
    #expect(try Program.run(["fmt", file.path]).status == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.modificationDate] as? Date == past)
  }

  @Test func keepsPermissionsAndLinks() throws {
    let scratch = try Scratch()
    let file = try scratch.write("in/a.mlp", loose)
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: file.path)
    let link = scratch.url.appendingPathComponent("link.mlp")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "in/a.mlp")
    #expect(try Program.run(["fmt", "link.mlp"], in: scratch.url).stdout == "link.mlp\n")
    #expect(try scratch.text("in/a.mlp") == neat)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o750)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "in/a.mlp")
  }

  @Test func checksWithoutChanging() throws {
    let scratch = try Scratch()
    try scratch.write("in/a.mlp", loose)
    try scratch.write("in/deeper/b.mlp", loose)
    try scratch.write("in/c.mlp", neat)
    try scratch.write("in/.hidden/d.mlp", loose)
    let found = try Program.run(["fmt", "--check", "in"], in: scratch.url)
    #expect(found.status == 1)
    #expect(found.stdout == "in/a.mlp\nin/deeper/b.mlp\n")
    #expect(try scratch.text("in/a.mlp") == loose)
    #expect(try Program.run(["fmt", "--check", "in/c.mlp"], in: scratch.url).status == 0)
  }

  @Test func showsTheDifference() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", loose)
    let found = try Program.run(["fmt", "--diff", "a.mlp"], in: scratch.url)
    #expect(found.status == 1)
    #expect(
      found.stdout == """
        --- a.mlp
        +++ a.mlp
        @@ -1,2 +1,2 @@
        -fc 784 10->softmax_ce # all
        -data   mnist
        +fc 784 10 -> softmax_ce  # all
        +data    mnist

        """)
    #expect(try scratch.text("a.mlp") == loose)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/patch")))
  func theDifferenceIsAPatch() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", "# x\r\n\n\n\nnet fc 784 10->softmax_ce\n" + loose)
    let diff = try Program.run(["fmt", "--diff", "a.mlp"], in: scratch.url).stdout
    try scratch.write("a.patch", diff)
    let patch = Process()
    patch.executableURL = URL(fileURLWithPath: "/usr/bin/patch")
    patch.arguments = ["-s", "--binary", "a.mlp", "a.patch"]
    patch.currentDirectoryURL = scratch.url
    try patch.run()
    patch.waitUntilExit()
    #expect(patch.terminationStatus == 0)
    #expect(try Program.run(["fmt", "--check", "a.mlp"], in: scratch.url).status == 0)
  }

  @Test(.enabled(if: Program.hasPython))
  func theDifferenceIsColouredOnATerminal() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", loose)
    let found = try Program.runOnTerminal(["fmt", "--diff", "a.mlp"], in: scratch.url)
    #expect(found.stdout.contains("\u{1B}[31m-data   mnist\u{1B}[0m"))
    let plain = try Program.runOnTerminal(
      ["fmt", "--diff", "a.mlp"], environment: ["NO_COLOR": "1"], in: scratch.url)
    #expect(!plain.stdout.contains("\u{1B}"))
  }

  @Test(arguments: [[], ["-"]])
  func textOnStdinGoesToStdout(paths: [String]) throws {
    let found = try Program.run(["fmt"] + paths, stdin: loose)
    #expect(found.status == 0)
    #expect(found.stdout == neat)
    #expect(try Program.run(["fmt"] + paths, stdin: neat).stdout == neat)
    #expect(try Program.run(["fmt", "--check"] + paths, stdin: loose).status == 1)
    #expect(try Program.run(["fmt", "--check"] + paths, stdin: neat).status == 0)
    #expect(
      try Program.run(["fmt", "--diff"] + paths, stdin: loose).stdout.hasPrefix("--- <stdin>\n"))
  }

  @Test(.enabled(if: Program.hasPython))
  func aTerminalIsNoText() throws {
    let found = try Program.runOnTerminal(["fmt"])
    #expect(found.status == 64)
    #expect(found.stdout.contains("mlpc: fmt needs a file, a folder, or text on stdin"))
  }

  @Test func aFaultyFileIsLeftAlone() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", "net (fc 1\n")
    try scratch.write("b.mlp", loose)
    let found = try Program.run(["fmt", "a.mlp", "b.mlp"], in: scratch.url)
    #expect(found.status == 65)
    #expect(found.stdout == "b.mlp\n")
    #expect(found.stderr.contains("error[E0204]"))
    #expect(try scratch.text("a.mlp") == "net (fc 1\n")
    #expect(try Program.run(["fmt"], stdin: "net (fc 1\n").stdout.isEmpty)
    #expect(try Program.run(["fmt", "nowhere.mlp"]).status == 66)
    #expect(try Program.run(["fmt", scratch.url.path + "/none"]).status == 66)
  }

  /// That there is no such word is the checker's matter.
  @Test func onlyMistakesOfSyntaxCount() throws {
    #expect(try Program.run(["fmt"], stdin: "net   zzz\n").stdout == "net     zzz\n")
  }

  @Test func theSpecsOfTheProjectAreCanonical() throws {
    let files = AnnotatedSpec.all(below: "specs").map { $0.path }
    let found = try Program.run(
      ["fmt", "--check"] + files.filter { !$0.hasPrefix("specs/language/") })
    #expect(found.status == 0)
    #expect(found.stdout.isEmpty)
  }

  // MARK: --explicit

  @Test func explicitTextRunsTheSame() throws {
    let scratch = try Scratch()
    let text =
      "fc 8 -> relu -> fc 2 -> softmax_ce\ndata toy spirals count 200 test 50\nsolver adam lr 0.01\n"
    try scratch.write("a.mlp", text)
    let explicit = try Program.run(["fmt", "--explicit", "a.mlp"], in: scratch.url)
    #expect(explicit.status == 0)
    #expect(try scratch.text("a.mlp") == text)
    try scratch.write("b.mlp", explicit.stdout)
    let hashes = try ["a.mlp", "b.mlp"].map { file in
      let run = try Program.run(["run", file, "--threads", "1"], in: scratch.url)
      return try #require(run.lines.first { $0.contains("  weights  ") })
    }
    #expect(hashes[0] == hashes[1])
    #expect(try Program.run(["fmt", "--explicit"], stdin: text).stdout == explicit.stdout)
  }

  @Test func combinationsThatCannotBeOneTextAreNumbered() throws {
    let text = "fc 784 10 -> softmax_ce\nsolver {adam lr 0.1 | sgd lr {0.1 | 0.2}}\n"
    let found = try Program.run(["fmt", "--explicit"], stdin: text)
    #expect(
      found.lines.filter { $0.hasPrefix("#") } == [
        "# combination 1 of 3: adam lr 0.1",
        "# combination 2 of 3: sgd lr …, 0.1",
        "# combination 3 of 3: sgd lr …, 0.2",
      ])
  }
}
