import MLPLibrary
import MLPSyntax

/// A word that may stand at a place of a text.
package struct Completion: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case keyword
    case layer
    case loss
    case solver
    case schedule
    case initialiser
    case data
    case setting
    case value
    /// A name that the text defines.
    case name
  }

  package let text: String
  package let kind: Kind
  /// What it is, in one line.
  package let help: String
  /// The UTF-8 offsets of what it replaces: the word at the place, or nothing there.
  package let range: Range<Int>

  /// The words that may stand at `offset` and begin as the word there does, in order of usefulness:
  /// values, then settings, then names.
  ///
  /// The text may be faulty or unfinished. Empty in comments, in texts and behind digits.
  ///
  /// - Parameter offset: in UTF-8; what lies outside of the text is moved into it.
  package static func candidates(in text: String, at offset: Int) -> [Completion] {
    guard let place = CompletionPlace(text, at: offset) else { return [] }
    let typed = place.typed.lowercased()
    return place.candidates.filter { $0.text.lowercased().hasPrefix(typed) }
  }

  /// All words that may stand at `offset`, whatever was typed of one.
  package static func all(in text: String, at offset: Int) -> [Completion] {
    CompletionPlace(text, at: offset)?.candidates ?? []
  }
}
