import MLPSyntax

/// The objects that `mlpc check --json` writes, one a line.
package enum CheckJSON {
  /// A diagnostic with all that it says. Lines and columns are from 1, columns in characters as messages
  /// show them; offsets from 0, in UTF-8.
  package static func diagnostic(_ diagnostic: Diagnostic, _ sources: [Source]) -> JSON {
    .object([
      ("event", .text("diagnostic")), ("severity", .text(diagnostic.severity.rawValue)),
      ("code", .text(diagnostic.code)), ("message", .text(diagnostic.message)),
      ("file", .text(sources[diagnostic.span.source].name)),
      ("span", span(diagnostic.span, sources)),
      ("labels", .list(diagnostic.labels.map { label($0, sources) })),
      ("note", optional(diagnostic.note)), ("help", optional(diagnostic.help)),
      ("edits", .list(diagnostic.edits.map { edit($0, sources) })),
    ])
  }

  /// What became of a file that was checked.
  package static func file(
    _ name: String, _ checked: CheckedSpec?, _ diagnostics: [Diagnostic]
  ) -> JSON {
    let errors = diagnostics.count { $0.severity == .error }
    return .object([
      ("event", .text("file")), ("file", .text(name)), ("ok", .flag(checked != nil)),
      ("errors", .integer(errors)), ("warnings", .integer(diagnostics.count - errors)),
      ("combinations", count(checked?.experiments.count)),
      ("parameters", count(checked?.experiments.first?.net.parameterCount)),
      ("problem", .null),
    ])
  }

  /// A file that could not be read.
  package static func unread(_ name: String, because message: String) -> JSON {
    .object([
      ("event", .text("file")), ("file", .text(name)), ("ok", .flag(false)),
      ("errors", .integer(0)),
      ("warnings", .integer(0)), ("combinations", .null), ("parameters", .null),
      ("problem", .text(message)),
    ])
  }

  /// An edit that `--fix` made.
  package static func fix(_ change: Fixer.Change, in file: String) -> JSON {
    .object([
      ("event", .text("fix")), ("file", .text(file)), ("code", .text(change.code)),
      ("line", .integer(change.line)), ("column", .integer(change.column)),
      ("removed", .text(change.removed)), ("inserted", .text(change.inserted)),
    ])
  }

  private static func label(_ label: Diagnostic.Label, _ sources: [Source]) -> JSON {
    .object([
      ("file", .text(sources[label.span.source].name)), ("span", span(label.span, sources)),
      ("message", .text(label.message)),
    ])
  }

  private static func edit(_ edit: Diagnostic.Edit, _ sources: [Source]) -> JSON {
    .object([
      ("file", .text(sources[edit.span.source].name)), ("span", span(edit.span, sources)),
      ("replacement", .text(edit.replacement)),
    ])
  }

  private static func span(_ span: Span, _ sources: [Source]) -> JSON {
    .object([
      ("start", place(span.lower, sources[span.source])),
      ("end", place(span.upper, sources[span.source])),
    ])
  }

  private static func place(_ offset: Int, _ source: Source) -> JSON {
    let (line, column) = source.position(of: offset)
    return .object([
      ("line", .integer(line)), ("column", .integer(column)), ("offset", .integer(offset)),
    ])
  }

  private static func optional(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }

  private static func count(_ count: Int?) -> JSON { count.map { .integer($0) } ?? .null }
}
