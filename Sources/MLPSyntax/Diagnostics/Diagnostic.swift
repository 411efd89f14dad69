/// What is said to the user about a place in the text.
package struct Diagnostic: Equatable, Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
  }

  /// A second place that belongs to the matter, with what to say there.
  package struct Label: Equatable, Sendable {
    package var span: Span
    package var message: String

    package init(_ span: Span, _ message: String) {
      self.span = span
      self.message = message
    }
  }

  /// A replacement that mends the mistake.
  package struct Edit: Equatable, Sendable {
    package var span: Span
    package var replacement: String

    package init(_ span: Span, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  package var severity: Severity
  /// Stable, unlike the wording: `E` or `W` and four digits.
  package var code: String
  /// One sentence: what was expected and what was found. Lower case, no full stop.
  package var message: String
  package var span: Span
  /// Other places of the same mistake have no message.
  package var labels: [Label]
  /// A fact that explains the message.
  package var note: String?
  /// What to do about it.
  package var help: String?
  /// What mends the mistake, all of them together; in the order of the text, none touches another.
  package var edits: [Edit]
  /// How what is mended begins: the word before a sign that has no meaning, and the value behind it.
  package var example: String?
  /// The same mistake at its further places, in order; `labels` and `edits` hold theirs as well.
  package internal(set) var repetitions: [Diagnostic] = []
  /// What it explains as a whole: other diagnostics that begin within have the same cause and are left
  /// out.
  package var scope: Span?

  package init(
    _ severity: Severity = .error, _ code: String, _ message: String, at span: Span,
    labels: [Label] = [], note: String? = nil, help: String? = nil, edit: Edit? = nil,
    example: String? = nil, scope: Span? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.labels = labels
    self.note = note
    self.help = help
    edits = edit.map { [$0] } ?? []
    self.example = example
    self.scope = scope
  }
}
