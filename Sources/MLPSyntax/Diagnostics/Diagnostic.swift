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
  package var edit: Edit?
  /// What it explains as a whole: other diagnostics that begin within have the same cause and are left
  /// out.
  package var scope: Span?

  package init(
    _ severity: Severity = .error, _ code: String, _ message: String, at span: Span,
    labels: [Label] = [], note: String? = nil, help: String? = nil, edit: Edit? = nil,
    scope: Span? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.labels = labels
    self.note = note
    self.help = help
    self.edit = edit
    self.scope = scope
  }
}
