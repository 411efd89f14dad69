import MLPLibrary
import MLPSyntax

/// Gives a name that a `let` defines another spelling, everywhere.
package enum Renaming {
  /// - Returns: the places to replace, in order; nil where no such name stands at `offset`.
  /// - Throws: where the new name is none, or taken.
  package static func edits(
    at offset: Int, to name: String, in words: WordMap
  ) throws(Problem) -> [Span]? {
    guard let old = words.name(at: offset), words.definition(of: old.text) != nil
    else { return nil }
    guard name != old.text else { return [] }
    guard isWord(name) else {
      throw Problem(
        "expected a name, found '\(name.brief)'",
        help: "a name has letters, digits and '_', and begins with no digit")
    }
    guard Keyword(rawValue: name) == nil, !Catalogue.reservedWords.contains(name) else {
      throw Problem("'\(name)' is a word of the language", help: "choose another name")
    }
    guard words.definition(of: name) == nil else {
      throw Problem("'\(name)' is defined already", help: "choose another name")
    }
    return words.places(of: old.text)
  }

  private static func isWord(_ text: String) -> Bool {
    let tokens = Lexer.tokens(of: Source(name: "", text: text))
    return tokens.diagnostics.isEmpty && tokens.tokens.first?.kind == .word(text)
  }
}
