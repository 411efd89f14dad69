/// Text to tokens. Never fails: what it can't read becomes a diagnostic and an `invalid` token.
package struct Lexer {
  package struct Output: Sendable {
    /// Ends with `endOfSource`; before it, each statement ends with `end`.
    package var tokens: [Token] = []
    package var comments: [Comment] = []
    /// How many statements the tokens are.
    var statementCount = 0
    /// In the order of the text, at most one more than `Diagnostic.limit`.
    package var diagnostics: [Diagnostic] = []
    /// Whether the text was read to its end: it is small enough, UTF-8, and not all faults.
    package var isWhole = true
  }

  /// - Parameter index: the source's number, for the spans.
  package static func tokens(of source: Source, index: Int = 0) -> Output {
    var lexer = Lexer(source, index)
    lexer.run()
    return lexer.output
  }

  let bytes: [UInt8]
  let sourceIndex: Int
  var offset: Int
  var output = Output()
  /// Faulty bytes are reported once: one wrongly saved file is one mistake.
  var hasReportedEncoding = false
  private(set) var lineStart: Int
  /// Where the current statement's tokens begin.
  private var statementStart = 0
  /// The diagnostics of the current statement that may come again, by code.
  private var recurring: [String: Int] = [:]
  private var lineIsBlank = true
  private var followsBlankLine = false

  private init(_ source: Source, _ index: Int) {
    bytes = source.bytes
    sourceIndex = index
    offset = source.start
    lineStart = source.start
  }

  private mutating func run() {
    if let refusal {
      report(refusal)
    } else {
      output.tokens.reserveCapacity(bytes.count / 4)
      while offset < bytes.count, !hasReachedLimit { scan(bytes[offset]) }
    }
    output.isWhole = offset == bytes.count
    endStatement()
    output.tokens.append(Token(.endOfSource, span(from: offset)))
  }

  private var refusal: Diagnostic? {
    if bytes.count > Source.maximumBytes {
      return .sourceTooLarge(bytes: bytes.count, at: Span(0, 0, source: sourceIndex))
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return .invalidEncoding(at: Span(0, 2, source: sourceIndex))
    }
    return nil
  }

  /// Reads one token or one piece of trivia; always moves on.
  private mutating func scan(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"): return newLine()
    case UInt8(ascii: " "), UInt8(ascii: "\t"): return offset += 1
    case UInt8(ascii: "\r") where peek(1) == UInt8(ascii: "\n"): return offset += 1
    default: lineIsBlank = false
    }
    switch byte {
    case UInt8(ascii: "#"): comment()
    case UInt8(ascii: "\""): text()
    case _ where beginsNumber: number()
    case _ where byte.isWordPart: word()
    default: punctuation(byte)
    }
  }

  mutating func newLine() {
    offset += 1
    lineStart = offset
    followsBlankLine = lineIsBlank
    lineIsBlank = true
  }

  private mutating func comment() {
    let lower = offset
    let upper = endOfLine
    offset = upper
    checkEncoding(lower..<upper)
    let text = bytes[(lower + 1)..<upper]
    let isSpaced = text.first == UInt8(ascii: " ")
    let trimmed = (isSpaced ? text.dropFirst() : text).droppingTrailingBlanks
    output.comments.append(
      Comment(
        text: String(decoding: trimmed, as: UTF8.self), span: span(from: lower),
        followsBlankLine: followsBlankLine && !hasTokenOnLine, trails: hasTokenOnLine))
  }

  private mutating func word() {
    let lower = offset
    while peek()?.isWordPart == true { offset += 1 }
    if isPathHead(from: lower) { return path(from: lower) }
    if gluedLength > 0 { return malformedWord(from: lower) }
    emit(.word(String(decoding: bytes[lower..<offset], as: UTF8.self)), from: lower)
  }

  private mutating func punctuation(_ byte: UInt8) {
    let lower = offset
    if byte == UInt8(ascii: "-"), peek(1) == UInt8(ascii: ">") {
      offset += 2
      return emit(.arrow, from: lower)
    }
    guard arrowLength == nil, let kind = Token.Kind(punctuation: byte) else { return garbage() }
    offset += 1
    emit(kind, from: lower)
  }
}

// MARK: - What every part of the lexer uses

extension Lexer {
  func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  func span(from lower: Int) -> Span { Span(lower, offset, source: sourceIndex) }

  /// Where the current line ends, before its line end.
  var endOfLine: Int {
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    let hasReturn = end < bytes.count && end > offset && bytes[end - 1] == UInt8(ascii: "\r")
    return hasReturn ? end - 1 : end
  }

  /// The same, or `limit` bytes from here where the line is longer: a look ahead must be short.
  func endOfLine(within limit: Int) -> Int {
    var end = offset
    while end < bytes.count, end - offset < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    let isCut = end < bytes.count && bytes[end] != UInt8(ascii: "\n")
    let hasReturn =
      !isCut && end < bytes.count && end > offset && bytes[end - 1] == UInt8(ascii: "\r")
    return hasReturn ? end - 1 : end
  }

  private var hasReachedLimit: Bool { output.diagnostics.count > Diagnostic.limit }

  var isAtLineEnd: Bool {
    switch peek() {
    case nil, UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): peek(1) == UInt8(ascii: "\n")
    default: false
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if !hasReachedLimit { output.diagnostics.append(diagnostic) }
  }

  /// Reports a mistake once a statement: where it comes again, the place is marked and the edit grows.
  ///
  /// - Parameter key: what tells it from others of its code.
  mutating func reportOnce(_ diagnostic: Diagnostic, as key: String? = nil) {
    let key = key ?? diagnostic.code
    if !hasTokenOnLine, diagnostic.span.lower == lineStart, diagnostic.code != Code.wrongArrow {
      recurring = [:]
    }
    guard let index = recurring[key] else {
      recurring[key] = output.diagnostics.count
      return report(diagnostic)
    }
    guard index < output.diagnostics.count else { return }
    output.diagnostics[index].recur(diagnostic)
  }

  /// Whether a diagnostic that may come again was reported in this statement.
  func hasReported(_ code: String) -> Bool { recurring[code] != nil }

  /// The tokens of the statement that what begins at `lower` belongs to, as far as they were read.
  func statementTokens(before lower: Int) -> ArraySlice<Token> {
    let beginsStatement = !hasTokenOnLine && lower == lineStart
    return output.tokens[(beginsStatement ? output.tokens.count : statementStart)...]
  }

  /// Adds a token that reaches from `lower` to here, after the statement's end if it begins one.
  mutating func emit(_ kind: Token.Kind, from lower: Int) {
    let token = Token(kind, span(from: lower), followsBlankLine: followsBlankLine)
    if !continuesStatement(token) { endStatement() }
    output.tokens.append(token)
  }

  var hasTokenOnLine: Bool {
    guard let last = output.tokens.last else { return false }
    return last.span.upper > lineStart
  }

  /// A line continues the one before if it is indented, if it begins with an arrow, or if the one
  /// before ends with an arrow. A keyword in the first column begins a statement even then: the
  /// arrow leads nowhere, and the parser says so.
  private func continuesStatement(_ token: Token) -> Bool {
    if hasTokenOnLine || token.span.lower > lineStart || token.kind == .arrow { return true }
    return output.tokens.last?.kind == .arrow && token.keyword == nil
  }

  private mutating func endStatement() {
    guard let last = output.tokens.last, last.kind != .end else { return }
    output.tokens.append(Token(.end, last.span.end))
    output.statementCount += 1
    statementStart = output.tokens.count
    recurring = [:]
  }
}

extension Token.Kind {
  fileprivate init?(punctuation byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("): self = .leftParenthesis
    case UInt8(ascii: ")"): self = .rightParenthesis
    case UInt8(ascii: "{"): self = .leftBrace
    case UInt8(ascii: "}"): self = .rightBrace
    case UInt8(ascii: "|"): self = .bar
    case UInt8(ascii: "*"): self = .star
    case UInt8(ascii: "="): self = .equals
    case UInt8(ascii: ","): self = .comma
    case UInt8(ascii: ":"): self = .colon
    default: return nil
    }
  }
}

extension UInt8 {
  var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  var isWordPart: Bool {
    let lowered = self | 0x20
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= lowered || isDigit || self == UInt8(ascii: "_")
  }

  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension ArraySlice<UInt8> {
  var droppingTrailingBlanks: ArraySlice<UInt8> {
    var rest = self
    while let last = rest.last, last.isBlank || last == UInt8(ascii: "\r") { rest.removeLast() }
    return rest
  }
}
