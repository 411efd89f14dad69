/// A user's mistake, or the world's, found where no source positions are known.
///
/// The checker adds the place: that of `setting`, or of the whole word where it is nil.
package struct Problem: Error, Equatable, Sendable {
  /// What the mistake is in; it decides the exit code.
  package enum Kind: Sendable {
    /// The spec asks for what can't be.
    case spec
    /// The data are not what they should be.
    case data
    /// A file or a server that is needed is not there.
    case missing
    /// Reading or writing failed.
    case io
    /// The user stopped it.
    case stopped
  }

  package var kind: Kind
  /// One sentence, lower case, no full stop.
  package var message: String
  /// The name of the setting at fault.
  package var setting: String?
  package var help: String?

  package init(_ kind: Kind, _ message: String, setting: String? = nil, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.setting = setting
    self.help = help
  }

  /// The loading of data ended before its end.
  package static let stopped = Problem(.stopped, "the loading was stopped")

  /// A mistake in the spec.
  package init(_ message: String, setting: String? = nil, help: String? = nil) {
    self.init(.spec, message, setting: setting, help: help)
  }
}
