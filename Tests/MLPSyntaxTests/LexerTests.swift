import Testing

@testable import MLPSyntax

@Suite("The lexer parts a text into tokens")
struct LexerTests {
  @Test func signsNeedNoBlanks() {
    #expect(tokens("a->{b|c}(d)*3") == "a -> { b | c } ( d ) * 3 ; .")
    #expect(tokens("let a=b") == "let a = b ; .")
  }

  @Test(arguments: [
    ("3", 3, true, false), ("-3", -3, true, false), ("0.001", 0.001, false, false),
    ("1e-4", 1e-4, false, false), (".5", 0.5, false, false), ("-.5E+2", -50, false, false),
    ("10%", 10, true, true), ("2.5%", 2.5, false, true), ("007", 7, true, false),
    ("-0", 0, true, false), ("0e999", 0, false, false),
    ("9223372036854774784", 0x1.fffffffffffffp62, true, false),
  ])
  func numbers(text: String, value: Double, isInteger: Bool, isPercent: Bool) {
    let tokens = Lexer.tokens(of: Source(name: "x", text: text)).tokens
    let number = Number(text: text, value: value, isInteger: isInteger, isPercent: isPercent)
    #expect(tokens.first?.kind == .number(number))
    #expect(tokens.first?.span == Span(0, text.utf8.count))
  }

  @Test("A number's value is the one nearest to its text, to the last bit")
  func numbersAreExact() throws {
    var random: UInt64 = 1
    for length in 1...18 {
      for point in 0...length {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var text = String(String(random).suffix(length))
        text.insert(".", at: text.index(text.startIndex, offsetBy: min(point, text.count - 1)))
        let tokens = Lexer.tokens(of: Source(name: "x", text: "-\(text) \(text)")).tokens
        let value = try #require(Double(text))
        #expect(tokens[0].number?.value.bitPattern == (-value).bitPattern, "-\(text)")
        #expect(tokens[1].number?.value.bitPattern == value.bitPattern, "\(text)")
      }
    }
  }

  @Test func sizes() {
    #expect(tokens("3x3 28x28x1 1x2x3x4") == "size[3, 3] size[28, 28, 1] size[1, 2, 3, 4] ; .")
  }

  @Test func texts() {
    #expect(tokens(#""a # b" "" "\"\\\n\t""#) == "<a # b> <> <\"\\\n\t> ; .")
    #expect(tokens("\"日本\"\r\n") == "<日本> ; .")
  }

  @Test func commentsReachToTheLineEnd() {
    let output = Lexer.tokens(of: Source(name: "x", text: "#a  \r\nnet #  b\n\n#\n"))
    #expect(output.comments.map { $0.text } == ["a", " b", ""])
    #expect(output.comments.map { $0.followsBlankLine } == [false, false, true])
    #expect(output.tokens.map { $0.kind } == [.word("net"), .end, .endOfSource])
  }

  @Test("A line that is indented, begins with an arrow or follows one continues the line before")
  func continuation() {
    #expect(tokens("a\nb") == "a ; b ; .")
    #expect(tokens("a\n b") == "a b ; .")
    #expect(tokens("a\n\tb") == "a b ; .")
    #expect(tokens("a\n-> b") == "a -> b ; .")
    #expect(tokens("a ->\nb") == "a -> b ; .")
    #expect(tokens("a\r\n\r\n# c\r\n -> b\r\nc") == "a -> b ; c ; .")
    #expect(tokens("a -> # c\n\n\nb") == "a -> b ; .")
  }

  @Test func openBracketsDoNotContinue() {
    #expect(tokens("a (\nb") == "a ( ; b ; .")
    #expect(tokens("a {b |\nc}") == "a { b | ; c } ; .")
    #expect(tokens("a {b |\n c}") == "a { b | c } ; .")
  }

  @Test func anIndentedFirstLineBeginsAStatement() {
    #expect(tokens("\n\n  a\nb") == "a ; b ; .")
  }

  @Test("A keyword in the first column begins a statement even behind an arrow")
  func keywordAfterArrow() {
    #expect(tokens("net a ->\ninit he") == "net a -> ; init he ; .")
    #expect(tokens("net a ->\n init he") == "net a -> init he ; .")
  }

  @Test func nothingIsOneToken() {
    #expect(tokens("") == ".")
    #expect(tokens("\n # c\n\n") == ".")
  }
}

@Suite("The lexer reports what is no part of the language, and goes on")
struct LexerFaultTests {
  @Test(arguments: [
    ("net 12abc b", "E0112 12abc"), ("net 1.2.3", "E0112 1.2.3"), ("net 1.", "E0112 1."),
    ("net 1_000", "E0112 1_000"), ("net 784-128-10", "E0112 784-128-10"),
    ("net 3X3", "E0112 3X3"), ("net 3×3", "E0112 3×3"), ("net 3x", "E0112 3x"),
    ("net 1e", "E0112 1e"), ("net 10%%", "E0112 10%%"), ("net 1/255", "E0112 1/255"),
    ("net 1e999", "E0113 1e999"), ("net 1e-999", "E0113 1e-999"),
    ("net 9223372036854775808", "E0113 9223372036854775808"),
    ("net 99999999999999999999x2", "E0113 99999999999999999999x2"),
    ("net 1x2x3x4x5", "E0114 1x2x3x4x5"),
    ("net softmax-ce", "E0110 softmax-ce"), ("net größe", "E0110 größe"),
    ("net über", "E0110 über"), ("data csv data/a.csv", "E0111 data/a.csv"),
    ("net \"abc  \r\nb", "E0115 \"abc"), ("net \"abc\\", "E0115 \"abc\\"),
    (#"net "a\qb""#, #"E0116 \q"#), ("net \"a\u{0}\u{0}b\"", "E0117 \u{0}\u{0}"),
    ("net @ @@ $ b", "E0104 @ @@ $"), ("net \u{0}\u{0}\u{0}", "E0104 \u{0}\u{0}\u{0}"),
    ("net 👩‍👩‍👧❤️", "E0104 👩‍👩‍👧❤️"), ("net [a]", "E0104 [a]"), ("net a; b", "E0104 ;"),
    ("net a - b", "E0106 -"), ("net ...", "E0104 ..."), ("net a\rb", "E0104 \r"),
    ("net a >= 1", "E0104 >="),
    ("net a\u{A0}\u{A0}b", "E0105 \u{A0}\u{A0}"), ("net a\u{200B} b", "E0105 \u{200B}"),
    ("net a → b", "E0106 →"), ("net a => b", "E0106 =>"), ("net a > b", "E0106 >"),
    ("net a --> b", "E0106 -->"), ("net a –> b", "E0106 –>"), ("net a→→→b", "E0106 →→→"),
    ("net “a b”", "E0107 “a b”"), ("net 'a b' c", "E0107 'a b'"), ("net 'a b", "E0107 '"),
    ("net a // b ) c", "E0108 //"), ("net −3", "E0109 −"),
  ])
  func oneDiagnosticEach(text: String, fault: String) {
    #expect(faults(text).first == fault)
    #expect(faults(text).filter { $0.hasPrefix("E02") } == [])
    #expect(faults(text + "\nnet )") == faults(text) + ["E0206 )"])
  }

  @Test(arguments: [
    ("net a → b", "net a -> b"), ("net a=>b", "net a->b"), ("net a\n⟶ b", "net a\n-> b"),
    ("net “a \\b”", #"net "a \\b""#), ("data csv a/b.csv", #"data csv "a/b.csv""#),
    ("net 1_000", "net 1000"), ("net 784-128", "net 784 128"), ("net 3×3", "net 3x3"),
    ("net 2.", "net 2.0"), ("net softmax-ce", "net softmax_ce"), ("net a\u{A0}b", "net a b"),
    ("net a // b", "net a # b"), ("net −3", "net -3"), ("net \"a b ", "net \"a b\" "),
    ("net a;", "net a"),
  ])
  func editsMend(text: String, result: String) {
    #expect(mended(text) == result)
    #expect(faults(result) == [])
  }

  @Test func wrongArrowsAreReadAsArrows() {
    #expect(tokens("a → b => c\n> d") == "a -> b -> c -> d ; .")
  }

  @Test func faultyBytesAreReportedOnce() {
    let bytes = Array("net a # ".utf8) + [0xE4, 0x0A, 0xFF, 0xFE, 0x20, 0xE4, 0x0A]
    let (_, diagnostics) = Parser.parse(Source(name: "x", bytes: bytes))
    #expect(diagnostics.map { $0.code } == ["E0102"])
    #expect(diagnostics.map { $0.span } == [Span(8, 9)])
  }

  @Test func otherEncodingsAreReportedOnce() {
    let bytes: [UInt8] = [0xFF, 0xFE] + "net relu".utf8.flatMap { [$0, 0] }
    let (spec, diagnostics) = Parser.parse(Source(name: "x", bytes: bytes))
    #expect(diagnostics.map { $0.code } == ["E0102"])
    #expect(spec.brokenKeywords == Keyword.allCases)
  }
}

extension Token {
  fileprivate var number: Number? {
    if case .number(let number) = kind { number } else { nil }
  }
}
