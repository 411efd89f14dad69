/// Codes and what they mean, as text for people.
package enum ExplainText {
  /// - Parameter code: in small or capital letters.
  /// - Returns: what the code means; nil where there is no such code.
  package static func text(of code: String) -> String? {
    let code = code.uppercased()
    guard let entry = DiagnosticCodes.all.first(where: { $0.code == code }),
      let explanation = Explanation.of(code)
    else { return nil }
    let kind =
      code.hasPrefix("W") ? "a warning" : code.hasPrefix("E04") ? "found in a run" : "an error"
    var text = "\(code), \(kind): \(plain(entry.meaning))\n\n\(wrapped(explanation.text))"
    if let faulty = explanation.faulty { text += "\nfaulty:\n\n\(indented(faulty))" }
    if let mended = explanation.mended { text += "\nmended:\n\n\(indented(mended))" }
    return text
  }

  /// All codes, one a line.
  package static var overview: String {
    DiagnosticCodes.all.map { "  \($0.code)  \(plain($0.meaning))\n" }.joined()
  }

  /// The code nearest to what was asked for.
  package static func nearest(to code: String) -> String? {
    Spelling.nearest(to: code.uppercased(), among: DiagnosticCodes.all.map { $0.code })
  }

  /// Without Markdown's marks for code.
  private static func plain(_ meaning: String) -> String {
    meaning.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "'")
  }

  private static func indented(_ program: String) -> String {
    program.split(separator: "\n").map { "    \(visible(String($0)))\n" }.joined()
  }

  /// Without control characters, which a terminal obeys.
  private static func visible(_ line: String) -> String {
    String(String.UnicodeScalarView(line.unicodeScalars.map { $0.value < 0x20 ? "�" : $0 }))
  }

  /// The words on lines of at most 80 columns.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > 80 {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).map { $0 + "\n" }.joined()
  }
}
