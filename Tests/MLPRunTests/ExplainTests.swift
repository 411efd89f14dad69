import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// Each code has an explanation, whose examples do what it says.
@Suite struct ExplainTests {
  @Test func everyCodeIsExplained() {
    #expect(Explanation.all.map { $0.code } == DiagnosticCodes.all.map { $0.code })
  }

  @Test(arguments: Explanation.all.filter { $0.faulty != nil }.map { $0.code })
  func examplesAreFaultyAndMended(_ code: String) throws {
    let explanation = try #require(Explanation.of(code))
    let faulty = diagnostics(of: try #require(explanation.faulty))
    #expect(faulty.map { $0.code } == [code], "\(rendered(faulty, explanation.faulty ?? ""))")
    let mended = diagnostics(of: try #require(explanation.mended))
    #expect(mended.isEmpty, "\(rendered(mended, explanation.mended ?? ""))")
  }

  @Test func examplesAreGivenWhereATextCanCauseTheCode() {
    let without = Explanation.all.filter { $0.faulty == nil }.map { $0.code }
    let excused = ["E0101", "E0102", "E0103", "E0223", "E0335"]
    #expect(without.filter { !$0.hasPrefix("E04") && !$0.hasPrefix("E05") } == excused)
  }

  @Test func explanationsAreSentences() {
    for explanation in Explanation.all {
      #expect(explanation.text.hasSuffix("."), "\(explanation.code)")
      #expect(explanation.text.first?.isUppercase == true || explanation.text.hasPrefix("'"))
      #expect(!explanation.text.contains("\n") && !explanation.text.contains("  "))
    }
  }

  @Test func textHasTheExample() throws {
    let text = try #require(ExplainText.text(of: "e0312"))
    #expect(text.hasPrefix("E0312, an error: a layer or loss doesn't fit what comes in\n\n"))
    #expect(text.contains("\nfaulty:\n\n    net fc 784 128 -> relu -> fc 100 10 -> softmax_ce\n"))
    #expect(text.hasSuffix("\nmended:\n\n    net fc 784 128 -> relu -> fc 128 10 -> softmax_ce\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func unknownCodesHaveANeighbour() {
    #expect(ExplainText.text(of: "E9999") == nil)
    #expect(ExplainText.nearest(to: "e031") == "E0301")
  }

  private func diagnostics(of program: String) -> [Diagnostic] {
    Session([Source(name: "example", text: program)], in: MemoryWorld()).check().diagnostics
  }

  private func rendered(_ diagnostics: [Diagnostic], _ program: String) -> String {
    let source = Source(name: "example", text: program)
    return program + "\n" + Renderer.render(diagnostics, sources: [source], colour: false)
  }
}
