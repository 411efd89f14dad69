// Signs of other languages whose meaning is plain: comparisons, lists, comments, and what stands for
// an arrow.

// MARK: - Comparisons

extension Lexer {
  /// A sign, and the words that say the same.
  struct ForeignSign {
    let length: Int
    let words: [String]
  }

  /// In an `expect`, a comparison or a tolerance as mathematics writes it; in `data`, a division by 255.
  var foreignSign: ForeignSign? {
    let tokens = statementTokens(before: offset)
    guard tokens.count > 1, case .word(let first)? = tokens.first?.kind else { return nil }
    if expectations.contains(first) {
      for (sign, words) in comparisons where begins(with: sign) {
        return ForeignSign(length: sign.utf8.count, words: words)
      }
    }
    guard first == "data" else { return nil }
    for sign in ["/ 255.0", "/255.0", "/ 255", "/255"] where begins(with: sign) {
      return ForeignSign(length: sign.utf8.count, words: ["scale", "unit"])
    }
    return nil
  }

  /// Reports the sign, and leaves its words behind.
  mutating func pass(_ sign: ForeignSign) {
    let lower = offset
    offset += sign.length
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    let words = sign.words.joined(separator: " ")
    report(.foreignSign(text, words: words, at: span(from: lower)))
    emit(.word(sign.words[0]), from: lower)
    for word in sign.words.dropFirst() { emit(.word(word), from: offset) }
  }

  private func begins(with sign: String) -> Bool { bytes[offset...].starts(with: sign.utf8) }
}

/// The longer ones before those that they begin with.
private let comparisons = [
  (">=", ["at", "least"]), ("≥", ["at", "least"]), (">", ["at", "least"]),
  ("<=", ["at", "most"]), ("≤", ["at", "most"]), ("<", ["at", "most"]),
  ("+/-", ["within"]), ("+-", ["within"]), ("±", ["within"]),
]

/// What an `expect` is called, here and elsewhere.
private let expectations: Set<String> = ["assert", "check", "expect", "expected", "require"]

// MARK: - What stands for an arrow

extension Lexer {
  /// How many bytes of `-`, `–` or `+` stand here for an arrow: alone between two links of a chain, or
  /// with a `>` behind a blank.
  var shaftLength: Int? {
    let tokens = statementTokens(before: offset)
    guard !tokens.isEmpty, let run = signRun else { return nil }
    var next = offset + run
    while next < bytes.count, bytes[next].isBlank { next += 1 }
    guard next > offset + run, next < bytes.count else { return nil }
    if bytes[next] == UInt8(ascii: ">"), bytes[offset] != UInt8(ascii: "+") {
      return next + 1 - offset
    }
    guard [nil, .net, .let].contains(tokens.first?.keyword) else { return nil }
    let byte = bytes[next]
    let beginsLink =
      byte.isWordPart && !byte.isDigit || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{")
    return beginsLink ? run : nil
  }

  /// The length of the dashes or the plus sign here.
  private var signRun: Int? {
    if peek() == UInt8(ascii: "+") { return 1 }
    if peek() == UInt8(ascii: "-") { return peek(1) == UInt8(ascii: "-") ? 2 : 1 }
    let (scalar, length) = bytes.scalar(at: offset)
    return scalar.map { dashes.contains($0) } == true ? length : nil
  }
}

// MARK: - Comments

extension Lexer {
  /// What begins a comment elsewhere: `//` and `/*` anywhere, others where a line begins with them.
  var commentSign: String? {
    guard let byte = peek() else { return nil }
    if byte == UInt8(ascii: "/") {
      return peek(1) == UInt8(ascii: "/") ? "//" : peek(1) == UInt8(ascii: "*") ? "/*" : nil
    }
    if hasTokenOnLine || offset != lineStart { return nil }
    switch (byte, peek(1)) {
    case (UInt8(ascii: "%"), _): return "%"
    case (UInt8(ascii: ";"), _): return ";"
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): return "--"
    default: return nil
    }
  }

  /// Passes a `/* … */`, or the line where it isn't closed.
  mutating func passBlock() {
    let end = endOfBlock
    while offset < end {
      if bytes[offset] == UInt8(ascii: "\n") { newLine() } else { offset += 1 }
    }
  }

  private var endOfBlock: Int {
    var end = offset + 2
    while end + 1 < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") { return end + 2 }
      end += 1
    }
    return endOfLine
  }
}

// MARK: - Lists

extension Lexer {
  /// How far away a closing bracket is looked for, in bytes.
  private static let longestList = 1000

  /// A list in square brackets, reported once a statement; it stands for an item.
  mutating func brackets() {
    let lower = offset
    if bytes[lower] == UInt8(ascii: "["), let end = endOfList {
      offset = end
    } else {
      offset += 1
    }
    let isFirst = !hasReported(Code.unknownCharacter)
    if isFirst { reportOnce(brackets(at: span(from: lower))) }
    emit(.invalid, from: lower)
  }

  /// Behind the bracket that closes the list which begins here, where it is on this line.
  private var endOfList: Int? {
    let end = endOfLine(within: Self.longestList)
    var depth = 0
    for place in offset..<end {
      switch bytes[place] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "#"): return nil
      default: break
      }
      if depth == 0 { return place + 1 }
    }
    return nil
  }

  private func brackets(at span: Span) -> Diagnostic {
    let text = String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
    guard text.utf8.count > 1 else { return .brackets(text, mended: nil, at: span) }
    let content = text.dropFirst().dropLast()
    if let (count, end) = repetitions(behind: span.upper) {
      let place = Span(span.lower, end, source: sourceIndex)
      return .brackets(text, mended: "(\(content)) * \(count)", at: span, over: place)
    }
    return .brackets(text, mended: mended(content, at: span.lower), at: span)
  }

  /// The list as it is written here: alternatives, or a chain where a link may begin.
  private func mended(_ content: Substring, at lower: Int) -> String? {
    if let chain = ForeignChain.mended(content) { return chain }
    let isNested = content.utf8.contains { "[](){}\"".utf8.contains($0) }
    let isPiped = content.utf8.contains(UInt8(ascii: "|"))
    if isPiped, !content.utf8.contains(UInt8(ascii: "[")) { return "{\(content)}" }
    let parts = content.split(separator: ",").map { $0.trimmingBlanks }
    guard !isNested, parts.count > 1, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    if case .word("scale")? = statementTokens(before: lower).last?.kind { return nil }
    if statementTokens(before: lower).last?.isValueOrName == true {
      return "{" + parts.joined(separator: " | ") + "}"
    }
    let areWords = parts.allSatisfy { $0.utf8.first.map { $0.isWordPart && !$0.isDigit } == true }
    return areWords ? parts.joined(separator: " -> ") : nil
  }

  /// The number in `x 3`, `* 3` or `×3` behind a list of layers, and where it ends.
  private func repetitions(behind offset: Int) -> (count: Int, end: Int)? {
    let rest = String(decoding: bytes[min(offset, bytes.count)...].prefix(16), as: UTF8.self)
    let sign = rest.drop { $0 == " " }
    guard let first = sign.first, "x*×".contains(first) else { return nil }
    let digits = sign.dropFirst().drop { $0 == " " }.prefix { "0"..."9" ~= $0 }
    let length = rest.utf8.distance(from: rest.startIndex, to: digits.endIndex)
    return Int(digits).map { ($0, offset + length) }
  }
}

extension Token {
  /// Whether a value may follow in the same link.
  fileprivate var isValueOrName: Bool {
    switch kind {
    case .word: keyword == nil
    case .number, .size, .text: true
    default: false
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    while rest.last == " " || rest.last == "\t" { rest.removeLast() }
    return rest
  }
}
