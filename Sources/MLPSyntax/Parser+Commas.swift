// Commas between digits: before a fraction, between thousands, between several numbers.

extension Parser {
  /// `0,1`: the number with a point, after a report; nil where no comma parts two numbers without
  /// blanks, or where they surely are two.
  mutating func decimalWithComma() throws(Broken) -> Item? {
    guard case .comma = tokens[position + 1].kind else { return nil }
    if let doubtful = doubtfulNumber { throw fail(doubtful) }
    guard let (left, right) = numbersAroundComma else { return nil }
    let span = current.span.union(tokens[position + 2].span)
    let text = source.text(span)
    guard left.value == 0 else {
      if left.text.utf8.count > 2, right.text.utf8.count != 3 { return nil }
      throw fail(.commaBetweenDigits(text, left.text, right.text, at: span))
    }
    let mended = left.text + "." + right.text
    guard let value = Double(right.isPercent ? String(mended.dropLast()) : mended) else {
      return nil
    }
    mend(.decimalComma(text, mended: mended, at: span))
    position += 3
    let number = Number(
      text: mended, value: value, isInteger: false, isPercent: right.isPercent)
    return Item(.number(number), span)
  }

  /// `1,000.5`, `1.000,5` and `100,200,300`: what may be one number with commas between its thousands or before its
  /// fraction, or several.
  private var doubtfulNumber: Diagnostic? {
    guard case .number(let first) = current.kind else { return nil }
    var last = position
    while tokens[last + 1].kind == .comma, areGlued(last, last + 1),
      case .number = tokens[last + 2].kind, areGlued(last + 1, last + 2)
    {
      last += 2
    }
    let span = current.span.union(tokens[last].span)
    let groups = source.text(span).split(separator: ",").map { $0.split(separator: ".") }
    guard last > position, first.value >= 1, let lowest = groups.last, lowest.count <= 2 else {
      return nil
    }
    let areThousands =
      groups.dropFirst().allSatisfy { $0[0].utf8.count == 3 }
      && groups.dropLast().allSatisfy { $0.count == 1 } && groups[0][0].utf8.count <= 3
    let isReversed =
      groups.count == 2 && groups[0].count == 2 && groups[0][1].utf8.count == 3
      && lowest.count == 1
    guard areThousands && (groups.count > 2 || lowest.count == 2) || isReversed else { return nil }
    return .doubtfulNumber(source.text(span), at: span)
  }

  /// `,1` behind a blank: the fraction of a number, or one of several.
  mutating func refuseLeadingComma() throws(Broken) {
    guard case .comma = current.kind, !areGlued(position - 1, position), position > statementStart,
      case .number(let number) = tokens[position + 1].kind, areGlued(position, position + 1),
      number.isInteger
    else { return }
    throw fail(.leadingComma(number.text, at: current.span.union(tokens[position + 1].span)))
  }

  /// `let a = 1, b = 2`: two definitions in one line.
  mutating func refuseSecondDefinition(behind items: [Item]) throws(Broken) {
    guard case .comma = current.kind, depth == 0, items.count == 1, !items[0].isWord,
      case .word(let name) = tokens[position + 1].kind, tokens[position + 2].kind == .equals,
      statementKeyword == .let
    else { return }
    let gap = Span(
      tokens[position - 1].span.upper, tokens[position + 1].span.lower, source: current.span.source)
    throw fail(.secondDefinition(name, at: current.span, edit: .init(gap, "\nlet ")))
  }

  /// Two numbers with a comma between and no blank, and no third one behind.
  private var numbersAroundComma: (left: Number, right: Number)? {
    guard case .number(let left) = current.kind, left.isInteger, !left.isPercent,
      case .number(let right) = tokens[position + 2].kind,
      right.text.utf8.first?.isDigit == true, !right.text.utf8.contains(UInt8(ascii: ".")),
      areGlued(position, position + 1), areGlued(position + 1, position + 2)
    else { return nil }
    let hasThird = tokens[position + 3].kind == .comma && areGlued(position + 2, position + 3)
    return hasThird ? nil : (left, right)
  }

  /// Whether no blank stands between two neighbours.
  func areGlued(_ left: Int, _ right: Int) -> Bool {
    tokens[left].span.upper == tokens[right].span.lower
  }
}

extension Item {
  fileprivate var isWord: Bool {
    if case .word = kind { true } else { false }
  }
}
