extension Diagnostic {
  /// How many further places of one mistake are marked.
  private static let marks = 8

  /// Marks one of many places, where few are marked yet.
  package mutating func mark(_ span: Span, _ message: String) {
    if labels.count < Self.marks { labels.append(Label(span, message)) }
  }

  /// Takes up another place of the same mistake, further on in the text: it is marked, and mended with the first.
  package mutating func recur(_ other: Diagnostic) {
    mark(other.span, "")
    addEdits(other.edits)
    if repetitions.count < Self.repetitionLimit { repetitions.append(other) }
  }

  /// How many further places are known one by one.
  private static let repetitionLimit = 1000

  /// The mistake is mended where all of its places are, and none lies in another.
  private mutating func addEdits(_ others: [Edit]) {
    guard let last = edits.last, let next = others.first, last.span.source == next.span.source,
      last.span.upper <= next.span.lower
    else { return edits = [] }
    guard last.span.upper == next.span.lower else { return edits += others }
    edits[edits.count - 1] = Edit(
      last.span.union(next.span), last.replacement + next.replacement)
    edits += others.dropFirst()
  }

  /// The mistake at each of its places.
  private var places: [Diagnostic] {
    guard let next = repetitions.first else { return [self] }
    var first = self
    first.repetitions = []
    first.labels = []
    first.edits = edits.filter { $0.span.upper <= next.span.lower }
    return [first] + repetitions
  }

  /// One mistake at all of these places; nil where there are none.
  private init?(_ places: [Diagnostic]) {
    guard var all = places.first else { return nil }
    for place in places.dropFirst() { all.recur(place) }
    self = all
  }
}

// MARK: - Words and the signs around them

extension Diagnostic {
  /// What the parser and the checker say, as one: a word that means nothing and the signs that another language
  /// writes behind it, as in `Dense(128)` or `learning_rate=0.1`, are one mistake with one mend, and so is a word
  /// that comes again.
  package static func joined(_ parsed: [Diagnostic], _ checked: [Diagnostic]) -> [Diagnostic] {
    var faults = checked
    let habits = parsed.compactMap { habit -> Diagnostic? in
      guard habit.isHabit, !faults.isEmpty else { return habit }
      let places = habit.places
      let rest = places.filter { !takeUp($0, by: &faults) }
      return rest.count == places.count ? habit : Diagnostic(rest)
    }
    return sorted(habits + folded(faults))
  }

  /// Whether the parser has passed it, so that the checker has seen what stands there.
  private var isHabit: Bool {
    switch code {
    case Code.comma, Code.separator, Code.settingsInParentheses, Code.wrongQuotes,
      Code.malformedWord, Code.malformedNumber, Code.textWithoutQuotes:
      true
    default: false
    }
  }

  /// Whether one of the faults is about the same place, or about the word that touches it.
  private static func takeUp(_ habit: Diagnostic, by faults: inout [Diagnostic]) -> Bool {
    for index in faults.indices where faults[index].severity == .error {
      if faults[index].takeUp(habit) { return true }
    }
    return false
  }

  private mutating func takeUp(_ habit: Diagnostic) -> Bool {
    if habit.span == span || edits.contains(where: { $0.span.holds(habit.span) }) { return true }
    guard let sign = habit.edits.first, sign.span.source == span.source else { return false }
    if habit.code == Code.settingsInParentheses, edits.count == 1,
      edits[0].span.lower == habit.span.lower + 1, edits[0].span.upper == habit.span.upper - 1
    {
      edits = [Edit(sign.span, " " + edits[0].replacement)]
      return true
    }
    guard sign.span.lower == span.upper || sign.span.upper == span.lower else { return false }
    guard let own = edits.first, edits.count == 1 else { return edits.isEmpty && isOfWord }
    if own.span.lower == span.lower, own.span.upper > sign.span.lower,
      own.span.upper <= sign.span.upper
    {
      edits = [Edit(own.span.union(sign.span), own.replacement)]
      return true
    }
    guard own.span == span else { return false }
    let isBehind = sign.span.lower == span.upper
    let (left, right) = isBehind ? (own, sign) : (sign, own)
    edits = [Edit(left.span.union(right.span), left.replacement + right.replacement)]
    if isBehind, let rest = habit.example?.drop(while: { $0 != " " }), !rest.isEmpty {
      let text = "write \(Diagnostic.quoted(own.replacement + rest))"
      let isSaid = help.map { $0.hasSuffix("?") || $0.contains("write '") } ?? true
      help = isSaid ? text : help.map { "\($0): \(text)" }
    }
    return true
  }

  /// Whether it is about a word that means nothing where it stands.
  private var isOfWord: Bool { ["E0301", "E0303", "E0333"].contains(code) }

  /// The same word with the same mend is one mistake, wherever it stands.
  private static func folded(_ faults: [Diagnostic]) -> [Diagnostic] {
    var folded: [Diagnostic] = []
    var known: [String: Int] = [:]
    for fault in faults {
      guard fault.isOfWord, fault.edits.count == 1, fault.severity == .error else {
        folded.append(fault)
        continue
      }
      let key = fault.message
      if let first = known[key], folded[first].span.source == fault.span.source,
        folded[first].precedes(fault)
      {
        folded[first].recur(fault)
      } else if known[key] == nil {
        known[key] = folded.count
        folded.append(fault)
      } else {
        folded.append(fault)
      }
    }
    return folded
  }

  /// Whether all of its edits lie before another one's.
  private func precedes(_ other: Diagnostic) -> Bool {
    guard let last = edits.last, let next = other.edits.first else { return false }
    return last.span.upper < next.span.lower && span != other.span
  }
}

extension Span {
  fileprivate func holds(_ other: Span) -> Bool {
    source == other.source && lower <= other.lower && other.upper <= upper
  }
}
