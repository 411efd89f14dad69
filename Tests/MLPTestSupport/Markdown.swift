/// The programs in a Markdown text.
package struct MarkdownBlock: Sendable, CustomStringConvertible {
  package let file: String
  /// Of the fence.
  package let line: Int
  package let text: String

  package var description: String { "\(file):\(line)" }

  /// The fenced blocks of a language, in order.
  package static func all(_ language: String, in file: String) -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    var open: (line: Int, lines: [Substring])?
    let lines = Repository.text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let block = open {
        if line == "```" {
          let text = block.lines.map { $0 + "\n" }.joined()
          blocks.append(MarkdownBlock(file: file, line: block.line, text: text))
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line == "```\(language)" {
        open = (index + 1, [])
      }
    }
    return blocks
  }
}
