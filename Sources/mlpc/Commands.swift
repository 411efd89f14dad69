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
        text += Self.row(head, width: width, option.help)
      }
    }
    return text + "\nexamples:\n" + examples.map { "  \($0)\n" }.joined()
  }

  /// A word and what is said of it, beside it on as many lines as 80 columns need.
  private static func row(_ head: String, width: Int, _ text: String) -> String {
    let padding = String(repeating: " ", count: width - head.count)
    let indent = "\n" + String(repeating: " ", count: width + 4)
    let lines = text.wrapped(to: 80 - width - 4)
    return "  \(head)\(padding)  \(lines.joined(separator: indent))\n"
  }

  static var overview: String {
    let width = all.map { $0.name.count }.max() ?? 0
    let rows = all.map { row($0.name, width: width, $0.summary) }
    return """
      mlpc runs neural-network experiments that are written as text.

      usage: mlpc COMMAND …

      \(rows.joined())
      mlpc help COMMAND shows options and examples, mlpc --version the version; grammar.md
      explains the language.

      """
  }
}
