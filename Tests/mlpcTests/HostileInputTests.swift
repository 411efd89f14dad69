import Foundation
import MLPTestSupport
import Testing

/// Whatever the file holds, `mlpc check` answers with a diagnostic and an exit code: it neither crashes nor hangs.
@Suite struct HostileInputTests {
  private let network = "fc 784 10 -> softmax_ce\n"

  /// The input is refused by one diagnostic, with this code.
  private func expectRefused(
    _ result: Program.Outcome, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = result.stderr.components(separatedBy: "\n").filter { $0.hasPrefix("error[") }
    #expect(result.status == 65, "\(result.stderr.prefix(2000))", sourceLocation: sourceLocation)
    #expect(found.count == 1, "\(result.stderr.prefix(2000))", sourceLocation: sourceLocation)
    #expect(
      found.first?.hasPrefix("error[\(code)]") == true, "\(found.first ?? "nothing")",
      sourceLocation: sourceLocation)
  }

  @Test func tooLargeFile() throws {
    let text = String(repeating: "# nothing\n", count: 1_000_000)
    expectRefused(try Program.check(text + network), "E0101")
  }

  @Test func zeroBytes() throws {
    expectRefused(try Program.check([UInt8](repeating: 0, count: 1000)), "E0104")
  }

  @Test func aZeroByteAmongWords() throws {
    expectRefused(try Program.check("fc 784 10 \0 -> softmax_ce\n"), "E0104")
  }

  @Test func notUTF8() throws {
    expectRefused(try Program.check(Array(network.utf8) + [0xFF, 0xC0, 0x80]), "E0102")
  }

  @Test func notUTF8InAComment() throws {
    expectRefused(try Program.check(Array((network + "# ").utf8) + [0xE9, 0x0A]), "E0102")
  }

  @Test func otherEncodings() throws {
    expectRefused(try Program.check([0xFF, 0xFE] + network.utf8.flatMap { [$0, 0] }), "E0102")
  }

  @Test func byteOrderMarkIsPassed() throws {
    #expect(try Program.check([0xEF, 0xBB, 0xBF] + Array(network.utf8)).status == 0)
  }

  @Test(arguments: [("(", ")"), ("{", "}")])
  func deepNesting(open: String, close: String) throws {
    let (left, right) = (
      String(repeating: open, count: 10_000), String(repeating: close, count: 10_000)
    )
    expectRefused(try Program.check("fc 2 2 -> \(left)relu\(right) -> softmax_ce\n"), "E0223")
  }

  @Test func namesDefinedByNames() throws {
    let lets = (1..<50_000).map { "let a\($0) = a\($0 - 1)\n" }.joined()
    let text = "let a0 = 10\n" + lets + "fc 784 a49999 -> softmax_ce\n"
    expectRefused(try Program.check(text), "E0335")
  }

  @Test func groupsDefinedByGroups() throws {
    let lets = (1..<50_000).map { "let a\($0) = (a\($0 - 1)) * 2\n" }.joined()
    let text = "let a0 = fc 10\n" + lets + "fc 784 10 -> a49999 -> softmax_ce\n"
    expectRefused(try Program.check(text), "E0335")
  }

  @Test func hugeLayer() throws {
    expectRefused(try Program.check("fc 1000000 1000000 -> softmax_ce\n"), "E0326")
  }

  @Test func hugeLayersRepeated() throws {
    expectRefused(
      try Program.check("(fc 1000000 1000000) * 20000 -> softmax_ce\n"), "E0326")
  }

  @Test func repetitionsOfRepetitions() throws {
    let text = """
      let a = (fc 2) * 100000
      let b = (a) * 100000
      let c = (b) * 100000
      fc 2 2 -> c -> softmax_ce

      """
    expectRefused(try Program.check(text), "E0325")
  }

  @Test func namesThatDouble() throws {
    let lets = (1...60).map { "let a\($0) = a\($0 - 1) a\($0 - 1)\n" }.joined()
    let text = network + "let a0 = lr 1\n" + lets + "solver sgd a60\n"
    expectRefused(try Program.check(text), "E0334")
  }

  @Test func alternativesInARow() throws {
    let chain = String(repeating: "-> {relu | tanh} ", count: 60)
    expectRefused(try Program.check("fc 2 2 \(chain) -> softmax_ce\n"), "E0327")
  }

  @Test func alternativesInEachOther() throws {
    // Only one branch of each goes on: 61 combinations.
    let left = String(repeating: "{relu | ", count: 60)
    let right = String(repeating: "}", count: 60)
    let result = try Program.check("fc 2 2 -> \(left)tanh\(right) -> softmax_ce\n")
    #expect(result.status == 0, "\(result.stderr)")
  }

  @Test func faultyCombinationsEnd() throws {
    // The first combination is right, all others are wrong.
    let chain = String(repeating: "-> {relu | fc 3 2} ", count: 60)
    let result = try Program.check("fc 2 2 \(chain) -> softmax_ce\n")
    #expect(result.status == 65)
    #expect(result.stderr.contains("error[E0312]"))
  }

  @Test func manyMistakes() throws {
    let result = try Program.check(network + String(repeating: "expect ;\n", count: 10_000))
    #expect(result.status == 65)
    #expect(result.stderr.contains("error[E0103]"))
  }

  @Test func manyMistakesOfTheChecker() throws {
    let result = try Program.check(
      "fc 2 2" + String(repeating: " -> rleu", count: 10_000) + " -> softmax_ce\n")
    #expect(result.status == 65)
    #expect(result.stderr.contains("error[E0103]"))
    #expect(result.stderr.components(separatedBy: "\nerror[").count <= 101)
  }

  @Test func aLongLine() throws {
    let words = String(repeating: "relu ", count: 500_000)
    #expect(try Program.check("fc 2 2 \(words) -> softmax_ce\n").status == 65)
  }

  @Test func aLongWord() throws {
    let word = String(repeating: "a", count: 1_000_000)
    let result = try Program.check("fc 2 2 -> \(word) -> softmax_ce\n")
    expectRefused(result, "E0301")
    #expect(result.stderr.utf8.count < 2000)
  }

  @Test func controlCharactersReachNoTerminal() throws {
    let result = try Program.check("fc 2 2 -> \u{1B}[2Jrelu -> softmax_ce\n")
    #expect(result.status == 65)
    #expect(!result.stderr.contains("\u{1B}"))
  }

  @Test func emptyFile() throws {
    expectRefused(try Program.check(""), "E0317")
  }

  @Test func onlyBlanks() throws {
    expectRefused(try Program.check(" \t\r\n\n   "), "E0317")
  }

  @Test func noNewlineAtTheEnd() throws {
    #expect(try Program.check("fc 784 10 -> softmax_ce").status == 0)
  }

  @Test func missingFile() throws {
    let result = try Program.run(["check", "specs/there_is_none.mlp"])
    #expect(result.status == 66)
    #expect(result.stderr.contains("there is no file 'specs/there_is_none.mlp'"))
  }

  @Test func noFile() throws {
    #expect(try Program.run(["check"]).status == 64)
  }

  @Test func aMissingFileAmongOthers() throws {
    let result = try Program.run(["check", "specs/two_layer.mlp", "specs/there_is_none.mlp"])
    #expect(result.status == 66)
    #expect(result.stdout.contains("specs/two_layer.mlp: ok"))
  }
}
