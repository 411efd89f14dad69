import MLPLibrary
import MLPSyntax

/// One choice that a combination of alternatives makes.
package struct Choice: Equatable, Sendable {
  /// Where the alternatives stand.
  package let span: Span
  /// Which branch is taken, of how many, and its text.
  package let branch: Int
  package let branches: Int
  package let text: String
  /// What the alternatives are called: the name that a `let` gives them, or the setting or word that they are the
  /// value of, or what their layers are.
  package let name: String
  /// Whether the alternatives are seeds of `train`: the same experiment, repeated.
  package let repeats: Bool
  /// The branch's words and values.
  let items: [Item]

  init(_ branches: [Chain], taking branch: Int, at span: Span, in context: Context) {
    self.span = span
    self.branch = branch
    self.branches = branches.count
    text = Self.text(of: branches[branch])
    name = context.name(of: branches)
    repeats = context.keyword == .train && context.word == "seed"
    items = branches[branch].links.flatMap { $0.items }
  }

  /// The branch's text, with dots for alternatives in it.
  private static func text(of branch: Chain) -> String {
    let links = branch.links.map { link in
      Link(link.items.map { $0.isAlternatives ? Item(.word("…"), $0.span) : $0 }, link.span)
    }
    return Printer.text(of: Chain(links, branch.span))
  }

  /// Where alternatives are met.
  struct Context {
    /// The statement's keyword.
    var keyword: Keyword
    /// The last word before them that names a setting or is one of the catalogue's.
    var word: String?
    /// The name of the `let` whose whole value they are.
    var name: String?

    func name(of branches: [Chain]) -> String {
      if let name = name ?? word { return name }
      guard keyword == .net, let category = category(of: branches) else { return keyword.rawValue }
      return category.rawValue
    }

    /// What the first words of all branches are.
    private func category(of branches: [Chain]) -> Category? {
      let categories = branches.map { branch -> Category? in
        guard case .word(let word)? = branch.links.first?.items.first?.kind else { return nil }
        return Belonging.category(of: word)
      }
      guard let first = categories.first, categories.allSatisfy({ $0 == first }) else { return nil }
      return first
    }

    /// Goes on behind a word.
    mutating func pass(_ word: String) {
      if Self.names.contains(word) { self.word = word }
    }

    private static let names = Set(
      Catalogue.schemas.flatMap { schema in [schema.word] + schema.settings.map { $0.name } })
  }
}

extension Item {
  fileprivate var isAlternatives: Bool {
    if case .alternatives = kind { true } else { false }
  }
}
