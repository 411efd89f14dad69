import MLPLibrary
import MLPSyntax

/// What a token means where it stands.
package enum TokenRole: Sendable {
  case keyword(Keyword)
  /// A word of the catalogue.
  case entry(Schema, Category)
  /// The name of a setting of the word that `owner` describes.
  case setting(Setting, owner: Schema)
  /// The value of such a setting, or part of it.
  case value(Setting, owner: Schema)
  /// The name that a `let` gives.
  case definition(String)
  /// A name that a `let` gives elsewhere.
  case use(String)
  /// A sign, or what means nothing here.
  case other
}
