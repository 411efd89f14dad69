import MLPSyntax
import Testing

@testable import MLPRun

@Suite("A mistake that is made very often is one message with few marks")
struct RepeatedMistakeTests {
  private func diagnostics(_ text: String) -> [Diagnostic] {
    let parsed = Parser.parse(Source(name: "x.mlp", text: text))
    #expect(parsed.diagnostics.isEmpty)
    return Checker.check([parsed.spec]).diagnostics
  }

  @Test func aSettingSetFiveHundredTimes() throws {
    let found = diagnostics(
      "net fc 2 2 -> softmax_ce\ntrain epochs 3" + String(repeating: "\n  epochs 3", count: 500))
    #expect(found.map { $0.code } == ["E0304"])
    #expect(try #require(found.first).labels.count < 10)
  }

  @Test("A wrong value is mended at its definition, however often its name is used")
  func aWrongNameUsedFortyTimes() throws {
    let found = diagnostics(
      "let act = ReLU\nnet fc 2 2" + String(repeating: "\n  -> act -> fc 2", count: 40)
        + "\n  -> softmax_ce")
    #expect(found.map { $0.code } == ["E0301"])
    let first = try #require(found.first)
    #expect(first.labels.count < 10)
    #expect(first.edits == [Diagnostic.Edit(Span(10, 14), "relu")])
  }
}
