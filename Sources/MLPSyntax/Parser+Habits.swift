// How other languages write settings, lists and decimals, where the meaning is plain.

// MARK: - Signs between items

extension Parser {
  /// Passes commas, colons and equals signs between items.
  mutating func mendSeparators() {
    let first = position
    while current.isSeparator { position += 1 }
    if position == first { return }
    let edit = separatorEdit(from: first)
    let span = tokens[first].span
    switch tokens[first].kind {
    case .comma: mend(.comma(at: span, edit: edit))
    case .colon: mend(.separator(":", at: span, example: pair(around: first), edit: edit))
    default: mend(.separator("=", at: span, example: pair(around: first), edit: edit))
    }
  }

  /// One blank in place of the separators from `first` on and the blanks around; nothing where no item
  /// follows.
  private func separatorEdit(from first: Int) -> Diagnostic.Edit {
    let (left, right) = (tokens[first - 1].span.upper, current.span.lower)
    let signs = tokens[first].span.union(tokens[position - 1].span)
    if !current.beginsItem {
      return Diagnostic.Edit(Span(left, signs.upper, source: signs.source), "")
    }
    let isPlain = source.bytes[left..<right].allSatisfy { $0.isBlank || ",:=".utf8.contains($0) }
    let place = isPlain ? Span(left, right, source: signs.source) : signs
    return Diagnostic.Edit(place, " ")
  }

  /// The name before a separator and the value behind it, as they are written here.
  private func pair(around separator: Int) -> String? {
    guard current.isPlainItem else { return nil }
    return source.text(tokens[separator - 1].span) + " " + source.text(current.span)
  }
}

// MARK: - Commas between layers

extension Parser {
  /// Whether a comma with a word behind it joins two layers: in a network without any arrow.
  var isCommaForArrow: Bool {
    guard current.kind == .comma, !hasArrow, depth == 0, case .word = tokens[position + 1].kind
    else { return false }
    return [nil, .net].contains(statementKeyword)
  }

  /// Passes such a comma.
  mutating func takeCommaForArrow() -> Token? {
    guard isCommaForArrow else { return nil }
    let span = current.span
    let isGlued = tokens[position - 1].span.upper == span.lower
    let isFollowed = tokens[position + 1].span.lower == span.upper
    let mended = (isGlued ? " " : "") + "->" + (isFollowed ? " " : "")
    mend(.commaForArrow(at: span, edit: .init(span, mended)))
    position += 1
    return tokens[position - 1]
  }
}

// MARK: - Lists of values

extension Parser {
  /// `0.1, 0.01` behind a setting's name: alternatives, after a report; nil where commas join no numbers, or the
  /// name may take them all.
  mutating func listOfValues(behind name: Item?) -> Item? {
    guard let name, case .word = name.kind, depth == 0, case .number = current.kind,
      takesValue(name)
    else { return nil }
    var last = position
    while tokens[last + 1].kind == .comma, case .number = tokens[last + 2].kind { last += 2 }
    guard last > position else { return nil }
    let values = stride(from: position, through: last, by: 2).map { tokens[$0] }
    let span = current.span.union(tokens[last].span)
    let texts = values.map { source.text($0.span) }
    let mended = "{" + texts.joined(separator: " | ") + "}"
    mend(.commasBetweenValues(texts.joined(separator: ", "), mended: mended, at: span))
    position = last + 1
    let chains = values.map { value in
      Chain([Link([Item(plainKind(of: value), value.span)], value.span)], value.span)
    }
    return Item(.alternatives(chains), span)
  }

  /// Whether a word may be a setting's name: in `init` and `solver` the first one isn't.
  private func takesValue(_ word: Item) -> Bool {
    switch statementKeyword {
    case .train: true
    case .`init`, .solver: tokens[statementStart + 1].span != word.span
    default: false
    }
  }
}

// MARK: - Parentheses and braces

extension Parser {
  /// `(784, 128)` behind a word or value: its items, after a report; nil where it is no list of
  /// settings.
  mutating func settingsInParentheses(behind item: Item?) throws(Broken) -> [Item]? {
    guard let item, current.kind == .leftParenthesis, let close = closing(position),
      tokens[close + 1].kind != .star, !isTimesAsLetter(item)
    else { return nil }
    let content = tokens[(position + 1)..<close]
    if content.contains(where: { $0.kind == .leftParenthesis }) {
      guard !content.contains(where: { $0.kind == .arrow }) else { return nil }
      throw fail(nestedCall(behind: item, close: close))
    }
    guard content.allSatisfy({ $0.isPlainItem || $0.isSeparator }) else { return nil }
    let items = content.filter { $0.isPlainItem }
    mend(parenthesised(items, behind: item, close: close))
    position = close + 1
    return items.map { Item(plainKind(of: $0), $0.span) }
  }

  /// Whether it is the `x` of `(a) x`: a number behind it would be how often the group is repeated.
  private func isTimesAsLetter(_ item: Item) -> Bool {
    guard case .word(let word) = item.kind, word == "x" || word == "X", position > 1 else {
      return false
    }
    return tokens[position - 2].kind == .rightParenthesis
  }

  /// `Sequential(Linear(784, 128), ReLU())`: the calls inside are the chain.
  private func nestedCall(behind name: Item, close: Int) -> Diagnostic {
    let span = current.span.union(tokens[close].span)
    let content = Span(current.span.upper, tokens[close].span.lower, source: span.source)
    let edit = ForeignChain.mended(source.text(content)[...]).map { chain in
      Diagnostic.Edit(name.span.union(span), chain)
    }
    return .nestedCall(
      at: span, isNet: [nil, .net, .let].contains(statementKeyword), edit: edit,
      within: tokens[statementStart].span.union(span))
  }

  private func parenthesised(_ items: [Token], behind name: Item, close: Int) -> Diagnostic {
    let span = current.span.union(tokens[close].span)
    let text = items.map { " " + Printer.text(of: Item(plainKind(of: $0), $0.span)) }.joined()
    let word = Printer.text(of: name)
    let name = name.span
    let isGlued = tokens[close + 1].beginsItem && areGlued(close, close + 1)
    let isOnOneLine = !source.bytes[name.upper..<span.upper].contains(UInt8(ascii: "\n"))
    let edit = Diagnostic.Edit(
      Span(isOnOneLine ? name.upper : span.lower, span.upper, source: span.source),
      text + (isGlued ? " " : ""))
    return .settingsInParentheses(word + text, at: span, edit: edit)
  }

  /// Why what stands in these braces is no alternatives: a list with commas, or settings with colons.
  var listInBraces: Diagnostic? {
    guard let close = closing(position) else { return nil }
    let content = tokens[(position + 1)..<close]
    guard content.contains(where: { $0.isSeparator }),
      content.allSatisfy({ $0.isPlainItem || $0.isSeparator || $0.kind == .arrow })
    else { return nil }
    let span = current.span.union(tokens[close].span)
    if content.contains(where: { $0.kind == .colon || $0.kind == .equals }) {
      return settingsInBraces(content.filter { $0.isPlainItem }, at: span)
    }
    let text = content.map { $0.kind == .comma ? "|" : source.text($0.span) }
    return .commasInBraces(mended: "{" + text.joined(separator: " ") + "}", at: span)
  }

  /// Settings in braces, as JSON and YAML have them; a `type` before the word that they belong to is left out.
  func settingsInBraces(_ items: [Token], at span: Span) -> Diagnostic {
    var texts = items.map { item in
      if case .text(let text) = item.kind, text.isWord { text } else { source.text(item.span) }
    }
    let labels = ["class", "class_name", "kind", "name", "type"]
    let isLabel = texts.first.map { labels.contains($0) } == true
    if isLabel, texts.count > 1, texts[1].isWord { texts.removeFirst() }
    return .settingsInBraces(
      mended: texts.joined(separator: " "), at: span,
      within: tokens[statementStart].span.union(span))
  }

  /// `3 * (a)`, `0.1 * 0.5` and other stars in the wrong place.
  var strayStar: Diagnostic {
    let (star, next) = (current.span, tokens[position + 1])
    guard position > 0, case .number(let count) = tokens[position - 1].kind else {
      return .strayStar(at: star, group: repeatedLink)
    }
    guard next.kind == .leftParenthesis, let close = closing(position + 1) else {
      return product ?? .strayStar(at: star, group: repeatedLink)
    }
    let group = source.text(next.span.union(tokens[close].span))
    let place = tokens[position - 1].span.union(tokens[close].span)
    return .starBeforeGroup(at: star, edit: .init(place, "\(group) * \(count.text)"))
  }

  /// The product of the numbers around a star, where that is all it can mean.
  private var product: Diagnostic? {
    guard case .number(let left) = tokens[position - 1].kind,
      case .number(let right) = tokens[position + 1].kind, !left.isPercent, !right.isPercent,
      statementKeyword.map({ $0 != .net && $0 != .let }) ?? false
    else { return nil }
    let span = tokens[position - 1].span.union(tokens[position + 1].span)
    let isWhole = left.isInteger && right.isInteger
    let value = left.value * right.value
    let text = isWhole ? Int(exactly: value).map { String($0) } ?? "" : "\(value)"
    return .calculation(
      "\(left.text) * \(right.text)", mended: text.isEmpty || text.utf8.count > 8 ? nil : text,
      at: span)
  }

  /// The link before a star and its number, as a group: `(fc 128 128) * 2`.
  private var repeatedLink: String? {
    guard case .number(let count) = tokens[position + 1].kind, count.isInteger,
      [nil, .net, .let].contains(statementKeyword)
    else { return nil }
    var first = position
    while first > statementStart, tokens[first - 1].isPlainItem, tokens[first - 1].keyword == nil {
      first -= 1
    }
    guard first < position, case .word = tokens[first].kind else { return nil }
    let link = tokens[first..<position].map { source.text($0.span) }.joined(separator: " ")
    return "(\(link)) * \(count.text)"
  }

  /// A bar outside of braces; the values on both sides, where they are plain, are alternatives.
  var strayBar: Diagnostic {
    let bar = current.span
    if let group = alternativesInParentheses { return group }
    if let links = linksAroundBar { return links }
    var last = position
    while tokens[last].kind == .bar, tokens[last + 1].isLiteral { last += 2 }
    guard last > position, position > statementStart, tokens[position - 1].isLiteral else {
      return .strayBar(at: bar, edit: nil)
    }
    let values = stride(from: position - 1, to: last, by: 2).map { source.text(tokens[$0].span) }
    let span = tokens[position - 1].span.union(tokens[last - 1].span)
    return .strayBar(
      at: bar, edit: .init(span, "{" + values.joined(separator: " | ") + "}"))
  }

  /// `(relu | tanh)`: alternatives in the wrong brackets.
  private var alternativesInParentheses: Diagnostic? {
    var open = position
    while open > statementStart, tokens[open].kind != .leftParenthesis { open -= 1 }
    guard tokens[open].kind == .leftParenthesis, let close = closing(open), close > position,
      tokens[close + 1].kind != .star,
      tokens[(open + 1)..<close].allSatisfy({ $0.isPlainItem || [.bar, .arrow].contains($0.kind) })
    else { return nil }
    let span = tokens[open].span.union(tokens[close].span)
    let content = Span(span.lower + 1, span.upper - 1, source: span.source)
    return .strayBar(at: current.span, edit: .init(span, "{" + source.text(content) + "}"))
  }

  /// `a -> relu | tanh -> b`: alternatives between two arrows, without braces.
  private var linksAroundBar: Diagnostic? {
    guard hasArrow, depth == 0, [nil, .net].contains(statementKeyword) else {
      return nil
    }
    var (first, last) = (position, position)
    while first > statementStart, tokens[first - 1].isPlainItem, tokens[first - 1].keyword == nil {
      first -= 1
    }
    while tokens[last + 1].isPlainItem || tokens[last + 1].kind == .bar { last += 1 }
    let isBetween =
      first > statementStart && tokens[first - 1].kind == .arrow
      && [.arrow, .end].contains(tokens[last + 1].kind)
    guard isBetween, case .word = tokens[first].kind,
      !tokens[first...last].contains(where: { $0.kind == .bar && $0.span == tokens[last].span })
    else { return nil }
    let span = tokens[first].span.union(tokens[last].span)
    return .strayBar(at: current.span, edit: .init(span, "{" + source.text(span) + "}"))
  }

  /// `x 3` or `x3` behind a group: the number of repetitions, after a report.
  mutating func timesAsLetter() -> Item? {
    guard case .word(let word) = current.kind, word.utf8.first.map({ $0 | 0x20 }) == 0x78 else {
      return nil
    }
    let letter = current.span
    if word.utf8.count > 1 {
      guard let count = Int(word.dropFirst()), count > 0 else { return nil }
      mend(.timesAsLetter(word, mended: "* \(count)", at: letter))
      position += 1
      let number = Number(
        text: String(count), value: Double(count), isInteger: true, isPercent: false)
      return Item(.number(number), letter)
    }
    guard case .number(let number) = tokens[position + 1].kind, number.isInteger,
      !number.isPercent, number.value.sign == .plus
    else { return nil }
    mend(.timesAsLetter(word, mended: "*", at: letter))
    position += 2
    return Item(.number(number), tokens[position - 1].span)
  }

  /// Where the bracket at `open` is closed in its statement.
  private func closing(_ open: Int) -> Int? {
    var depth = 0
    for place in open..<tokens.count {
      switch tokens[place].kind {
      case .leftParenthesis, .leftBrace: depth += 1
      case .rightParenthesis, .rightBrace: depth -= 1
      case .end, .endOfSource: return nil
      default: break
      }
      if depth == 0 { return place }
      if depth > Parser.maximumDepth { return nil }
    }
    return nil
  }
}

extension Token {
  /// A word or literal.
  var isPlainItem: Bool {
    switch kind {
    case .word, .number, .size, .text: true
    default: false
    }
  }

  /// A number, a size or a text.
  fileprivate var isLiteral: Bool {
    if case .word = kind { false } else { isPlainItem }
  }

  /// What other languages write between names and values.
  fileprivate var isSeparator: Bool {
    switch kind {
    case .comma, .colon, .equals: true
    default: false
    }
  }
}

extension String {
  /// Whether it could stand as a word.
  fileprivate var isWord: Bool {
    guard let first = utf8.first, !first.isDigit else { return false }
    return utf8.allSatisfy { $0.isWordPart }
  }
}
