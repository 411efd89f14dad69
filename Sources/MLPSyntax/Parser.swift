/// Tokens to the tree: one method a rule of the grammar.
///
/// ```
/// spec         = { statement end } ;
/// statement    = keyword [ chain ] | "let" word "=" chain | chain ;
/// chain        = link { "->" link } ;
/// link         = item { item } ;
/// item         = word | number | size | text | group | alternatives ;
/// group        = "(" chain ")" [ "*" ( number | word ) ] ;
/// alternatives = "{" chain { "|" chain } "}" ;
/// ```
///
/// A rule that can't go on throws `Broken` after its report; only `statement` catches it.
package struct Parser {
  /// How deep groups and alternatives may lie in each other.
  package static let maximumDepth = 64

  /// - Parameter index: the source's number, for the spans.
  /// - Returns: the statements that could be read, and all diagnostics in order.
  package static func parse(_ source: Source, index: Int = 0) -> (
    spec: Spec, diagnostics: [Diagnostic]
  ) {
    let lexed = Lexer.tokens(of: source, index: index)
    var parser = Parser(source, lexed)
    var spec = parser.spec()
    if !lexed.isWhole { spec.brokenKeywords = Keyword.allCases }
    return (spec, Diagnostic.limited(lexed.diagnostics + parser.diagnostics))
  }

  let source: Source
  let tokens: [Token]
  var position = 0
  var depth = 0
  var diagnostics: [Diagnostic] = []
  /// How many diagnostics there were when the statement began.
  var diagnosticsBefore = 0
  /// Where the statement's tokens begin.
  var statementStart = 0
  /// The keyword that the statement begins with.
  var statementKeyword: Keyword?
  /// Whether the statement holds something that the lexer has reported.
  var hasInvalid = false
  /// Whether the statement holds an arrow.
  var hasArrow = false
  private var comments: CommentCursor
  private let statementCount: Int

  private init(_ source: Source, _ lexed: Lexer.Output) {
    self.source = source
    statementCount = lexed.statementCount
    tokens = lexed.tokens
    comments = CommentCursor(source: source, comments: lexed.comments)
  }

  private mutating func spec() -> Spec {
    var spec = Spec(statements: [])
    spec.statements.reserveCapacity(statementCount)
    while current.kind != .endOfSource {
      lookAhead()
      let keyword = expectedKeyword
      let hasLet = statementKeyword == .let
      if var statement = statement() {
        comments.attach(to: &statement, isFirst: spec.statements.isEmpty)
        spec.statements.append(statement)
      } else {
        spec.brokenKeywords.append(keyword)
        // A line of another language may have been any statement.
        if keyword == .let, !hasLet { spec.brokenKeywords.append(.net) }
        comments.skip(to: current.span.lower)
      }
      _ = take(.end)
    }
    spec.trailingComments = comments.rest(isFirst: spec.statements.isEmpty)
    return spec
  }

  /// One statement up to its end; nil where it is broken.
  private mutating func statement() -> Statement? {
    diagnosticsBefore = diagnostics.count
    depth = 0
    do {
      let statement = try anyStatement()
      if current.kind != .end { throw fail(stray) }
      return hasInvalid ? nil : statement
    } catch {
      skipStatement()
      return nil
    }
  }

  /// Finds out what the statement that begins here holds.
  private mutating func lookAhead() {
    statementStart = position
    statementKeyword = current.keyword
    (hasInvalid, hasArrow) = (false, false)
    for place in position..<tokens.count {
      switch tokens[place].kind {
      case .invalid: hasInvalid = true
      case .arrow: hasArrow = true
      case .end: return
      default: continue
      }
    }
  }

  private mutating func anyStatement() throws(Broken) -> Statement {
    let first = current
    guard let keyword = statementKeyword else {
      if hasForeignLet { position += 1 }
      return isDefinitionWithoutLet ? try definition(from: first) : try bareStatement()
    }
    position += 1
    if keyword == .let { return try definition(from: first) }
    mendSeparators()
    let body =
      current.kind == .end
      ? Chain([], first.span.end) : try chain(in: .statement)
    return Statement(
      keyword: keyword, keywordSpan: first.span, body: body, span: first.span.union(body.span),
      followsBlankLine: first.followsBlankLine)
  }

  private mutating func bareStatement() throws(Broken) -> Statement {
    let followsBlankLine = current.followsBlankLine
    let body = try chain(in: .statement)
    return Statement(
      keyword: .net, keywordSpan: nil, body: body, span: body.span,
      followsBlankLine: followsBlankLine)
  }

  /// What follows `let`, or should.
  private mutating func definition(from first: Token) throws(Broken) -> Statement {
    let name = try definitionName(from: first)
    try definitionEquals(name)
    if current.kind == .end { throw fail(.letWithoutValue(name: name.text, at: current.span)) }
    let body = try chain(in: .statement)
    let keywordSpan = first.span == name.span ? first.span.start : first.span
    return Statement(
      keyword: .let, keywordSpan: keywordSpan, name: name, body: body,
      span: first.span.union(body.span), followsBlankLine: first.followsBlankLine)
  }

  private mutating func definitionName(from first: Token) throws(Broken) -> Name {
    let token = current
    guard case .word(let text) = token.kind else { throw fail(wrongName) }
    if let keyword = token.keyword { throw fail(.letNameIsKeyword(keyword, at: token.span)) }
    if first.span == token.span {
      mend(.missingLet(name: text, at: token.span))
    } else if first.keyword != .let {
      mend(.foreignLet(source.text(first.span), name: text, at: first.span))
    }
    position += 1
    return Name(text, token.span)
  }

  /// Takes the `=`; passes its absence where a value follows, and a `:` or `:=` in its place.
  private mutating func definitionEquals(_ name: Name) throws(Broken) {
    if let first = take(.equals) {
      if let second = take(.equals) {
        let span = first.span.union(second.span)
        mend(.letWithoutEquals(name: name.text, at: span, edit: .init(span, "=")))
      }
      return
    }
    if current.beginsItem {
      let gap = name.span.end
      return mend(.letWithoutEquals(name: name.text, at: gap, edit: .init(gap, " =")))
    }
    guard let colon = take(.colon) else {
      throw fail(.letWithoutEquals(name: name.text, at: current.span, edit: nil))
    }
    let span = take(.equals).map { colon.span.union($0.span) } ?? colon.span
    let isApart = name.span.upper < span.lower
    mend(.letWithoutEquals(name: name.text, at: span, edit: .init(span, isApart ? "=" : " =")))
  }

  mutating func chain(in place: Place) throws(Broken) -> Chain {
    var links: [Link] = []
    var arrow: Token?
    repeat {
      guard current.beginsItem else { throw fail(missingLink(in: place, after: arrow)) }
      links.append(try link())
      arrow = take(.arrow) ?? takeCommaForArrow()
    } while arrow != nil
    return Chain(links, links[0].span.union(links[links.count - 1].span))
  }

  private mutating func link() throws(Broken) -> Link {
    var items: [Item] = []
    items.reserveCapacity(plainItemsAhead)
    while current.beginsItem {
      if let number = try decimalWithComma() {
        items.append(number)
      } else if let values = listOfValues(behind: items.last) {
        items.append(values)
      } else if let settings = try settingsInParentheses(behind: items.last) {
        items += settings
      } else {
        items.append(try item())
      }
      if isCommaForArrow { break }
      try refuseLeadingComma()
      try refuseSecondDefinition(behind: items)
      mendSeparators()
    }
    return Link(items, items[0].span.union(items[items.count - 1].span))
  }

  /// How many words and literals stand here in a row.
  private var plainItemsAhead: Int {
    var end = position
    while tokens[end].isPlainItem { end += 1 }
    return end - position
  }

  private mutating func item() throws(Broken) -> Item {
    let token = current
    switch token.kind {
    case .leftParenthesis: return try group()
    case .leftBrace: return try alternatives()
    default:
      position += 1
      return Item(plainKind(of: token), token.span)
    }
  }

  /// What a token says by itself; an `invalid` one stands for a word.
  func plainKind(of token: Token) -> Item.Kind {
    switch token.kind {
    case .word(let text): .word(text)
    case .number(let number): .number(number)
    case .size(let sizes): .size(sizes)
    case .text(let text): .text(text)
    default: .word("")
    }
  }

  private mutating func group() throws(Broken) -> Item {
    let open = try descend()
    let chain = try chain(in: .group(open))
    guard let close = take(.rightParenthesis) else { throw fail(unclosed(.group(open))) }
    depth -= 1
    let span = open.span.union(close.span)
    if let times = timesAsLetter() {
      return Item(.group(chain, times: times), span.union(times.span))
    }
    guard take(.star) != nil else { return Item(.group(chain, times: nil), span) }
    let times = try count()
    return Item(.group(chain, times: times), span.union(times.span))
  }

  /// What follows the `*` of a group.
  private mutating func count() throws(Broken) -> Item {
    let token = current
    switch token.kind {
    case .number(let number):
      let isCount = number.isInteger && !number.isPercent && number.value.sign == .plus
      if !isCount { throw fail(.faultyCount(number.text, at: token.span)) }
    case .word, .invalid: break
    case .star: throw fail(.repeatedStar(at: token.span))
    default: throw fail(.missingCount(at: tokens[position - 1].span))
    }
    position += 1
    return Item(plainKind(of: token), token.span)
  }

  private mutating func alternatives() throws(Broken) -> Item {
    if let list = listInBraces { throw fail(list) }
    let open = try descend()
    var chains: [Chain] = []
    repeat { chains.append(try chain(in: .alternatives(open))) } while take(.bar) != nil
    guard let close = take(.rightBrace) else { throw fail(unclosed(.alternatives(open))) }
    depth -= 1
    let span = open.span.union(close.span)
    if chains.count == 1 {
      mendSingle(chains[0], at: span)
    }
    return Item(.alternatives(chains), span)
  }
}
