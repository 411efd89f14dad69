/// Diagnostics as text for people. Pure: whether there are colours is a parameter.
///
/// ```
/// error[E0204]: '(' is not closed
///   --> specs/x.mlp:1:9
///    |
///  1 | net     (fc 784 100
///    |         ^          - expected ')'
///    = help: a group looks like '(a -> b)'; a line that continues it is indented
/// ```
package struct Renderer {
  /// Source lines that are wider are shown in part.
  package static let maximumColumns = 160

  /// - Returns: the diagnostics in the order given, with a blank line between two; ends with a
  ///   line end unless it is empty.
  package static func render(
    _ diagnostics: [Diagnostic], sources: [Source], colour: Bool
  ) -> String {
    diagnostics.map { diagnostic in
      Renderer(diagnostic, sources, Paint(isOn: colour)).text()
    }.joined(separator: "\n")
  }

  /// `2 errors, 1 warning`; `no errors` where there is nothing.
  package static func summary(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let parts = [counted(errors, "error"), counted(warnings, "warning")].compactMap { $0 }
    return parts.isEmpty ? "no errors" : parts.joined(separator: ", ")
  }

  private static func counted(_ count: Int, _ noun: String) -> String? {
    count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private let diagnostic: Diagnostic
  private let sources: [Source]
  private let paint: Paint
  private let snippets: [Snippet]
  private let gutter: Int

  private init(_ diagnostic: Diagnostic, _ sources: [Source], _ paint: Paint) {
    self.diagnostic = diagnostic
    self.sources = sources
    self.paint = paint
    snippets = Snippet.all(of: diagnostic, sources)
    gutter = snippets.map { String($0.lines[$0.lines.count - 1].number).count }.max() ?? 1
  }

  private func text() -> String {
    var lines = [title]
    for (index, snippet) in snippets.enumerated() {
      lines.append(place(of: snippet, isFirst: index == 0))
      lines.append(margin())
      lines += body(of: snippet)
    }
    lines += remark("note", diagnostic.note) + remark("help", diagnostic.help)
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String {
    let style = Paint.Style.main(diagnostic.severity)
    let kind = paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", style)
    return kind + paint(": \(harmless(diagnostic.message))", .bold)
  }

  private func place(of snippet: Snippet, isFirst: Bool) -> String {
    let source = sources[snippet.source]
    let (line, column) = source.position(of: snippet.offset)
    let arrow = paint(blanks(gutter + 1) + (isFirst ? "-->" : ":::"), .frame)
    return "\(arrow) \(harmless(source.name)):\(line):\(column)"
  }

  private func body(of snippet: Snippet) -> [String] {
    var rows: [String] = []
    var previous = snippet.lines[0].number
    for line in snippet.lines {
      if line.number > previous + 1 { rows.append(paint("...", .frame)) }
      previous = line.number
      rows += line.rows(severity: diagnostic.severity).enumerated().map { index, row in
        let text = paint(row)
        return margin(index == 0 ? line.number : nil) + (text.isEmpty ? "" : " " + text)
      }
    }
    return rows
  }

  private func margin(_ number: Int? = nil) -> String {
    let digits = number.map { String($0) } ?? ""
    return paint(" " + blanks(gutter - digits.count) + digits + " |", .frame)
  }

  /// `= help: …`, further lines of the text below its first.
  private func remark(_ kind: String, _ text: String?) -> [String] {
    guard let text else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      let isFirst = index == 0
      let head =
        isFirst ? paint("=", .frame) + " " + paint(kind + ":", .bold) : blanks(3 + kind.count)
      return blanks(gutter + 2) + head + " " + harmless(String(line))
    }
  }
}

/// Text that moves no cursor and hides nothing: what could is shown as `�`.
func harmless(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.harmless }))
}

func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
