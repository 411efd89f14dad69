import Foundation
import Testing

/// The REPL through a real pseudo-terminal.
@Suite("The REPL at a terminal", .enabled(if: isBuilt, "the program isn't built beside the tests"))
struct ReplTerminalTests {
  private let spec = """
    net     fc 2 8 -> tanh -> fc 2 -> softmax_ce
    data    toy moons count 400 test 100 validation last 100
    solver  sgd lr 0.5
    train   batch 20 epochs 4 seed 3

    """
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write("s.mlp", spec)
  }

  private func start(
    _ environment: [String: String] = [:], spec: String = "s.mlp", columns: UInt16 = 80,
    rows: UInt16 = 24
  ) throws -> PseudoTerminal {
    let variables = ["XDG_STATE_HOME": scratch.url.path + "/state", "NO_COLOR": "1"].merging(
      environment
    ) { $1 }
    let terminal = try PseudoTerminal(
      ["repl", scratch.url.path + "/" + spec, "--threads", "1"], environment: variables,
      columns: columns, rows: rows)
    try terminal.see("mlpc> ")
    return terminal
  }

  @Test func answersAndLeavesTheTerminalAsItWas() throws {
    let terminal = try start()
    #expect(!terminal.isAsFound)
    terminal.type("fc 2 5 -> relu -> fc 2 -> softmax_ce\r")
    try terminal.see("27")
    try terminal.see("mlpc> ")
    terminal.type(":quit\r")
    #expect(try terminal.end() == 0)
    #expect(terminal.isAsFound)
    #expect(terminal.all.contains("\u{1B}[?2004h") && terminal.all.hasSuffix("\u{1B}[?2004l"))
  }

  @Test func endsAtCtrlD() throws {
    let terminal = try start()
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
    #expect(terminal.isAsFound)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT]) func aSignalLeavesTheTerminalAsItWas(number: Int32)
    throws
  {
    let terminal = try start()
    terminal.type("half a li")
    try terminal.see("li")
    terminal.signal(number)
    #expect(try terminal.end() == -number)
    #expect(terminal.isAsFound)
  }

  @Test func linesAreEdited() throws {
    let terminal = try start()
    terminal.type("train epohcs 9")
    // Over the word, take it out, write it anew, and go to the end.
    terminal.type("\u{1B}b\u{17}epochs \u{5}\r")
    try terminal.see("epochs 9")
    try terminal.see("mlpc> ")
    terminal.type(":show\r")
    try terminal.see("train   epochs 9")
  }

  @Test func ctrlCDropsTheLine() throws {
    let terminal = try start()
    terminal.type("net nonsense\u{3}")
    try terminal.see("^C")
    try terminal.see("mlpc> ")
    terminal.type(":show\r")
    try terminal.see("net     fc 2 8")
    #expect(!terminal.all.contains("error"))
  }

  @Test func theHistoryIsKeptBetweenStarts() throws {
    let first = try start()
    first.type("train epochs 7\r")
    try first.see("mlpc> ")
    first.type("fc 2 5 ->\r")
    try first.see("  ... ")
    first.type("fc 2 -> softmax_ce\r")
    try first.see("mlpc> ")
    first.type("\u{4}")
    #expect(try first.end() == 0)
    let kept = try scratch.text("state/mlpc/history")
    #expect(kept == "train epochs 7\nfc 2 5 ->\\n  fc 2 -> softmax_ce\n")
    let second = try start()
    second.type("\u{12}epo")
    try second.see("search: epo")
    second.type("\r")
    try second.see("batch 100")
    try second.see("mlpc> ")
    second.type("\u{1B}[A\u{1B}[A\u{1B}[A")
    try second.see("softmax_ce")
  }

  @Test func worksWithoutAHome() throws {
    let terminal = try start(["XDG_STATE_HOME": "", "HOME": ""])
    terminal.type("train epochs 2\r")
    try terminal.see("mlpc> ")
    terminal.type(":quit\r")
    #expect(try terminal.end() == 0)
    #expect(!terminal.all.contains("note:"))
  }

  @Test func tabCompletes() throws {
    let terminal = try start()
    terminal.type(":tra\t2\r")
    try terminal.see("      2  ")
    try terminal.see("mlpc> ")
    terminal.type("solver ada\t")
    try terminal.see("adam")
    terminal.type("\t")
    try terminal.see("adamw")
    terminal.type("\u{15}fc 2 3 -> sigm\t-> fc 2 -> softmax_ce\r")
    try terminal.see("sigmoid")
    try terminal.see("17")
  }

  @Test func tabCompletesTheNamesOfFiles() throws {
    try scratch.write("data/two words.csv", "a,b,k\n1,2,0\n2,1,1\n")
    try scratch.write("other.mlp", spec.replacingOccurrences(of: "tanh", with: "sigmoid"))
    let terminal = try start()
    // What the user names begins at the current folder, what the spec names at the spec's.
    terminal.type(":load \(scratch.url.path)/oth\t\r")
    try terminal.see("sigmoid")
    try terminal.see("mlpc> ")
    terminal.type("data csv path \"da\ttwo\t label k\r")
    try terminal.see("data/two words.csv\" label k")
    try terminal.see("mlpc> ")
    #expect(!terminal.all.contains("error"))
    terminal.type(":save \(scratch.url.path)/\t")
    try terminal.see("data/")
    try terminal.see("other.mlp")
    try terminal.see("s.mlp")
  }

  /// A server that takes what is asked and says nothing.
  private final class SilentServer {
    private let listener: Int32
    let port: UInt16

    init() throws { (listener, port) = try LocalListener.open() }

    deinit { close(listener) }
  }

  @Test func ctrlCStopsTheLoadingAndNotTheProgram() throws {
    try scratch.write(
      "far.mlp",
      """
      net     fc 784 10 -> softmax_ce
      data    mnist else digits
      solver  sgd lr 0.01
      train   epochs 1

      """)
    let server = try SilentServer()
    let terminal = try start(
      ["MLPC_MIRROR": "http://127.0.0.1:\(server.port)/"], spec: "far.mlp")
    terminal.type(":train\r")
    try terminal.see("loading mnist")
    terminal.type("\u{3}")
    try terminal.see("note: the loading of the data was stopped")
    try terminal.see("mlpc> ")
    terminal.type("data toy xor\r")
    try terminal.see("mlpc! ")
    terminal.type("fc 2 3 -> relu -> fc 2 -> softmax_ce\r")
    try terminal.see("17")
    terminal.type(":train\r")
    try terminal.see("test: loss")
    terminal.type(":quit\r")
    #expect(try terminal.end() == 0)
    #expect(!terminal.all.contains("digits' instead"))
    withExtendedLifetime(server) {}
  }

  @Test func aChainMayGoOnBelow() throws {
    let terminal = try start()
    terminal.type("fc 2 4 ->\r")
    try terminal.see("  ... ")
    terminal.type("fc 2 -> softmax_ce\r")
    try terminal.see("22")
  }

  @Test func aPasteIsOneText() throws {
    let terminal = try start()
    terminal.type(
      "\u{1B}[200~net fc 2 4\n  -> relu\n  -> fc 2 -> softmax_ce\ntrain epochs 2\n\u{1B}[201~")
    try terminal.see("epochs 2")
    terminal.type("\r")
    try terminal.see("22")
    try terminal.see("mlpc> ")
    #expect(!terminal.all.contains("error"))
    // Where pastes aren't marked, a line that continues is recognised by its beginning.
    terminal.type("net fc 2 3\r  -> relu\r-> fc 2 -> softmax_ce\r")
    try terminal.see("17")
    #expect(!terminal.all.contains("error"))
  }

  @Test func ctrlCStopsTheTrainingAndNotTheProgram() throws {
    try scratch.write(
      "slow.mlp",
      """
      net     fc 784 800 -> relu -> fc 800 800 -> relu -> fc 800 10 -> softmax_ce
      data    digits count 1500 test 10
      solver  sgd lr 0.01
      train   batch 1 epochs 50

      """)
    let terminal = try start(spec: "slow.mlp")
    terminal.type(":train 50\r")
    try terminal.see("samples/s")
    // What is entered is kept before it is done.
    #expect(try scratch.text("state/mlpc/history") == ":train 50\n")
    terminal.type("\u{3}")
    try terminal.see("note: stopped in epoch 1 after ")
    try terminal.see("mlpc> ")
    terminal.type(":weights 0\r")
    try terminal.see("moved")
    terminal.type(":quit\r")
    #expect(try terminal.end() == 0)
    #expect(terminal.isAsFound)
  }

  @Test func ctrlCStopsTheMeasuringAndNotTheProgram() throws {
    try scratch.write(
      "wide.mlp",
      """
      net     fc 2 1500 -> relu -> fc 1500 1500 -> relu -> fc 1500 2 -> softmax_ce
      data    toy moons count 60000 test 100
      solver  sgd lr 0.01
      train   batch 20 epochs 1

      """)
    let terminal = try start(spec: "wide.mlp")
    terminal.type(":eval\r")
    try terminal.see("measuring")
    terminal.type("\u{3}")
    try terminal.see("note: the measuring was stopped; the next ':eval' begins it anew")
    try terminal.see("mlpc> ")
    terminal.type("data toy moons count 60 test 10\r")
    try terminal.see("mlpc> ")
    terminal.type(":eval\r")
    try terminal.see("accuracy")
    try terminal.see("mlpc> ")
    terminal.type(":quit\r")
    #expect(try terminal.end() == 0)
    #expect(terminal.isAsFound)
  }

  @Test func isDrawnAnewWhenTheTerminalChangesItsSize() throws {
    let terminal = try start(columns: 60)
    terminal.type("fc 2 4 -> relu -> fc 2 -> softmax_ce")
    try terminal.see("softmax_ce")
    terminal.resize(columns: 20, rows: 24)
    // "mlpc> fc 2 4 -> relu" fills a row of 20.
    try terminal.see("relu\r\r\n")
    terminal.type("\r")
    try terminal.see("22")
  }

  @Test func suspendingGivesTheTerminalBackMeanwhile() throws {
    let terminal = try start()
    terminal.type("half")
    try terminal.see("half")
    // A session's leader without a shell can't be stopped by the terminal, but goes on after SIGCONT.
    terminal.type("\u{1A}")
    Thread.sleep(forTimeInterval: 0.1)
    terminal.signal(SIGCONT)
    try terminal.see("half")
    terminal.type("\u{15}:quit\r")
    #expect(try terminal.end() == 0)
  }

  @Test func aDumbTerminalGetsNoEscapeCodes() throws {
    let terminal = try start(["TERM": "dumb"])
    #expect(terminal.isAsFound)
    terminal.type("fc 2 4 -> \n")
    try terminal.see("  ... ")
    terminal.type("fc 2 -> softmax_ce\n")
    try terminal.see("22")
    terminal.type("net rleu\n:train\n")
    try terminal.see("did you mean 'relu'?")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
    #expect(!terminal.all.contains("\u{1B}"))
  }

  @Test func noColorIsRespected() throws {
    let coloured = try start(["NO_COLOR": ""])
    coloured.type("net rleu\r")
    try coloured.see("\u{1B}[1;31merror")
    let plain = try start()
    plain.type("net rleu\r")
    try plain.see("error[E0301]")
    let graphics = try Regex("\u{1B}\\[[0-9;]*m")
    #expect(plain.all.firstMatch(of: graphics) == nil)
  }
}

private let isBuilt: Bool = {
  let isThere = FileManager.default.isExecutableFile(atPath: Program.url.path)
  if !isThere { print("SKIPPED: no program at \(Program.url.path) to talk to") }
  return isThere
}()

@Suite("A script for the REPL")
struct ReplScriptTests {
  private func run(_ script: String, _ arguments: [String] = []) throws -> Program.Outcome {
    try Program.run(["repl", "--threads", "1"] + arguments, stdin: script)
  }

  private let small = "fc 2 4 -> tanh -> fc 2 -> softmax_ce\ndata toy xor count 100 test 50\n"

  @Test func isAnsweredWithoutPrompts() throws {
    let found = try run(small + "\n:train 2\n:eval\n")
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(!found.stdout.contains("mlpc>"))
    #expect(found.stdout.hasPrefix("  layer "))
    #expect(found.stdout.contains("weights"))
  }

  @Test func goesOnAfterAMistakeAndEndsWithIt() throws {
    let found = try run(small + "\ntrain epohcs 3\n\n:trian\n:train\n")
    #expect(found.status == 65)
    #expect(found.stderr.contains("--> input:4:7\n"))
    #expect(found.stderr.contains("did you mean ':train'?"))
    #expect(found.stdout.contains("      1  "))
  }

  @Test func endsAtQuit() throws {
    let found = try run(":quit\nnonsense\n")
    #expect(found.status == 0)
    #expect(found.stdout.isEmpty && found.stderr.isEmpty)
  }

  @Test func needsNoLineEndAtTheEnd() throws {
    #expect(try run(small + "\n:show").stdout.contains("data    toy xor"))
    #expect(try run("train epochs 3").stdout.contains("epochs 3"))
  }

  @Test func beginsWithAFile() throws {
    #expect(try run(":show\n", ["specs/toy.mlp"]).stdout.contains("toy"))
    let missing = try run("", ["nowhere.mlp"])
    #expect(missing.status == 66)
    #expect(missing.stderr == "there is no file 'nowhere.mlp'\n")
    #expect(try run("", ["specs/toy.mlp", "specs/csv.mlp"]).status == 64)
  }

  @Test func mayHaveAnyBytes() throws {
    for text in [
      "\u{0}\u{1B}[31m\n", "net \u{202E}fc\n", "(((((\n\n", ":set \u{0}\n", "{\n:show\n",
    ] {
      let found = try run(text)
      #expect([0, 65].contains(found.status), "\(text.debugDescription)")
      #expect(!(found.stdout + found.stderr).contains("\u{1B}"))
    }
  }
}
