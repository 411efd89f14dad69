import Testing

@testable import MLPSyntax

@Suite("The printer lays a spec out in one way")
struct PrinterTests {
  @Test func keywordsArePadded() {
    let text = "net a\ninit b\ndata  c\nsolver d\ntrain e\nexpect f\nlet g=h\nfc 1->i"
    #expect(
      canonical(text) == """
        net     a
        init    b
        data    c
        solver  d
        train   e
        expect  f
        let g = h
        fc 1 -> i

        """)
  }

  @Test func emptyBodiesLeaveNoBlanks() {
    #expect(canonical("net   # c\ntrain") == "net  # c\ntrain\n")
  }

  @Test func piecesAreParted() {
    #expect(canonical("{a|b  c}") == "{a | b c}\n")
    #expect(canonical("( a->b )*3->(c)*n") == "(a -> b) * 3 -> (c) * n\n")
    #expect(canonical("lr{0.10|1E-3}3x0") == "lr {0.10 | 1E-3} 3x0\n")
    #expect(canonical("a 28x28x1 -.5 10%") == "a 28x28x1 -.5 10%\n")
    #expect(canonical(#"a "q\"\\\n\tü"b"#) == #"a "q\"\\\n\tü" b"# + "\n")
    #expect(canonical("a \"\t\"") == #"a "\t""# + "\n")
  }

  @Test func commentsAreKept() {
    #expect(
      canonical("#a\n\n\n\n#  b\n\nnet c#d\n\n\n#\ninit e\n\n#f") == """
        # a

        #  b

        net     c  # d

        #
        init    e

        # f

        """)
  }

  @Test func commentsWithinAStatementStay() {
    #expect(
      canonical("net a\n\n\ninit b # c\n\n  # d\n\n  c # e") == """
        net     a

        init    b  # c
                    # d
                    c  # e

        """)
  }

  @Test func arrowsGoBehindCommentsThatFollowThem() {
    #expect(
      canonical("a -> # first\n  b # second\n  -> c") == """
        a             # first
                -> b  # second
                -> c

        """)
  }

  @Test func atMostOneBlankLineIsKept() {
    #expect(
      canonical("\n\nnet a\n\n\n\ninit b\ndata c\n\n") == "net     a\n\ninit    b\ndata    c\n")
  }

  @Test func aLineIsNotBrokenWithinAValueOfSeveralWords() {
    let start = "train   batch 100 epochs 50 seed 1 shuffle yes clip 1.5 "
    for rest in [
      "repeat 2 stop when validation accuracy 3 epochs without gain keep best",
      "repeat 2 keep last a 12345 b 1 checkpoint every 10 epochs",
      "repeat 2 keep last a 12345 b 1 checkpoint every 500 steps",
    ] {
      let text = canonical(start + rest)
      #expect(text.split(separator: "\n").count == 2)
      #expect(
        !text.contains("\n            epochs") && !text.contains("\n            steps"), "\(text)")
    }
  }

  @Test func longStatementsAreBrokenBeforeArrows() {
    let layers = Array(repeating: "fc 1000 1000 -> relu", count: 9).joined(separator: " -> ")
    #expect(
      canonical("net \(layers) # end") == """
        net     fc 1000 1000 -> relu -> fc 1000 1000 -> relu -> fc 1000 1000 -> relu -> fc 1000 1000 -> relu
                -> fc 1000 1000 -> relu -> fc 1000 1000 -> relu -> fc 1000 1000 -> relu -> fc 1000 1000
                -> relu -> fc 1000 1000 -> relu  # end

        """)
  }

  @Test func oneHundredColumnsAreNotTooMany() {
    let word = String(repeating: "a", count: 87)
    #expect(canonical("net \(word)->b") == "net     \(word) -> b\n")
    #expect(canonical("net \(word)a->b") == "net     \(word)a\n        -> b\n")
  }

  @Test func oneLineHelpers() throws {
    let spec = Parser.parse(Source(name: "x", text: "a  {b|c}->(d)*2")).spec
    let chain = try #require(spec.statements.first?.body)
    #expect(Printer.text(of: chain) == "a {b | c} -> (d) * 2")
    #expect(chain.links.map { Printer.text(of: $0) } == ["a {b | c}", "(d) * 2"])
    #expect(chain.links[0].items.map { Printer.text(of: $0) } == ["a", "{b | c}"])
  }
}
