import MLPLibrary
import Testing

@testable import MLPRun

/// Values as the explicit text says them.
@Suite struct ExplicitTextTests {
  @Test func sharesReadBackToTheBit() throws {
    for number in 1...100_000 {
      let share = Double(number) / 1000 / 100
      let text = ExplicitText.text(.amount(.share(share)))
      #expect(text.hasSuffix("%"))
      let read = try #require(Double(text.dropLast()))
      if read / 100 != share { Issue.record("\(share) is written \(text)") }
    }
  }

  @Test(arguments: [(0.07, "7%"), (0.1, "10%"), (1.0, "100%"), (0.285, "28.5%")])
  func sharesAreShort(share: Double, text: String) {
    #expect(ExplicitText.text(.amount(.share(share))) == text)
  }

  @Test func wordsHaveTheirSettings() {
    let values = Values(["std": .number(0.01), "mean": .number(-1)])
    #expect(ExplicitText.text(.entry(Normal.self, values)) == "normal 0.01 mean -1")
  }
}
