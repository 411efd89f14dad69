import Foundation
import Testing

@testable import mlpc

/// The path of a shell, where it is installed.
private func shell(_ name: String) -> String? {
  ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}

@Suite struct CompletionsTests {
  /// What bash offers for the last of the words.
  private func offered(_ words: [String], in folder: URL) throws -> [String] {
    let scratch = try Scratch()
    try scratch.write("mlpc.bash", try Program.run(["completions", "bash"]).stdout)
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source '\(scratch.url.path)/mlpc.bash'
      COMP_WORDS=(\(list))
      COMP_CWORD=\(words.count - 1)
      _mlpc
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(shell("bash")))
    process.arguments = ["--norc", "-c", script]
    process.currentDirectoryURL = folder
    let out = Pipe()
    process.standardOutput = out
    try process.run()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n").map { String($0) }.sorted()
  }

  @Test(.enabled(if: shell("bash") != nil, "bash is not installed"))
  func bashOffersWhatFits() throws {
    let scratch = try Scratch()
    try scratch.write("one.mlp", "")
    try scratch.write("two words.mlp", "")
    try scratch.write("notes.txt", "")
    try scratch.write("sub/three.mlp", "")
    let folder = scratch.url
    #expect(
      try offered(["mlpc", ""], in: folder)
        == (Command.all.map { $0.name } + ["--help", "--version"]).sorted())
    #expect(try offered(["mlpc", "ch"], in: folder) == ["check"])
    #expect(try offered(["mlpc", "check", "--s"], in: folder) == ["--sarif"])
    #expect(
      try offered(["mlpc", "check", ""], in: folder) == ["one.mlp", "sub/", "two words.mlp"])
    #expect(try offered(["mlpc", "check", "--json", "two"], in: folder) == ["two words.mlp"])
    #expect(try offered(["mlpc", "check", "sub/"], in: folder) == ["sub/three.mlp"])
    #expect(try offered(["mlpc", "run", "--threads", ""], in: folder) == [])
    #expect(try offered(["mlpc", "completions", ""], in: folder) == ["bash", "fish", "zsh"])
    #expect(try offered(["mlpc", "help", "fm"], in: folder) == ["fmt"])
  }

  @Test(.enabled(if: shell("bash") != nil, "bash is not installed"))
  func bashOffersTheOptionsOfEachCommand() throws {
    for command in Command.all {
      let expected = (command.options.map { $0.name } + ["--help"]).sorted()
      #expect(
        try offered(["mlpc", command.name, "--"], in: Program.root) == expected, "\(command.name)")
    }
  }

  @Test(.enabled(if: shell("zsh") != nil, "zsh is not installed"))
  func zshAcceptsItsScript() throws { try expectAccepted(by: "zsh") }

  @Test(.enabled(if: shell("fish") != nil, "fish is not installed"))
  func fishAcceptsItsScript() throws { try expectAccepted(by: "fish") }

  private func expectAccepted(by name: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write("script", try Program.run(["completions", name]).stdout)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(shell(name)))
    process.arguments = ["-n", file.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
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
