import MLPLibrary
import MLPSyntax

/// What a statement takes the place of: there is one of each in a spec, but for what is expected.
enum StatementRole: Hashable {
  case keyword(Keyword)
  case definition(String)
  /// The same set, measure, kind of target and condition: `expect test accuracy at least` is another one than
  /// `at most`, and each `when` has its own.
  case expectation(String)

  init(_ statement: Statement) {
    switch statement.keyword {
    case .let: self = .definition(statement.name?.text ?? "")
    case .expect: self = .expectation(Self.claim(statement.body.links.first?.items ?? []))
    default: self = .keyword(statement.keyword)
    }
  }

  /// What an `expect` claims, but for its numbers.
  private static func claim(_ items: [Item]) -> String {
    let condition = items.conditionRange
    let when = items[condition].map { Printer.text(of: $0) }
    let words = (items[..<condition.lowerBound] + items[condition.upperBound...])
      .map { Printer.text(of: $0) }
    if words.contains("diverges") { return (["diverges"] + when).joined(separator: " ") }
    let target = words.firstIndex(of: "at").map { words[($0 + 1)...].first ?? "" } ?? "near"
    let measured = ["set", "measure"].enumerated().map { place, name in
      // Also where names of settings stand before them; else what stands in the place, as a name does.
      let known = StatementSchemas.expect.setting(name)?.kind.words ?? []
      return words.first { known.contains($0) } ?? words.dropFirst(place).first ?? ""
    }
    return (measured + [target] + when).joined(separator: " ")
  }

  /// Whether several may stand in a spec.
  var mayRepeat: Bool {
    if case .expectation = self { true } else { false }
  }

  /// Definitions first, then the order in which specs are written.
  var rank: Int {
    switch self {
    case .definition: 0
    case .keyword(let keyword): 1 + (Keyword.allCases.firstIndex(of: keyword) ?? 0)
    case .expectation: 100
    }
  }
}
