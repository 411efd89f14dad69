import Foundation
import Testing

@testable import mlpc

/// A shell in which a person presses Tab.
private struct ShellProgram: CustomTestStringConvertible {
  let name: String
  let arguments: [String]
  /// What is typed before anything else, with the script's path for `SCRIPT` and the scratch folder for `SCRATCH`.
  let start: [String]
  /// Prints its arguments.
  let printing: String
  /// What shows the words that fit behind `TYPED`; else Tab does.
  var asking: String?

  var testDescription: String { name }

  static let all = [
    ShellProgram(
      name: "bash", arguments: ["--norc", "--noprofile", "-i"],
      start: ["bind 'set bell-style none'", "source 'SCRIPT'"],
      printing: "mlpc() { printf '<%s>' \"$@\"; echo; }"),
    ShellProgram(
      name: "zsh", arguments: ["-f", "-i"],
      start: ["autoload -U compinit; compinit -u -d 'SCRATCH/.dump'", "source 'SCRIPT'"],
      printing: "mlpc() { printf '<%s>' \"$@\"; echo }"),
    ShellProgram(
      name: "fish", arguments: ["--no-config", "-i"], start: ["source 'SCRIPT'"],
      printing: "function mlpc; printf '<%s>' $argv; echo; end", asking: "complete -C 'TYPED'\r"),
  ]

  /// Where it is installed.
  var path: String? {
    ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static let installed = all.filter { shell in
    if shell.path == nil { print("SKIPPED: completion in \(shell.name), which is not installed") }
    return shell.path != nil
  }
}

/// In the shells themselves: what is typed, completed and sent is what the program gets.
@Suite struct CompletionsTests {
  /// What is typed behind `mlpc `, and the arguments that come of it.
  private static let expected: [(typed: String, arguments: [String])] = [
    ("ru\t", ["run"]), ("comp\tfi\t", ["completions", "fish"]), ("help fm\t", ["help", "fmt"]),
    ("run on\t", ["run", "one.mlp"]), ("run two\t", ["run", "two words.mlp"]),
    ("run two\\ w\t", ["run", "two words.mlp"]), ("run \"two w\t", ["run", "two words.mlp"]),
    ("check su\tth\t", ["check", "sub/three.mlp"]), ("run no\t", ["run", "no"]),
    ("run --no\tone.mlp", ["run", "--no-out", "one.mlp"]),
    ("run --out su\t", ["run", "--out", "sub"]), ("run --out=su\t", ["run", "--out=sub"]),
    ("run --deny wa\t", ["run", "--deny", "warnings"]),
    ("run --threads on\t", ["run", "--threads", "on"]),
    ("eval --set va\t", ["eval", "--set", "validation"]),
    ("export no\t", ["export", "notes.txt"]),
    ("export --to no\t", ["export", "--to", "notes.txt"]),
    ("replay su\t", ["replay", "sub"]), ("lsp on\t", ["lsp", "on"]),
  ]

  @Test(arguments: ShellProgram.installed)
  fileprivate func tabWritesWhatTheProgramTakes(shell: ShellProgram) throws {
    let (terminal, scratch) = try begin(shell)
    defer { withExtendedLifetime(scratch) {} }
    for (typed, arguments) in Self.expected {
      terminal.type("mlpc \(typed)\r")
      let printed = try terminal.see(">\r\n").split(separator: "\n").last ?? ""
      let text = printed.drop { $0 != "<" }.prefix { !$0.isNewline }
      // Some add a slash to a folder, and take it away when the line is sent.
      let found = text.dropFirst().dropLast().split(
        separator: "><", omittingEmptySubsequences: false
      )
      .map { $0.hasSuffix("/") ? String($0.dropLast()) : String($0) }
      #expect(found == arguments, "\(shell.name): \(typed)")
    }
  }

  @Test(arguments: ShellProgram.installed)
  fileprivate func tabShowsWhatThereIs(shell: ShellProgram) throws {
    let (terminal, scratch) = try begin(shell)
    defer { withExtendedLifetime(scratch) {} }
    /// What is shown for a text, when all words are there.
    func offered(_ typed: String, _ words: [String]) throws -> String {
      let text = "mlpc \(typed)"
      terminal.type(
        shell.asking?.replacingOccurrences(of: "TYPED", with: text) ?? text + "\t\t")
      let seen = try terminal.see(all: words)
      for word in words { #expect(seen.contains(word), "\(shell.name): \(text)") }
      terminal.type("\u{3}\u{15}")
      return seen
    }
    _ = try offered("", Command.all.map { $0.name })
    _ = try offered(
      "run --", ["with", "threads", "out", "resume", "no-out", "deny", "json", "help"])
    let files = try offered("run ", ["one.mlp", "two", "sub"])
    #expect(!files.contains("notes.txt"))
    _ = try offered("completions ", ["bash", "zsh", "fish"])
  }

  private func begin(_ shell: ShellProgram) throws -> (PseudoTerminal, Scratch) {
    let scratch = try Scratch()
    for name in ["one.mlp", "two words.mlp", "notes.txt", "sub/three.mlp"] {
      try scratch.write("files/" + name, "")
    }
    try scratch.write("script", try Program.run(["completions", shell.name]).stdout)
    let terminal = try PseudoTerminal(
      shell.arguments, of: try #require(shell.path),
      environment: ["HOME": scratch.url.path, "PS1": "> "], columns: 100, rows: 50)
    let lines = shell.start + [shell.printing, "cd '\(scratch.url.path)/files'", "echo rea''dy"]
    for line in lines {
      let text = line.replacingOccurrences(of: "SCRIPT", with: scratch.url.path + "/script")
        .replacingOccurrences(of: "SCRATCH", with: scratch.url.path)
      terminal.type(text + "\r")
    }
    try terminal.see("ready\r\n")
    return (terminal, scratch)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func eachScriptKnowsEveryCommandAndOption(name: String) throws {
    let script = try Program.run(["completions", name]).stdout
    for command in Command.all {
      #expect(script.contains(command.name))
      for option in command.options {
        let spelt = name == "fish" ? "-l \(option.name.dropFirst(2)) " : option.name
        #expect(script.contains(spelt), "\(name): \(command.name) \(option.name)")
      }
    }
  }
}

@Suite struct CommandTableTests {
  @Test func everyCommandHasExamplesThatItAccepts() throws {
    for command in Command.all {
      #expect(!command.examples.isEmpty)
      for example in command.examples where example.hasPrefix("mlpc ") {
        let words = example.split(separator: " ").map { $0.replacing("'", with: "") }
        #expect(words[1] == command.name, "\(example)")
        let options = words.dropFirst(2).filter { $0.hasPrefix("--") }
        for option in options {
          #expect(command.options.contains { $0.name == option }, "\(example)")
        }
      }
      #expect(command.usage.hasPrefix(command.name))
      #expect(command.summary.hasSuffix("."))
    }
  }

  @Test func helpShowsEachCommand() throws {
    for command in Command.all {
      let found = try Program.run(["help", command.name])
      #expect(found.status == 0)
      #expect(found.stdout.hasPrefix("usage: mlpc \(command.usage)\n\n\(command.summary)\n"))
      for example in command.examples { #expect(found.stdout.contains("  \(example)\n")) }
    }
  }
}
