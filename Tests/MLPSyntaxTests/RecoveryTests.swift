import Testing

@testable import MLPSyntax

@Suite("The parser reports each mistake once and goes on with the next statement")
struct RecoveryTests {
  @Test(arguments: [
    ("net a ->", "E0201 ->"), ("net a -> )", "E0201 ->"), ("net (a ->)", "E0201 ->"),
    ("net a ->\ninit he", "E0201 ->"),
    ("-> a", "E0202 ->"), ("net -> a", "E0202 ->"), ("net (-> a)", "E0202 ->"),
    ("net a -> -> b", "E0203 ->"), ("net a ->\n-> b", "E0203 ->"),
    ("net (a", "E0204 ("), ("net (a}", "E0204 ("), ("net (", "E0204 ("),
    ("net (a -> (b)", "E0204 ("),
    ("net {a | b", "E0205 {"), ("net {a)", "E0205 {"), ("net {", "E0205 {"),
    ("net a )", "E0206 )"), ("net }", "E0206 }"), ("net a | b", "E0207 |"),
    ("net (a | b)", "E0207 |"),
    ("net a * 3", "E0208 *"), ("net (a) * 3 * 3", "E0208 *"), ("net * 3", "E0208 *"),
    ("= a", "E0209 ="), ("net a -> = b", "E0209 ="), (": a", "E0209 :"),
    ("net ()", "E0210 ()"), ("net ( )", "E0210 ( )"),
    ("net {a | }", "E0211 }"), ("net { | a}", "E0211 |"), ("net {a || b}", "E0211 |"),
    ("net {}", "E0211 }"), ("net {a}", "E0212 {a}"),
    ("let", "E0213 let"), ("let = 3", "E0213 let"), ("let net = 3", "E0214 net"),
    ("let 3 = a", "E0215 3"), ("let \"a\" = 3", "E0215 \"a\""),
    ("let a 3", "E0216 "), ("let a: 3", "E0216 :"), ("let a := 3", "E0216 :="),
    ("let a -> b", "E0216 ->"), ("let a", "E0216 "),
    ("let a =", "E0217 "), ("width = 3", "E0218 width"), ("width =", "E0218 width"),
    ("net (a) *", "E0219 *"), ("net (a) * -> b", "E0219 *"), ("net (a) * (b)", "E0219 *"),
    ("net (a) * -1", "E0220 -1"), ("net (a) * 1.5", "E0220 1.5"), ("net (a) * 10%", "E0220 10%"),
    ("net a, b", "E0221 ,"), ("net a,b->c", "E0221 ,"), ("net a 1, 2, 3,", "E0221 ,"),
    ("net , a", "E0221 ,"),
    ("solver sgd lr = 0.1", "E0222 ="), ("solver sgd lr: 0.1", "E0222 :"), ("net: a", "E0222 :"),
    ("init = he", "E0222 ="), ("net a(1, b=2) -> c", "E0224 (1, b=2)"), ("net a()", "E0224 ()"),
    ("net a 0,1", "E0112 0,1"), ("net a 1,000", "E0221 1,000"), ("net a {1, 2}", "E0212 {1, 2}"),
    ("net a {b: 1, c: 2}", "E0212 {b: 1, c: 2}"), ("net a b=1, c=2", "E0222 ="),
    ("net Seq(a(1), b())", "E0224 (a(1), b())"), ("net (a) ** 3", "E0208 *"),
    ("net 3 * (a)", "E0208 *"), ("const a = 3", "E0218 const"), ("let a == 3", "E0216 =="),
  ])
  func oneDiagnosticEach(text: String, fault: String) {
    #expect(faults(text).first == fault)
    #expect(faults(text + "\nnet {a}") == faults(text) + ["E0212 {a}"])
    if fault != "E0218 width" { #expect(faults(text).count == 1) }
  }

  @Test(arguments: [
    ("net fc 784, 128 -> relu", "net fc 784 128 -> relu"),
    ("solver sgd lr = 0.1", "solver sgd lr 0.1"),
    ("let a 3", "let a = 3"), ("let a := 3", "let a = 3"), ("let a == 3", "let a = 3"),
    ("width = 3", "let width = 3"),
    ("net a(1, 2)->b", "net a 1 2->b"), ("net a() -> b( c=3 )", "net a -> b c 3"),
    ("net a 0,5% 0,1", "net a 0.5% 0.1"), ("net a {1, 2,b}", "net a {1 | 2 | b}"),
    ("net a {b: 1, c: 2}", "net a b 1 c 2"), ("train a: b = 1,c=2 , d", "train a b 1 c 2 d"),
    ("net a,", "net a"), ("train a,\n  b", "train a \n  b"), ("net (a) ** 3", "net (a) * 3"),
    ("net 3 * (a -> b)", "net (a -> b) * 3"), ("const a = 3", "let a = 3"),
    ("net a {b}", "net a b"),
  ])
  func editsMend(text: String, result: String) {
    #expect(mended(text) == result)
    #expect(faults(result) == [])
  }

  @Test("Where something may be missing, nothing is removed")
  func noEdits() {
    for text in ["net a -> -> b", "net a ->", "net a )", "= 3", "a 1,000.5", "a 1.000,5", "a ,1"] {
      #expect(mended(text) == text)
    }
  }

  @Test("Where the meaning is plain, the statement is kept")
  func plainMeaning() {
    let text = "net fc 1, 2 → relu\nsolver: sgd lr = 0.1\nwidth = 3\nlet b 4\n"
    let (spec, diagnostics) = Parser.parse(Source(name: "x", text: text))
    #expect(diagnostics.count == 5)
    #expect(spec.brokenKeywords == [])
    #expect(
      Printer.print(spec)
        == "net     fc 1 2 -> relu\nsolver  sgd lr 0.1\nlet width = 3\nlet b = 4\n")
  }

  @Test("Where it isn't, the statement is left out, and its keyword is kept")
  func brokenStatements() {
    let text = "net (a\ninit he\n# lost\nsolver sgd lr 1x\nlet a =\n) b\nb =\ntrain 3\n# kept"
    let (spec, _) = Parser.parse(Source(name: "x", text: text))
    #expect(spec.brokenKeywords == [.net, .solver, .let, .net, .let, .net])
    #expect(Printer.print(spec) == "init    he\ntrain   3\n# kept\n")
  }

  @Test func anUnreadableWordHidesWhatFollowsFromIt() {
    #expect(faults("net (12abc") == ["E0112 12abc"])
    #expect(faults("let größe = 3") == ["E0110 öß"])
    #expect(faults("net (fc \"a)") == ["E0115 \"a)"])
  }

  @Test func unclosedBracketsPointAtWhatWasFound() {
    let (_, diagnostics) = Parser.parse(Source(name: "x", text: "net (a}"))
    #expect(diagnostics.first?.labels == [Diagnostic.Label(Span(6, 7), "expected ')'")])
  }
}

@Suite("Diagnostics are sorted")
struct SortedTests {
  @Test func bySourceThenOffsetThenSeverityWithoutDuplicates() {
    func diagnostic(_ code: String, _ lower: Int, _ source: Int, _ severity: Diagnostic.Severity)
      -> Diagnostic
    { Diagnostic(severity, code, "", at: Span(lower, lower + 1, source: source)) }
    let sorted = Diagnostic.sorted([
      diagnostic("E4", 0, 1, .error), diagnostic("W3", 5, 0, .warning),
      diagnostic("E2", 5, 0, .error), diagnostic("E1", 2, 0, .error),
      diagnostic("E2", 5, 0, .error), diagnostic("E0", 5, 0, .error),
    ])
    #expect(sorted.map { $0.code } == ["E1", "E2", "E0", "W3", "E4"])
  }
}
