import MLPLibrary
import MLPSyntax

/// Replaces names, groups and alternatives by what they stand for: afterwards a chain is plain links of
/// words, numbers, sizes and texts.
struct Expansion {
  /// The choices made so far, in the order in which the alternatives were met.
  private(set) var choices: [Choice] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// How many links there are so far.
  private(set) var layers = 0
  /// How many words and values there are so far.
  private(set) var items = 0
  /// How often alternatives were met, also those whose choice was made before.
  private(set) var meetings = 0
  private let definitions: [String: Statement]
  private let prescribed: [Span: Int]
  /// The branches taken so far.
  private var taken: [Span: Int] = [:]
  private var depth = 0
  /// The item of the statement itself that is being replaced.
  private var outermost = Span(0, 0)
  /// What is known of the place where alternatives may be met next.
  private var context = Choice.Context(keyword: .net)
  /// Whether a limit was exceeded: nothing more is said then.
  private var isFull = false
  /// Names that are being replaced: none of them may be met again inside.
  private var open: Set<String> = []

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

  /// What this combination chose, for a message; nil where there is no choice.
  var combination: String? {
    guard !choices.isEmpty else { return nil }
    let texts = choices.prefix(5).map { "'\($0.text.brief)'" } + (choices.count > 5 ? ["…"] : [])
    return "in the combination of \(texts.joined(separator: ", "))"
  }

  /// The items of a statement other than `net`: the only link's of a chain.
  mutating func items(of statement: Statement) -> [Item]? {
    let first = statement.body.links.first?.items ?? []
    if statement.body.links.count == 1, takesAsWritten(first[...]) { return first }
    context = Choice.Context(keyword: statement.keyword)
    let before = layers
    defer { layers = before }
    guard let links = links(of: statement.body) else { return nil }
    guard links.count == 1 else {
      return fail(.arrowOutsideNet(statement.keyword, at: statement.firstArrow))
    }
    return links[0].items
  }

  /// Whether nothing in the items of a statement stands for something else; they are counted then.
  mutating func takesAsWritten(_ written: ArraySlice<Item>) -> Bool {
    guard items + written.count <= Limits.items, written.allSatisfy({ isPlain($0) })
    else { return false }
    items += written.count
    return true
  }

  private func isPlain(_ item: Item) -> Bool {
    switch item.kind {
    case .group, .alternatives: false
    case .word(let word): definitions.isEmpty || definitions[word] == nil
    default: true
    }
  }

  /// The links of a `net` statement.
  mutating func links(ofNet statement: Statement) -> [Link]? {
    context = Choice.Context(keyword: .net)
    return links(of: statement.body)
  }

  /// The plain links of a chain; nil after a mistake.
  private mutating func links(of chain: Chain) -> [Link]? {
    var result: [Link] = []
    for link in chain.links {
      if depth == 0 { outermost = link.span }
      guard let expanded = links(of: link) else { return nil }
      result += expanded
    }
    return result
  }

  private mutating func links(of link: Link) -> [Link]? {
    if context.keyword == .net { context.word = nil }
    guard link.items.count == 1 else { return plainLink(link) }
    let span = link.items[0].span
    switch link.items[0].kind {
    case .group(let chain, let times):
      return repeated(chain, times, at: span)
    case .alternatives(let branches):
      let branch = choose(branches, at: span)
      return inside { $0.links(of: branch) }
    case .word(let word):
      guard let chain = definition(word, at: span) else { return plainLink(link) }
      context.name = chain.isAlternatives ? word : nil
      return inside(word, at: span) { $0.links(of: chain) }
    default: return plainLink(link)
    }
  }

  private mutating func plainLink(_ link: Link) -> [Link]? {
    guard let items = plainItems(link.items) else { return nil }
    layers += 1
    guard layers <= Limits.layers else { return stop(.tooManyLayers(at: outermost)) }
    return [Link(items, link.span)]
  }

  private mutating func plainItems(_ items: [Item]) -> [Item]? {
    var result: [Item] = []
    for item in items {
      if depth == 0 { outermost = item.span }
      guard let expanded = plainItems(item) else { return nil }
      result += expanded
    }
    return result
  }

  private mutating func plainItems(_ item: Item) -> [Item]? {
    switch item.kind {
    case .group:
      return fail(.groupAmongItems(at: item.span))
    case .alternatives(let branches):
      let branch = choose(branches, at: item.span)
      return inside { $0.singleLink(of: branch, usedAt: item.span) }
    case .word(let word):
      guard let chain = definition(word, at: item.span) else {
        context.pass(word)
        return plain(item)
      }
      context.name = chain.isAlternatives ? word : nil
      return inside(word, at: item.span) { $0.singleLink(of: chain, usedAt: item.span) }
    default:
      return plain(item)
    }
  }

  private mutating func plain(_ item: Item) -> [Item]? {
    items += 1
    guard items <= Limits.items else { return stop(.tooManyItems(at: outermost)) }
    return [item]
  }

  private mutating func singleLink(of chain: Chain, usedAt span: Span) -> [Item]? {
    guard chain.links.count == 1, let link = chain.links.first else {
      return fail(.chainAmongItems(at: span))
    }
    return plainItems(link.items)
  }

  private mutating func repeated(_ chain: Chain, _ times: Item?, at span: Span) -> [Link]? {
    guard let count = repetitions(times) else { return nil }
    var result: [Link] = []
    for _ in 0..<count {
      guard let once = inside({ $0.links(of: chain) }) else { return nil }
      result += once
    }
    return result
  }

  private mutating func repetitions(_ times: Item?) -> Int? {
    guard let times else { return 1 }
    guard let items = plainItems(times) else { return nil }
    guard items.count == 1, case .number(let number) = items[0].kind,
      number.isInteger, !number.isPercent, number.value >= 1,
      number.value <= Double(Limits.repetitions)
    else { return fail(.wrongRepetition(found: items.first, at: times.span)) }
    return Int(number.value)
  }

  /// What a name stands for, where the word is one. A single item takes the place of its use, so that a
  /// mistake is shown there.
  private func definition(_ word: String, at span: Span) -> Chain? {
    guard let chain = definitions[word]?.body else { return nil }
    guard chain.links.count == 1, chain.links[0].items.count == 1 else { return chain }
    switch chain.links[0].items[0].kind {
    case .group, .alternatives: return chain
    case let kind: return Chain([Link([Item(kind, span)], span)], span)
    }
  }

  /// The branch that is taken; alternatives that are met again make the same choice.
  private mutating func choose(_ branches: [Chain], at span: Span) -> Chain {
    defer { context.name = nil }
    meetings += 1
    if let branch = taken[span] { return branches[branch] }
    let branch = prescribed[span, default: 0]
    taken[span] = branch
    choices.append(Choice(branches, taking: branch, at: span, in: context))
    return branches[branch]
  }

  /// Goes one level deeper for `body`: a spec may define names by names to any depth.
  private mutating func inside<T>(_ body: (inout Expansion) -> T?) -> T? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Limits.depth else { return stop(.namesTooDeep(at: outermost)) }
    return body(&self)
  }

  /// The same inside of a name, which can't stand for itself.
  private mutating func inside<T>(
    _ name: String, at span: Span, _ body: (inout Expansion) -> T?
  ) -> T? {
    guard open.insert(name).inserted else { return fail(.nameUsesItself(name, at: span)) }
    defer { open.remove(name) }
    return inside(body)
  }

  private mutating func stop<T>(_ diagnostic: Diagnostic) -> T? {
    if !isFull { diagnostics.append(diagnostic) }
    isFull = true
    return nil
  }

  private mutating func fail<T>(_ diagnostic: Diagnostic) -> T? {
    diagnostics.append(diagnostic)
    return nil
  }
}

extension Chain {
  /// Whether it is alternatives and nothing else.
  fileprivate var isAlternatives: Bool {
    guard links.count == 1, links[0].items.count == 1, case .alternatives = links[0].items[0].kind
    else { return false }
    return true
  }
}

extension Statement {
  /// Where the body's first arrow is; the body, where the arrow comes from a name.
  fileprivate var firstArrow: Span {
    guard body.links.count > 1 else { return body.span }
    let (left, right) = (body.links[0].span, body.links[1].span)
    return Span(left.upper, max(left.upper, right.lower), source: left.source)
  }
}
