import Foundation
import Testing

@Suite struct CommandTests {
  @Test(arguments: [["help"], ["--help"], ["-h"]])
  func helpNamesTheCommands(arguments: [String]) throws {
    let found = try Program.run(arguments)
    #expect(found.status == 0)
    #expect(found.stdout.contains("  run   "))
    #expect(found.stdout.contains("  check   "))
    #expect(found.stderr.isEmpty)
  }

  @Test(arguments: [["help", "run"], ["run", "--help"], ["run", "x.mlp", "-h"]])
  func helpOfACommandShowsItsOptions(arguments: [String]) throws {
    let found = try Program.run(arguments)
    #expect(found.status == 0)
    #expect(found.stdout.hasPrefix("usage: mlpc run FILE|FOLDER…\n"))
    for option in ["--with 'STATEMENT'", "--threads N", "--json"] {
      #expect(found.stdout.contains(option))
    }
    #expect(found.stderr.isEmpty)
  }

  @Test func versionIsOneLine() throws {
    let found = try Program.run(["--version"])
    #expect(found.status == 0)
    #expect(found.lines.count == 1)
    #expect(found.stdout.hasPrefix("mlpc "))
  }

  @Test(arguments: [
    (["chek", "x"], "mlpc: there is no command 'chek'; did you mean 'check'?\n"),
    (["help", "rnu"], "mlpc: there is no command 'rnu'; did you mean 'run'?\n"),
    (["zzzzzz"], "mlpc: there is no command 'zzzzzz'\n"),
    (["run", "--jsno", "x"], "mlpc: there is no option '--jsno'; did you mean '--json'?\n"),
    (["check", "--threads", "1", "x"], "mlpc: there is no option '--threads'\n"),
    (["help", "run", "bench"], "mlpc: help takes one command\n"),
    (["--version", "x"], "mlpc: '--version' takes no argument\n"),
    (["run", "--json=yes", "x"], "mlpc: '--json' takes no value\n"),
    (["run", "x", "--with"], "mlpc: '--with' needs a value: --with 'STATEMENT'\n"),
    (["run"], "mlpc: run needs a file or a folder\n"),
    (["run", "x", "--out", ""], "mlpc: '--out' needs the name of a folder\n"),
    (["run", "x", "--out=y", "--no-out"], "mlpc: '--out' and '--no-out' contradict each other\n"),
    (["check"], "mlpc: check needs a file or a folder\n"),
    (["check", "x", "--sarif", "--json"], "mlpc: '--json' and '--sarif' don't go together\n"),
    (["diff", "x"], "mlpc: diff needs two files\n"),
    (["diff", "x", "y", "z"], "mlpc: diff needs two files\n"),
    (["fmt", "--explicit", "--diff", "x"], "mlpc: '--diff' has no effect beside '--explicit'\n"),
    (["completions"], "mlpc: completions needs one shell\n"),
    (["completions", "bash", "zsh"], "mlpc: completions needs one shell\n"),
    (["completions", "sh"], "mlpc: there are completions for bash, zsh and fish, not 'sh'\n"),
    (["run", "x", "--threads", "0"], "mlpc: '--threads' needs a whole number from 1 to 256\n"),
    (["run", "x", "--threads=two"], "mlpc: '--threads' needs a whole number from 1 to 256\n"),
  ]) func misuseIsExplainedOnStderr(arguments: [String], message: String) throws {
    let found = try Program.run(arguments)
    #expect(found.status == 64)
    #expect(found.stderr.hasPrefix(message))
    #expect(found.stdout.isEmpty)
  }

  @Test func withoutACommandTheOverviewIsAnError() throws {
    let found = try Program.run([])
    #expect(found.status == 64)
    #expect(found.stderr.contains("usage: mlpc COMMAND"))
    #expect(found.stdout.isEmpty)
  }

  @Test(arguments: ["check", "run"])
  func aSpecThatIsNotThereIsMissing(command: String) throws {
    let found = try Program.run([command, "nowhere.mlp"])
    #expect(found.status == 66)
    #expect(found.stderr == "mlpc: there is no file 'nowhere.mlp'\n")
    #expect(found.stdout.isEmpty)
  }

  @Test func aFolderIsNoSpecToCompare() throws {
    let found = try Program.run(["diff", "specs", "specs/toy.mlp"])
    #expect(found.status == 74)
    #expect(found.stderr == "mlpc: 'specs' is a folder, not a file\n")
  }
}

@Suite struct CheckCommandTests {
  @Test func showsTheResolvedNetwork() throws {
    let found = try Program.run(["check", "specs/two_layer.mlp"])
    #expect(found.status == 0)
    #expect(found.stderr.isEmpty)
    #expect(
      found.stdout == """
        specs/two_layer.mlp: ok

          layer            in  out  parameters
          fc 784 128  28x28x1  128     100 480
          relu            128  128           0
          fc 128 10       128   10       1 290
          softmax_ce       10
          total                        101 770

          memory to train  1.7 MB beside the data, batch 100
          multiply-adds    11.2 G an epoch of 55 000 samples


        """)
  }

  @Test func goesThroughEachFileAndGivesTheWorstCode() throws {
    let scratch = try Scratch()
    let faulty = try scratch.write("faulty.mlp", "net fc 2 rleu -> softmax_ce\n")
    let found = try Program.run(["check", faulty.path, "specs/toy.mlp", "nowhere.mlp"])
    #expect(found.status == 66)
    #expect(found.stdout.contains("specs/toy.mlp: ok"))
    #expect(found.stderr.contains("there is no file 'nowhere.mlp'"))
    #expect(found.stderr.contains("faulty.mlp:1:10"))
  }

  @Test func neverLooksAtTheData() throws {
    let scratch = try Scratch()
    let spec = try scratch.write(
      "a.mlp", "fc 2 2 -> softmax_ce\ndata csv path \"gone.csv\" label 1\n")
    #expect(try Program.run(["check", spec.path]).status == 0)
  }

  @Test func mergesStatements() throws {
    let found = try Program.run(["check", "specs/two_layer.mlp", "--with", "net fc 10 -> mse"])
    #expect(found.status == 0)
    #expect(found.stdout.contains("fc 10"))
    #expect(!found.stdout.contains("relu"))
  }

  @Test func mistakesInAMergedStatementAreShownThere() throws {
    let found = try Program.run(["check", "specs/two_layer.mlp", "--with", "train epohcs 3"])
    #expect(found.status == 65)
    #expect(found.stdout.isEmpty)
    #expect(found.stderr.contains("'train' has no setting 'epohcs'"))
    #expect(found.stderr.contains("--> --with:1:7"))
    #expect(found.stderr.contains("did you mean 'epochs'?"))
    #expect(found.stderr.hasSuffix("1 error\n"))
  }
}
