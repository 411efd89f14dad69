import Testing

@testable import MLPSyntax

@Suite("Sources of any size and depth are answered")
struct LimitTests {
  private func nested(_ depth: Int, _ open: String, _ close: String) -> String {
    "net " + String(repeating: open, count: depth) + "a" + String(repeating: close, count: depth)
  }

  @Test func depthIsCappedOnBothSides() {
    #expect(
      canonical(nested(64, "(", ")")) == "net     " + nested(64, "(", ")").dropFirst(4) + "\n")
    #expect(faults(nested(65, "(", ")")) == ["E0223 ("])
    #expect(faults(nested(64, "{", " | b}")) == [])
    #expect(faults(nested(65, "{", " | b}")) == ["E0223 {"])
    #expect(faults(nested(32, "({", " | b})")) == [])
    #expect(faults(nested(32, "({", " | b})") + " -> (b)") == [])
  }

  @Test func tenThousandDeepIsOneMistake() {
    #expect(faults(nested(10_000, "(", ")") + "\nnet )") == ["E0223 (", "E0206 )"])
    #expect(faults(nested(10_000, "({", "")) == ["E0223 ("])
    #expect(faults(String(repeating: ")", count: 10_000)) == ["E0206 )"])
  }

  @Test func oneHundredMistakesAreShown() {
    let exactly = Parser.parse(
      Source(name: "x", text: String(repeating: "net )\n", count: 100)))
    #expect(exactly.diagnostics.map { $0.code } == Array(repeating: "E0206", count: 100))
    for line in ["net )\n", "net 1x\n", "net 1x\nnet )\n"] {
      let text = String(repeating: line, count: 101)
      let codes = Parser.parse(Source(name: "x", text: text)).diagnostics.map { $0.code }
      #expect(codes.count == 101)
      #expect(codes.last == Code.tooManyDiagnostics)
      #expect(codes.dropLast().contains(Code.tooManyDiagnostics) == false)
    }
  }

  @Test func aSourceThatIsReadOnlyInPartBreaksEveryKeyword() {
    let text = String(repeating: "net 1x\n", count: 200)
    #expect(Parser.parse(Source(name: "x", text: text)).spec.brokenKeywords == Keyword.allCases)
  }

  @Test func largeSourcesAreRefused() {
    let comment = [UInt8(ascii: "#")] + [UInt8](repeating: 0x61, count: Source.maximumBytes - 1)
    #expect(Parser.parse(Source(name: "x", bytes: comment)).diagnostics == [])
    let (spec, diagnostics) = Parser.parse(Source(name: "x", bytes: comment + [0x61]))
    #expect(diagnostics.map { $0.code } == ["E0101"])
    #expect(spec.brokenKeywords == Keyword.allCases)
  }

  @Test(
    "What would be slow if any step looked at the whole line does end",
    arguments: [
      "\"\" ", "- ", "= ", "« ", "a-", "\"", "'", "#", "→", ", ", "(", "{a|", "1-", "\\", ">", "--",
      "\u{301}",
    ])
  func longRuns(piece: String) {
    let text = "net a " + String(repeating: piece, count: 10_000)
    let (_, diagnostics) = Parser.parse(Source(name: "x", text: text))
    #expect(diagnostics.count <= 101)
  }

  @Test func aHundredThousandLines() {
    let text = String(repeating: "a # c\n", count: 100_000)
    let source = Source(name: "x", text: text)
    let spec = Parser.parse(source).spec
    #expect(spec.statements.count == 100_000)
    #expect(spec.statements.last.map { source.position(of: $0.span.lower).line } == 100_000)
  }
}
