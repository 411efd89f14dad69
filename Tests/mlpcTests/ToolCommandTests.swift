import Foundation
import Testing

/// What the commands that work on specs take in, as a user meets it.
@Suite("The tools on the command line", .enabled(if: isBuilt, "the program isn't built"))
struct ToolCommandTests {
  private let spec = "fc 2 3 -> relu -> fc 2 -> softmax_ce\n"

  @Test(arguments: ["version", "-v", "verison"]) func theVersionIsFound(word: String) throws {
    let found = try Program.run([word])
    #expect(found.status == 64)
    #expect(
      found.stderr
        == "mlpc: there is no command '\(word)'; did you mean '--version'?\n"
        + "'mlpc help' lists the commands\n")
    #expect(try Program.run(["help"]).stdout.contains("mlpc --version"))
  }

  @Test func theSuggestionForACommandIsTheLastThingBeforeTheHint() throws {
    let found = try Program.run(["chekc"])
    #expect(found.stderr.split(separator: "\n").count == 2)
  }

  @Test func checkTakesTextOnStdin() throws {
    let good = try Program.run(["check", "-"], stdin: spec)
    #expect(good.status == 0)
    #expect(good.stdout.contains("total"))
    let faulty = try Program.run(["check", "-"], stdin: spec.replacing("relu", with: "rleu"))
    #expect(faulty.status == 65)
    #expect(faulty.stderr.contains("--> <stdin>:1:11\n"))
    let merged = try Program.run(["check", "-", "--with", "train epohcs 3"], stdin: spec)
    #expect(merged.stderr.contains("--> --with:1:7\n"))
    let fixed = try Program.run(["check", "--fix", "-"], stdin: spec)
    #expect(fixed.status == 64)
    #expect(fixed.stderr.hasPrefix("mlpc: '--fix' changes files"))
  }

  @Test func diffTakesOneSpecFromStdin() throws {
    let scratch = try Scratch()
    try scratch.write("a.mlp", spec)
    let same = try Program.run(
      ["diff", "-", "a.mlp"], stdin: "# The same.\n" + spec, in: scratch.url)
    #expect(same.status == 0)
    let other = try Program.run(
      ["diff", "a.mlp", "-"], stdin: spec.replacing("relu", with: "tanh"), in: scratch.url)
    #expect(other.status == 1)
    #expect(other.stdout.hasPrefix("net layer 2: relu → tanh\n"))
    let both = try Program.run(["diff", "-", "-"], in: scratch.url)
    #expect(both.status == 64)
  }

  @Test func aStatementMergedOverASpecIsShownWhole() throws {
    let found = try Program.run(["check", "-", "--with", "epochs 3"], stdin: spec)
    #expect(found.stderr.contains("write 'train epochs …'"), "\(found.stderr)")
    let rate = try Program.run(["check", "-", "--with", "lr 3"], stdin: spec)
    #expect(rate.stderr.contains("write 'solver lr …'"), "\(rate.stderr)")
  }

  @Test func aScriptMayComeFromWindows() throws {
    let script =
      "\u{FEFF}fc 2 3 -> relu\r\n  -> fc 2 -> softmax_ce\r\ndata toy xor\r\n\r\n:show\r\n"
    let found = try Program.run(["repl"], stdin: script)
    #expect(found.status == 0, "\(found.stderr)")
    #expect(found.stdout.contains("net     fc 2 3 -> relu -> fc 2 -> softmax_ce\n"))
  }

  @Test func whatIsWrongInAScriptIsSaidWithItsLine() throws {
    let found = try Program.run(["repl"], stdin: "data toy xor\n\n:set foo 3\n:trian\n")
    #expect(found.status == 65)
    #expect(found.stderr.contains("input:3: no word here has a setting 'foo'"))
    #expect(found.stderr.contains("input:4: there is no command ':trian'"))
  }

  @Test func savingMakesNoFolders() throws {
    let scratch = try Scratch()
    let found = try Program.run(["repl"], stdin: ":save new/x.mlp\n:save x.mlp\n", in: scratch.url)
    #expect(found.status == 65)
    #expect(found.stderr.contains("there is no folder 'new' to save it in"))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(names == ["x.mlp"])
  }
}

private let isBuilt: Bool = {
  let isThere = FileManager.default.isExecutableFile(atPath: Program.url.path)
  if !isThere { print("SKIPPED: no program at \(Program.url.path) to talk to") }
  return isThere
}()
