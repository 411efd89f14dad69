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
}

/// Replaces names, groups and alternatives by what they stand for: afterwards a chain is plain links of
/// words, numbers, sizes and texts.
struct Expansion {
  /// The choices made so far, in the order in which the alternatives were met.
  private(set) var choices: [Choice] = []
  private(set) var usedNames: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []
  private let definitions: [String: Statement]
  private let prescribed: [Span: Int]
  private var layers = 0

  /// - Parameters:
  ///   - definitions: the `let` statements by name.
  ///   - prescribed: branches to take, by the place of their alternatives; elsewhere the first is taken.
  init(definitions: [String: Statement], prescribed: [Span: Int] = [:]) {
    self.definitions = definitions
    self.prescribed = prescribed
  }

  /// The branches to take in the next combination; nil after the last one.
  var next: [Span: Int]? {
    guard let last = choices.lastIndex(where: { $0.branch + 1 < $0.branches }) else { return nil }
    var next: [Span: Int] = [:]
    for choice in choices[..<last] { next[choice.span] = choice.branch }
    next[choices[last].span] = choices[last].branch + 1
    return next
  }

  /// The plain links of a chain; nil after a mistake.
  mutating func links(of chain: Chain) -> [Link]? {
    var result: [Link] = []
    for link in chain.links {
      guard let expanded = links(of: link) else { return nil }
      result += expanded
    }
    return result
  }

  private mutating func links(of link: Link) -> [Link]? {
    if link.items.count == 1 {
      switch link.items[0].kind {
      case .group(let chain, let times):
        return repeated(chain, times, at: link.items[0].span)
      case .alternatives(let branches):
        return links(of: choose(branches, at: link.items[0].span))
      case .word(let word):
        if let definition = definition(word, at: link.items[0].span) {
          return links(of: located(definition, at: link.items[0].span))
        }
      default: break
      }
    }
    guard let items = plainItems(link.items) else { return nil }
    layers += 1
    guard layers <= Limits.layers else {
      return fail(.tooManyLayers(at: link.span))
    }
    return [Link(items, link.span)]
  }

  private mutating func plainItems(_ items: [Item]) -> [Item]? {
    var result: [Item] = []
    for item in items {
      guard let expanded = plainItems(item) else { return nil }
      result += expanded
    }
    return result
  }

  private mutating func plainItems(_ item: Item) -> [Item]? {
    switch item.kind {
    case .group:
      return fail(.chainAmongItems(at: item.span))
    case .alternatives(let branches):
      return singleLink(of: choose(branches, at: item.span), usedAt: item.span)
    case .word(let word):
      guard let definition = definition(word, at: item.span) else { return [item] }
      return singleLink(of: located(definition, at: item.span), usedAt: item.span)
    default:
      return [item]
    }
  }

  private mutating func singleLink(of chain: Chain, usedAt span: Span) -> [Item]? {
    guard chain.links.count == 1, let link = chain.links.first else {
      return fail(.chainAmongItems(at: span))
    }
    return plainItems(link.items)
  }

  private mutating func repeated(_ chain: Chain, _ times: Item?, at span: Span) -> [Link]? {
    guard let count = repetitions(times) else {
      return fail(.wrongRepetition(at: times?.span ?? span))
    }
    var result: [Link] = []
    for _ in 0..<count {
      guard let once = links(of: chain) else { return nil }
      result += once
    }
    return result
  }

  private mutating func repetitions(_ times: Item?) -> Int? {
    guard let times else { return 1 }
    guard let items = plainItems(times), items.count == 1, case .number(let number) = items[0].kind,
      number.isInteger, !number.isPercent, number.value >= 1,
      number.value <= Double(Limits.repetitions)
    else { return nil }
    return Int(number.value)
  }

  /// What a name stands for, where the word is one; a use before the definition is a mistake.
  private mutating func definition(_ word: String, at span: Span) -> Statement? {
    guard let definition = definitions[word] else { return nil }
    usedNames.insert(word)
    if definition.span.source == span.source, definition.span.lower >= span.lower {
      diagnostics.append(.nameUsedBefore(word, at: span, definition: definition.span))
      return nil
    }
    return definition
  }

  /// The definition's chain. A single item takes the place of its use, so that a mistake is shown there.
  private func located(_ definition: Statement, at span: Span) -> Chain {
    let chain = definition.body
    guard chain.links.count == 1, chain.links[0].items.count == 1 else { return chain }
    if case .group = chain.links[0].items[0].kind { return chain }
    if case .alternatives = chain.links[0].items[0].kind { return chain }
    return Chain([Link([Item(chain.links[0].items[0].kind, span)], span)], span)
  }

  /// The branch that is taken; alternatives that are met again make the same choice.
  private mutating func choose(_ branches: [Chain], at span: Span) -> Chain {
    if let made = choices.first(where: { $0.span == span }) { return branches[made.branch] }
    let branch = prescribed[span, default: 0]
    choices.append(
      Choice(
        span: span, branch: branch, branches: branches.count,
        text: Printer.text(of: branches[branch])))
    return branches[branch]
  }

  private mutating func fail<T>(_ diagnostic: Diagnostic) -> T? {
    diagnostics.append(diagnostic)
    return nil
  }
}
