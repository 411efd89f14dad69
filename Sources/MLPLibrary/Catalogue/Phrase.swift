/// Words in a fixed order with places between them: `every 500 steps`.
package struct Phrase: Equatable, Sendable {
  package enum Part: Equatable, Sendable {
    case word(String)
    case choice([String])
    case integer(ClosedRange<Int>)
  }

  /// At least one; the first is a word, and no two phrases of a setting begin with the same.
  package let parts: [Part]
  /// The phrase as it might be written.
  package let sample: String

  package init(_ sample: String, _ parts: Part...) {
    self.sample = sample
    self.parts = parts
  }

  /// A phrase of one word.
  package init(_ word: String) {
    sample = word
    parts = [.word(word)]
  }

  /// Every word that may stand in the phrase.
  package var words: [String] { parts.flatMap { $0.words } }
}

extension Phrase.Part {
  /// The words of which one stands here; none where a number does.
  package var words: [String] {
    switch self {
    case .word(let word): [word]
    case .choice(let words): words
    case .integer: []
    }
  }
}
