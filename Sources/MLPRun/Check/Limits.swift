/// How much a spec may ask for.
package enum Limits {
  /// Layers of a network after expansion, and of all combinations' networks together.
  package static let layers = 100_000
  /// Words and values after expansion.
  package static let items = 1_000_000
  /// Names, groups and alternatives inside each other.
  package static let depth = 256
  /// Times that a group may be repeated.
  package static let repetitions = 100_000
  /// Combinations of alternatives.
  package static let combinations = 1_000
  /// Parameters of a network.
  package static let parameters = 1_000_000_000
}
