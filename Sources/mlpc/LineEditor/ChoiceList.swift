import MLPRun

/// Words to choose from: each with its help where they are few, else in columns.
enum ChoiceList {
  static func text(_ choices: [ReplCandidate], columns: Int) -> String {
    let width = choices.map { $0.text.count }.max() ?? 0
    let hasHelp = choices.contains { !$0.help.isEmpty }
    guard hasHelp, choices.count <= mostWithHelp else { return inColumns(choices, width, columns) }
    return choices.map { choice in
      let padding = String(repeating: " ", count: width - choice.text.count)
      let line = "  \(choice.text)\(padding)  \(choice.help)"
      return fitted(line, columns) + "\n"
    }.joined()
  }

  private static let mostWithHelp = 16
  private static let mostRows = 12

  private static func fitted(_ line: String, _ columns: Int) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return line.count < columns ? String(line) : line.prefix(max(1, columns - 2)) + "…"
  }

  /// Down the columns, as `ls` does.
  private static func inColumns(_ choices: [ReplCandidate], _ width: Int, _ columns: Int) -> String
  {
    let perRow = max(1, (columns - 2) / (width + 2))
    let shown = choices.prefix(perRow * mostRows)
    let rows = (shown.count + perRow - 1) / perRow
    var text = ""
    for row in 0..<rows {
      let cells = stride(from: row, to: shown.count, by: rows).map { index in
        let word = shown[index].text
        return word + String(repeating: " ", count: width - word.count)
      }
      text += fitted("  " + cells.joined(separator: "  "), columns) + "\n"
    }
    let rest = choices.count - shown.count
    return text + (rest > 0 ? "  … and \(rest) more\n" : "")
  }
}
