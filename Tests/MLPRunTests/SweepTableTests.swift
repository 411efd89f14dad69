import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("Tables of several runs")
struct SweepTableTests {
  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test("divide loss and accuracy where a line has no room for both")
  func narrow() throws {
    let report = try sweep(sweptSpec, ["train repeat 2"])
    let wide = lines(SweepTable.text(report))
    #expect(wide.count == 5)
    let narrow = lines(SweepTable.text(report, width: 90))
    #expect(narrow.count == 10)
    #expect(narrow.allSatisfy { $0.count <= 90 })
    #expect(narrow[0].contains("test loss") && !narrow[0].contains("accuracy"))
    #expect(narrow[5].contains("test accuracy") && !narrow[5].contains("loss"))
    let words = { (line: Substring) in Set(line.split(separator: " ")) }
    for row in 1...4 {
      #expect(words(wide[row]) == words(narrow[row]).union(words(narrow[row + 5])))
    }
  }

  private func results() throws -> [SpecResult] {
    let texts = [
      ("specs/one.mlp", sweptSpec + "expect test loss at most 9 when relu\n"),
      ("specs/two.mlp", sweptSpec), ("specs/three.mlp", "net fc 2 rleu"),
    ]
    let members = texts.map { name, text in
      RunSet.Member(
        name, Session([Source(name: name, text: text)], in: MemoryWorld()), record: nil)
    }
    return try RunSet(members).run(
      threads: 1, in: MemoryWorld(), observe: { _ in }, done: { _, _ in })
  }

  @Test("of specs have their names above the rows where a line has no room for both")
  func stacked() throws {
    let results = try results()
    let wide = lines(VerdictTable.text(results))
    let narrow = lines(VerdictTable.text(results, width: 60))
    let names = results.map { "  \($0.name)" }
    #expect(narrow.filter { names.contains(String($0)) }.map { String($0) } == names)
    #expect(wide.count + names.count == narrow.count)
    for line in wide.dropFirst().dropLast() {
      let row = line.split(separator: " ").dropFirst()
      #expect(narrow.contains { $0.split(separator: " ")[...] == row }, "\(line)")
    }
  }

  @Test("of specs show what was reached where nothing is expected, in its column")
  func unjudged() throws {
    let wide = lines(VerdictTable.text(try results()))
    let row = try #require(wide.first { $0.hasPrefix("  specs/two.mlp") })
    #expect(row.contains("test accuracy"))
    #expect(wide[0].hasSuffix("reached") && row.count == wide[0].count)
    #expect(!wide[0].contains("reported"))
  }
}
