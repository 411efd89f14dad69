/// What `mlpc explain` says about a code: more than its line in the table, and an example.
package struct Explanation: Sendable {
  package let code: String
  /// Sentences on one line.
  package let text: String
  /// A spec, or statements to which a network is added, that causes just this code; nil where no text of
  /// a reasonable length does.
  package let faulty: String?
  /// The same without the mistake.
  package let mended: String?

  init(_ code: String, _ text: String, faulty: String? = nil, mended: String? = nil) {
    self.code = code
    self.text = text
    self.faulty = faulty
    self.mended = mended
  }

  /// In the order of the codes.
  package static let all: [Explanation] =
    characters + sentences + words + networks + runs + lints

  package static func of(_ code: String) -> Explanation? { all.first { $0.code == code } }
}
