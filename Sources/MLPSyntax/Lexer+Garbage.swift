// What is no part of the language. Where the meaning is plain the token is mended after the report;
// else an `invalid` token keeps the parser from reporting the same place again.

extension Lexer {
  /// Reports what stands here, which begins no token, and passes it.
  mutating func garbage() {
    let lower = offset
    let (scalar, length) = bytes.scalar(at: offset)
    guard let scalar else { return invalidBytes() }
    if beginsPath { return path(from: lower) }
    if let foreign = foreignSign { return pass(foreign) }
    if let length = arrowLength ?? shaftLength { return wrongArrow(length: length) }
    if let sign = commentSign { return wrongComment(sign) }
    if scalar == "[" || scalar == "]" { return brackets() }
    if let closing = closingQuote(of: scalar) { return wrongQuotes(closing) }
    if scalar.isInvisible { return invisible(scalar) }
    if scalar.isLetter { return malformedWord(from: lower) }
    offset += length
    if dashes.contains(scalar), beginsNumber {
      reportOnce(.wrongMinus(scalar, at: span(from: lower)))
      return emit(.invalid, from: lower)
    }
    if scalar == "%", let number = numberBefore(lower) {
      let apart = Span(number.upper, offset, source: sourceIndex)
      return fail(.percentApart(at: span(from: lower), between: apart), from: lower)
    }
    if scalar == "-", !hasTokenOnLine {
      let sign = span(from: lower)
      var next = offset
      while next < bytes.count, bytes[next].isBlank { next += 1 }
      let blanks = Span(lower, next, source: sourceIndex)
      return fail(.listItem(at: sign, with: blanks), from: lower)
    }
    if scalar.isFullWidth { return fullWidth(scalar, from: lower) }
    if scalar == "<", peek() == UInt8(ascii: "-") {
      offset += 1
      reportOnce(.leftArrow(at: span(from: lower)), as: "<-")
      return emit(.invalid, from: lower)
    }
    if scalar == ";" {
      return semicolon(from: lower)
    }
    if "<>!".unicodeScalars.contains(scalar), peek() == UInt8(ascii: "=") { offset += 1 }
    skipUnknown()
    fail(.unknownCharacter(scalar, at: span(from: lower)), from: lower)
  }

  /// A `;` between statements, behind the last one, or between alternatives.
  private mutating func semicolon(from lower: Int) {
    let span = span(from: lower)
    let tokens = statementTokens(before: lower)
    let isInBraces =
      tokens.lastIndex { $0.kind == .leftBrace } ?? -1
      > tokens.lastIndex { $0.kind == .rightBrace } ?? -1
    var next = offset
    while next < bytes.count, bytes[next].isBlank { next += 1 }
    let isLast = next >= bytes.count || "\r\n#".utf8.contains(bytes[next])
    let edit =
      isInBraces
      ? Diagnostic.Edit(span, " |")
      : isLast
        ? Diagnostic.Edit(span, "")
        : Diagnostic.Edit(Span(lower, next, source: sourceIndex), "\n")
    reportOnce(.semicolon(at: span, edit: edit), as: ";")
    emit(.invalid, from: lower)
  }

  private mutating func invalidBytes() {
    let lower = offset
    while offset < bytes.count, case (nil, let length) = bytes.scalar(at: offset) {
      offset += length
    }
    reportEncoding(span(from: lower))
    emit(.invalid, from: lower)
  }

  private mutating func wrongArrow(length: Int) {
    let lower = offset
    offset += length
    while peek() == UInt8(ascii: ">") { offset += 1 }
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    reportOnce(.wrongArrow(text, at: span(from: lower)))
    emit(.arrow, from: lower)
  }

  private mutating func wrongComment(_ sign: String) {
    let lower = offset
    let upper = lower + sign.utf8.count
    if sign == "/*" { passBlock() } else { offset = endOfLine }
    report(.wrongComment(sign, at: Span(lower, upper, source: sourceIndex)))
  }

  /// The number that stands before `lower` on the same line, nothing but blanks between.
  private func numberBefore(_ lower: Int) -> Span? {
    guard hasTokenOnLine, let last = output.tokens.last, case .number(let number) = last.kind,
      !number.isPercent, bytes[last.span.upper..<lower].allSatisfy({ $0.isBlank })
    else { return nil }
    return last.span
  }

  private mutating func fullWidth(_ scalar: Unicode.Scalar, from lower: Int) {
    reportOnce(.fullWidthCharacter(scalar, at: span(from: lower)))
    emit(.invalid, from: lower)
  }

  private mutating func wrongQuotes(_ closing: Set<Unicode.Scalar>) {
    let lower = offset
    let end = endOfLine(within: longestQuotation)
    var content: String.UnicodeScalarView?
    var read = String.UnicodeScalarView()
    offset += bytes.scalar(at: offset).length
    var position = offset
    while position < end, content == nil {
      let (scalar, length) = bytes.scalar(at: position)
      position += length
      if let scalar, closing.contains(scalar) { content = read }
      read.append(scalar ?? "\u{FFFD}")
    }
    if content != nil { offset = position }
    let span = span(from: lower)
    guard let content else { return fail(.wrongQuotes(content: nil, at: span), from: lower) }
    reportOnce(.wrongQuotes(content: String(content), at: span))
    let isWritable = content.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\t" }
    emit(isWritable ? .text(String(content)) : .invalid, from: lower)
  }

  /// Blanks that look like others, and marks without any look: they part words, as a blank does.
  private mutating func invisible(_ scalar: Unicode.Scalar) {
    let lower = offset
    while let next = bytes.scalar(at: offset).scalar, next.isInvisible {
      offset += bytes.scalar(at: offset).length
    }
    reportOnce(.invisibleCharacter(scalar, at: span(from: lower)))
  }

  /// Passes the characters of no use that follow, and the blanks between them.
  private mutating func skipUnknown() {
    var end = offset
    while let scalar = nextScalar(), isUnknown(scalar) {
      offset += UTF8.width(scalar)
      end = offset
    }
    offset = end
  }

  /// What stands behind the blanks that follow, which it passes.
  private mutating func nextScalar() -> Unicode.Scalar? {
    while peek()?.isBlank == true { offset += 1 }
    return bytes.scalar(at: offset).scalar
  }

  private func isUnknown(_ scalar: Unicode.Scalar) -> Bool {
    if arrowLength != nil || beginsNumber { return false }
    if scalar == "/" { return peek(1) != UInt8(ascii: "/") }
    if scalar.isASCII {
      let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\r"
      return isControl || scalar.value == 0x7F
        || "!$%&;<>?@\\^~+-.".unicodeScalars.contains(scalar)
    }
    if scalar.isJoining { return true }
    return !scalar.isLetter && !scalar.isInvisible && !scalar.isFullWidth
      && closingQuote(of: scalar) == nil
  }
}

// MARK: - Words

extension Lexer {
  /// Reads on from within or behind a word as far as anything hangs together with it.
  mutating func malformedWord(from lower: Int) {
    while let byte = peek() {
      let length = byte.isWordPart ? 1 : gluedLength
      if length == 0 { break }
      offset += length
    }
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    let span = span(from: lower)
    if let name = qualifiedName(text) {
      reportOnce(.qualifiedWord(text, name: name, at: span))
      emit(.word(name), from: lower)
    } else if text.isQuotient {
      fail(.calculation(text, mended: nil, at: span), from: lower)
    } else if let length = wordLength(beforeNumberIn: text) {
      numberBehindWord(from: lower, length: length)
    } else if text.utf8.contains(where: { "./\\~".utf8.contains($0) }) {
      quotePath(from: lower)
    } else if text.utf8.allSatisfy({ $0.isWordPart || $0 == UInt8(ascii: "-") }) {
      fail(.wordHasHyphen(text, at: span), from: lower)
    } else if let letters = foreignLetters(from: lower) {
      fail(.foreignLetters(letters.text, mended: letters.mended, at: letters.span), from: lower)
    } else {
      fail(.malformedWord(text, at: span), from: lower)
    }
  }

  /// The first letters of another alphabet from `lower` to here, and the plain ones that look the same.
  private func foreignLetters(from lower: Int) -> (text: String, mended: String?, span: Span)? {
    var place = lower
    while place < offset, bytes[place] < 0x80 { place += 1 }
    var end = place
    var text = String.UnicodeScalarView()
    while end < offset, case (let scalar?, let length) = bytes.scalar(at: end), scalar.isLetter {
      text.append(scalar)
      end += length
    }
    guard end > place else { return nil }
    let plain = text.compactMap { lookalikes[$0] }
    let mended = plain.count == text.count ? String(plain) : nil
    return (String(text), mended, Span(place, end, source: sourceIndex))
  }

  /// How long the word is in `dropout0.5`; nil where the text is no word with a number behind it that is more than
  /// digits.
  private func wordLength(beforeNumberIn text: String) -> Int? {
    let word = text.utf8.prefix { $0.isWordPart && !$0.isDigit }
    guard !word.isEmpty,
      let form = NumberPattern(Array(text.utf8.dropFirst(word.count))[...]).number(),
      !form.isInteger || form.isPercent, text.utf8.dropFirst(word.count).first?.isDigit == true
    else { return nil }
    return word.count
  }

  /// Reports that a blank is missing, and leaves both.
  private mutating func numberBehindWord(from lower: Int, length: Int) {
    let end = offset
    let middle = lower + length
    let isJoined = bytes[middle - 1] == UInt8(ascii: "_")
    let name = lower..<(isJoined && length > 1 ? middle - 1 : middle)
    let word = String(decoding: bytes[name], as: UTF8.self)
    let number = String(decoding: bytes[middle..<end], as: UTF8.self)
    let gap = Span(name.upperBound, middle, source: sourceIndex)
    report(.numberBehindWord(word, number, at: span(from: lower), gap: gap))
    offset = name.upperBound
    emit(.word(word), from: lower)
    offset = middle
    self.number()
  }

  /// The last part of `nn.Linear`, where parentheses follow or the first part is a module's usual name: a call or a
  /// class of another language.
  private func qualifiedName(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, peek() == UInt8(ascii: "(") || modules.contains(parts[0]) else {
      return nil
    }
    let areWords = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { $0.isWordPart }
    }
    guard areWords, let last = parts.last, last.utf8.first?.isDigit == false else { return nil }
    return String(last)
  }

  /// How many bytes here, right behind a word or number, belong to it in the writer's mind though
  /// not in the language: `-` in `softmax-ce`, `/` in `data/train`, `ß` in `größe`. Mostly 0.
  var gluedLength: Int {
    guard let byte = peek(), arrowLength == nil else { return 0 }
    if byte < 0x80 { return byte.isGlue ? 1 : 0 }
    let (scalar, length) = bytes.scalar(at: offset)
    return scalar.map { $0.isLetter || "×✕".unicodeScalars.contains($0) } == true ? length : 0
  }
}

/// Letters of other alphabets that can't be told from a plain one.
private let lookalikes: [Unicode.Scalar: Character] = [
  "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c", "\u{443}": "y",
  "\u{445}": "x", "\u{455}": "s", "\u{456}": "i", "\u{458}": "j", "\u{3BF}": "o", "\u{3BD}": "v",
]

/// What modules of other languages' libraries are usually called.
private let modules: Set<Substring> = [
  "F", "flax", "jax", "keras", "layers", "linen", "nn", "np", "numpy", "optax", "optim", "sklearn",
  "tf", "torch", "torchvision",
]

extension String {
  /// Whether it is a word divided by a number, as `n/2`.
  fileprivate var isQuotient: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let divisor = parts.last, !divisor.isEmpty else { return false }
    return divisor.utf8.allSatisfy { $0.isDigit } && parts[0].utf8.allSatisfy { $0.isWordPart }
  }
}

extension UInt8 {
  /// Whether it is one of `-./\~@&$%+!?^'` and the backquote.
  fileprivate var isGlue: Bool {
    switch self {
    case UInt8(ascii: "!"), UInt8(ascii: "$")...UInt8(ascii: "'"), UInt8(ascii: "+"),
      UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "@"),
      UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

// MARK: - Arrows and quotes

private let arrows: Set<Unicode.Scalar> = [
  "→", "⇒", "⟶", "⟹", "➔", "➙", "➛", "➜", "➝", "➞", "➡", "⇨", "↦", "›",
]

/// Of how many equal characters an arrow's shaft may be made: each look ahead is short.
private let longestArrow = 8

/// How far away a closing quote is looked for, in bytes.
private let longestQuotation = 1000

/// Hyphens, dashes and the minus sign, apart from `-`.
let dashes: Set<Unicode.Scalar> = [
  "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "\u{FF0D}",
]

/// The quotes that may close what `scalar` opens; nil where it is no quote.
private func closingQuote(of scalar: Unicode.Scalar) -> Set<Unicode.Scalar>? {
  switch scalar {
  case "'", "`": [scalar]
  case "“", "”", "„", "‟": ["“", "”", "\""]
  case "‘", "’", "‚": ["‘", "’", "'"]
  case "«": ["»"]
  case "»": ["«", "»"]
  case "＂": ["＂"]
  default: nil
  }
}

extension Lexer {
  /// How many bytes here are an arrow in any spelling: `->`, `-->`, `=>`, `>`, `–>`, `→`.
  var arrowLength: Int? {
    guard let byte = peek() else { return nil }
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "="): return headedLength(from: runLength(of: byte))
    case UInt8(ascii: "|"): return headedLength(from: 1)
    case UInt8(ascii: ">"):
      let length = runLength(of: byte)
      if peek(length) == UInt8(ascii: "-"), peek(length + 1)?.isBlank == true { return length + 1 }
      return peek(length) == UInt8(ascii: "=") ? nil : length
    case ..<0x80: return nil
    default: break
    }
    let (scalar, length) = bytes.scalar(at: offset)
    guard let scalar else { return nil }
    if dashes.contains(scalar) { return headedLength(from: length) }
    guard arrows.contains(scalar) else { return nil }
    var run = length
    while bytes.scalar(at: offset + run).scalar == scalar { run += length }
    return run
  }

  /// The length with a `>` behind it; nil where there is none.
  private func headedLength(from length: Int) -> Int? {
    peek(length) == UInt8(ascii: ">") ? length + 1 : nil
  }

  private func runLength(of byte: UInt8) -> Int {
    var length = 1
    while length < longestArrow, peek(length) == byte { length += 1 }
    return length
  }
}

extension Unicode.Scalar {
  /// A sign of ASCII in the width of an ideograph.
  var isFullWidth: Bool { (0xFF01...0xFF5E).contains(value) && self != "＂" && self != "－" }

  /// A letter or digit of any script.
  var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .nonspacingMark, .spacingMark:
      value > 0x7F && !(0xFF01...0xFF20).contains(value)
    default: false
    }
  }

  /// Part of the character before it.
  var isJoining: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: self == "\u{200D}"
    }
  }

  /// A blank other than ASCII's, or a mark that shows nothing.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .format: value > 0x7F
    default: false
    }
  }
}
