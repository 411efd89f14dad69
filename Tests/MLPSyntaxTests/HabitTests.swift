import Testing

@testable import MLPSyntax

@Suite("Other languages' spellings are one mistake each, with a mend")
struct HabitTests {
  @Test(arguments: [
    ("net a > b > c", "E0106 >", "net a -> b -> c"),
    ("net a – b – c", "E0106 –", "net a -> b -> c"),
    ("net a - b + c", "E0106 -", "net a -> b -> c"),
    ("net a – > b", "E0106 – >", "net a -> b"),
    ("expect test accuracy > 0.9", "E0104 >", "expect test accuracy at least 0.9"),
    ("expect test accuracy >= 0.9", "E0104 >=", "expect test accuracy at least 0.9"),
    ("expect test loss ≤ 0.3", "E0104 ≤", "expect test loss at most 0.3"),
    ("expect test loss 0.3 ± 0.1", "E0104 ±", "expect test loss 0.3 within 0.1"),
    ("net a -> [b | c] -> d", "E0104 [b | c]", "net a -> {b | c} -> d"),
    ("solver sgd lr [0.1, 0.01]", "E0104 [0.1, 0.01]", "solver sgd lr {0.1 | 0.01}"),
    ("net [fc 1 2, relu, mse]", "E0104 [fc 1 2, relu, mse]", "net fc 1 2 -> relu -> mse"),
    ("train batch 10k", "E0112 10k", "train batch 10000"),
    ("solver sgd lr 0.1f", "E0112 0.1f", "solver sgd lr 0.1"),
    ("solver sgd lr 10^-3", "E0112 10^-3", "solver sgd lr 1e-3"),
    ("train batch 2^6", "E0112 2^6", "train batch 64"),
    ("solver sgd lr 1/10", "E0112 1/10", "solver sgd lr 0.1"),
    ("solver sgd lr 1e−3", "E0109 1e−3", "solver sgd lr 1e-3"),
    ("a last 10 %", "E0104 %", "a last 10%"),
    ("net a（1） b", "E0104 （", "net a(1) b"),
    ("-- c\nnet a", "E0108 --", "# c\nnet a"),
    ("% c\nnet a", "E0108 %", "# c\nnet a"),
    ("net fc 1 2, relu, mse", "E0221 ,", "net fc 1 2 -> relu -> mse"),
    ("net nn.A -> nn.B", "E0110 nn.A", "net A -> B"),
    ("- fc 1 2", "E0104 -", "fc 1 2"),
    ("a\u{A0}b\u{2003}c", "E0105 \u{A0}", "a b c"),
    ("data csv path ./a.csv", "E0111 ./a.csv", "data csv path \"./a.csv\""),
    ("data csv path /tmp/a b.csv", "E0111 /tmp/a b.csv", "data csv path \"/tmp/a b.csv\""),
    ("data csv path C:\\a.csv", "E0111 C:\\a.csv", "data csv path \"C:\\\\a.csv\""),
    ("data idx path https://a.org/b", "E0111 https://a.org/b", "data idx path \"https://a.org/b\""),
    ("net dropout0.5", "E0110 dropout0.5", "net dropout 0.5"),
    ("solver sgd lr 1e - 3", "E0112 1e - 3", "solver sgd lr 1e-3"),
    ("net (a | b)", "E0207 |", "net {a | b}"),
    ("net a -> b | c", "E0207 |", "net a -> {b | c}"),
    ("let a = 1, b = 2", "E0221 ,", "let a = 1\nlet b = 2"),
    ("data csv path ‘a’ label ‘b’", "E0107 ‘a’", "data csv path \"a\" label \"b\""),
  ])
  func oneMendEach(text: String, fault: String, result: String) {
    #expect(faults(text) == [fault])
    #expect(mended(text) == result)
  }

  @Test(arguments: [
    ("solver sgd lr 1e-3.5", "E0112 1e-3.5"), ("solver sgd lr 1e", "E0112 1e"),
    ("let 2layer = 3", "E0112 2layer"), ("net [784, 10]", "E0104 [784, 10]"),
    ("net [a,\n  b,\n  c]", "E0104 ["), ("net a 1,5", "E0221 1,5"), ("net a ]", "E0104 ]"),
    ("solver sgd lr - 3", "E0104 -"), ("/* a\n b\n*/\nnet a", "E0108 /*"),
  ])
  func oneMessageEach(text: String, fault: String) {
    #expect(faults(text) == [fault])
    #expect(faults(text + "\nnet )") == [fault, "E0206 )"])
  }

  @Test func whatComesAgainIsMarked() {
    let (_, diagnostics) = Parser.parse(Source(name: "x", text: "net a > b > c\nnet d > e"))
    #expect(diagnostics.count == 2)
    #expect(diagnostics[0].labels == [.init(Span(10, 11), "")])
    #expect(diagnostics[1].labels == [])
  }

  @Test func twoNumbersStayTwo() {
    let (spec, _) = Parser.parse(Source(name: "x", text: "fc 784,10"))
    #expect(Printer.print(spec) == "fc 784 10\n")
  }

  @Test func whatAnotherOneExplainsIsLeftOut() {
    func diagnostic(_ code: String, _ lower: Int, _ upper: Int, _ scope: Span?) -> Diagnostic {
      Diagnostic(.error, code, "", at: Span(lower, upper), scope: scope)
    }
    let all = [
      diagnostic("E1", 2, 3, nil), diagnostic("E2", 0, 5, Span(0, 9)), diagnostic("E3", 9, 10, nil),
    ]
    #expect(Diagnostic.sorted(all).map { $0.code } == ["E2", "E3"])
    let mutual = [diagnostic("E4", 0, 1, Span(0, 9)), diagnostic("E5", 0, 1, Span(0, 9))]
    #expect(Diagnostic.sorted(mutual).map { $0.code } == ["E4"])
  }
}
