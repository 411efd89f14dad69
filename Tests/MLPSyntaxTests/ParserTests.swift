import Testing

@testable import MLPSyntax

@Suite("The parser turns tokens into the tree")
struct ParserTests {
  private func spec(_ text: String) -> Spec {
    Parser.parse(Source(name: "x", text: text)).spec
  }

  @Test func aStatementHasKeywordAndBody() throws {
    let spec = spec("solver sgd lr 0.1\n")
    let statement = try #require(spec.statements.first)
    #expect(statement.keyword == .solver)
    #expect(statement.keywordSpan == Span(0, 6))
    #expect(statement.span == Span(0, 17))
    #expect(statement.body.span == Span(7, 17))
    let number = Number(text: "0.1", value: 0.1, isInteger: false)
    #expect(
      statement.body.links.first?.items == [
        Item(.word("sgd"), Span(7, 10)), Item(.word("lr"), Span(11, 13)),
        Item(.number(number), Span(14, 17)),
      ])
  }

  @Test func aBareChainIsANet() throws {
    let statement = try #require(spec("fc 10 -> relu").statements.first)
    #expect(statement.keyword == .net)
    #expect(statement.keywordSpan == nil)
    #expect(statement.body.links.map { $0.span } == [Span(0, 5), Span(9, 13)])
  }

  @Test func aDefinitionHasAName() throws {
    let statement = try #require(spec("let w = {1 | 2}").statements.first)
    #expect(statement.keyword == .let)
    #expect(statement.name == Name("w", Span(4, 5)))
    guard case .alternatives(let chains)? = statement.body.links.first?.items.first?.kind else {
      Issue.record("no alternatives")
      return
    }
    #expect(chains.map { $0.span } == [Span(9, 10), Span(13, 14)])
  }

  @Test func groupsMayRepeat() throws {
    let items = spec("(a) * 3 -> (b) * n -> (c)").statements.first?.body.links.map { $0.items[0] }
    let kinds = try #require(items).map { item -> Item.Kind? in
      guard case .group(_, let times) = item.kind else { return nil }
      return times?.kind
    }
    #expect(kinds == [.number(Number(text: "3", value: 3, isInteger: true)), .word("n"), nil])
    #expect(items?.map { $0.span } == [Span(0, 7), Span(11, 18), Span(22, 25)])
  }

  @Test(arguments: Keyword.allCases.filter { $0 != .let })
  func bodiesMayBeEmpty(keyword: Keyword) throws {
    let statement = try #require(spec("\(keyword.rawValue)  # c").statements.first)
    #expect(statement.keyword == keyword)
    #expect(statement.body == Chain([], Span(keyword.rawValue.utf8.count).end))
  }

  @Test("A keyword is one only as the first word of a statement")
  func keywordsElsewhere() {
    #expect(canonical("net fc 128 init he data 3") == "net     fc 128 init he data 3\n")
    #expect(canonical("net fc 1\n  init he") == "net     fc 1 init he\n")
  }

  @Test func wordsInCapitalsAreNoKeywords() {
    #expect(spec("Net a").statements.first?.keywordSpan == nil)
  }

  @Test func anEmptyTextIsAnEmptySpec() {
    #expect(spec("") == Spec(statements: []))
    #expect(spec("\n\n") == Spec(statements: []))
  }

  @Test func spansCarryTheSource() {
    let (spec, diagnostics) = Parser.parse(Source(name: "x", text: "a\nb )"), index: 3)
    #expect(spec.statements.first?.span == Span(0, 1, source: 3))
    #expect(diagnostics.first?.span == Span(4, 5, source: 3))
  }

  @Test func commentsBelongToStatements() throws {
    let spec = spec("# a\nnet b  # c\n\n# d\n-> e  # f\n# g\n\ninit h\n# i\n")
    #expect(spec.statements.map { $0.comments.map { $0.text } } == [["a"], ["g"]])
    #expect(spec.statements.map { $0.innerComments.map { $0.text } } == [["c", "d"], []])
    #expect(spec.statements[0].innerComments.map { $0.trails } == [true, false])
    #expect(spec.statements.map { $0.trailingComment?.text } == ["f", nil])
    #expect(spec.statements.map { $0.followsBlankLine } == [false, true])
    #expect(spec.trailingComments.map { $0.text } == ["i"])
  }
}

extension Span {
  fileprivate init(_ upper: Int) { self.init(0, upper) }
}
