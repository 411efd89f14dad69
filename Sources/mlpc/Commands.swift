/// A command of the program.
struct Command: Sendable {
  let name: String
  let usage: String
  let summary: String
  let options: [Arguments.Option]
  let examples: [String]
  /// What stands behind the name besides options, for completion in a shell.
  var operands = ShellWords.specs
  let body: @Sendable (Arguments) -> ExitCode

  static let all: [Command] = [
    .check, .fmt, .diff, .run, .replay, .eval, .predict, .export, .importing, .bench, .repl,
    .explain,
    .lsp, .completions, .help,
  ]

  /// What `mlpc help` and `mlpc help COMMAND` print.
  var helpText: String {
    var text = "usage: mlpc \(usage)\n\n\(summary)\n"
    if !options.isEmpty {
      let heads = options.map { [$0.name, $0.value].compactMap { $0 }.joined(separator: " ") }
      let width = heads.map { $0.count }.max() ?? 0
      text += "\noptions:\n"
      for (head, option) in zip(heads, options) {
        text += "  \(head)\(String(repeating: " ", count: width - head.count))  \(option.help)\n"
      }
    }
    return text + "\nexamples:\n" + examples.map { "  \($0)\n" }.joined()
  }

  static var overview: String {
    let width = all.map { $0.usage.count }.max() ?? 0
    let rows = all.map { command in
      let padding = String(repeating: " ", count: width - command.usage.count)
      return "  mlpc \(command.usage)\(padding)  \(command.summary)\n"
    }
    return """
      mlpc runs neural-network experiments that are written as text.

      \(rows.joined())
      mlpc help COMMAND shows options and examples; grammar.md explains the language.

      """
  }
}
