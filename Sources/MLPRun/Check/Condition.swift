import MLPSyntax

/// What `when` says: the branches that a combination must have taken.
struct Condition {
  /// One of some branches. They are of several alternatives only where no combination meets two of these.
  struct Term {
    let branches: [Branch]
    let span: Span
  }

  struct Branch: Equatable {
    /// An index of the spec's axes.
    let axis: Int
    let branch: Int
  }

  let terms: [Term]

  func holds(for choices: [Choice], _ axes: [Axis]) -> Bool {
    terms.allSatisfy { term in
      term.branches.contains { choices.branch(at: axes[$0.axis].span) == $0.branch }
    }
  }
}

/// Finds what the items of a condition name.
struct ConditionReader {
  private let axes: [Axis]
  private let combinations: [[Choice]]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ axes: [Axis], _ combinations: [[Choice]]) {
    self.axes = axes
    self.combinations = combinations
  }

  /// nil after a mistake.
  mutating func condition(_ items: [Item]) -> Condition? {
    var rest = items[...]
    var terms: [Condition.Term] = []
    while let first = rest.first {
      let found = branches(at: rest)
      let span = rest.prefix(max(1, found.length)).reduce(first.span) {
        $0.union($1.span, ifSameSource: true)
      }
      let term = Condition.Term(branches: found.branches, span: span)
      guard check(term, rest.prefix(max(1, found.length)), rest, terms) else { return nil }
      terms.append(term)
      rest = rest.dropFirst(found.length)
    }
    let condition = Condition(terms: terms)
    guard combinations.contains(where: { condition.holds(for: $0, axes) }) else {
      diagnostics.append(.conditionNeverHolds(at: terms.map { $0.span }))
      return nil
    }
    return condition
  }

  // MARK: One term

  /// The branches that the longest beginning of the items names, and its length.
  ///
  /// A branch is named by its first words and values, as many as tell it apart, and its axis' name may stand
  /// before them.
  private func branches(at items: ArraySlice<Item>) -> (branches: [Condition.Branch], length: Int) {
    var longest = 0
    var found: [(branch: Condition.Branch, isWhole: Bool)] = []
    for (index, axis) in axes.enumerated() where !axis.repeats {
      let isNamed = items.first?.isWord(axis.name) ?? false
      for (branch, words) in axis.items.enumerated() {
        for skip in isNamed ? 0...1 : 0...0 {
          let count = Self.agreeing(items.dropFirst(skip), words)
          guard count > 0, skip + count >= longest else { continue }
          if skip + count > longest { found = [] }
          longest = skip + count
          found.append((Condition.Branch(axis: index, branch: branch), count == words.count))
        }
      }
    }
    let whole = found.filter { $0.isWhole }
    return ((whole.isEmpty ? found : whole).map { $0.branch }, longest)
  }

  /// How many items the two have in common at the beginning.
  private static func agreeing(_ items: ArraySlice<Item>, _ words: [Item]) -> Int {
    var count = 0
    for (item, word) in zip(items, words) {
      guard item.means(word) else { break }
      count += 1
    }
    return count
  }

  /// Whether the term names what can be chosen, once, and nothing that was named before.
  ///
  /// - Parameter named: the term's items, which `rest` begins with.
  private mutating func check(
    _ term: Condition.Term, _ named: ArraySlice<Item>, _ rest: ArraySlice<Item>,
    _ before: [Condition.Term]
  ) -> Bool {
    guard !term.branches.isEmpty else {
      diagnostics.append(unknown(rest))
      return false
    }
    let isAmbiguous = term.branches.enumerated().contains { index, branch in
      term.branches[..<index].contains { meets($0, branch) }
    }
    if isAmbiguous {
      let text = named.map { Printer.text(of: $0) }.joined(separator: " ")
      diagnostics.append(
        .ambiguousCondition(text, term.branches.map { axes[$0.axis] }, at: term.span))
      return false
    }
    if let twin = before.first(where: { $0.branches == term.branches }) {
      diagnostics.append(.namedTwice(at: term.span, first: twin.span))
      return false
    }
    return true
  }

  /// Whether some combination meets both alternatives, so that it is not clear which is meant.
  private func meets(_ a: Condition.Branch, _ b: Condition.Branch) -> Bool {
    a.axis == b.axis
      || combinations.contains { choices in
        choices.branch(at: axes[a.axis].span) != nil && choices.branch(at: axes[b.axis].span) != nil
      }
  }

  private func unknown(_ items: ArraySlice<Item>) -> Diagnostic {
    let named = axes.filter { !$0.repeats }
    if let axis = axes.first(where: { items.first?.kind == .word($0.name) }), items.count > 1 {
      return .unknownBranch(of: axis, found: items[items.startIndex + 1])
    }
    return .unknownCondition(found: items[items.startIndex], axes: named)
  }
}

extension Item {
  /// Whether it is this word.
  func isWord(_ text: String) -> Bool {
    if case .word(text) = kind { true } else { false }
  }

  /// Whether both say the same: numbers by their value, all else by its text.
  fileprivate func means(_ other: Item) -> Bool {
    switch (kind, other.kind) {
    case (.number(let a), .number(let b)): a.value == b.value && a.isPercent == b.isPercent
    case (.word(let a), .word(let b)): a == b
    case (.word, _), (_, .word), (.number, _), (_, .number): false
    default: withoutSpans() == other.withoutSpans()
    }
  }
}
