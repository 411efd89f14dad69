import Testing

@testable import MLPRun

@Suite("What is typed into the REPL")
struct ReplInputTests {
  @Test(
    "needs more lines while something is open",
    arguments: [
      "fc 784 10 ->", "net fc 784 {10 |", "net (fc 10 -> relu", "let width =",
      "fc 784 128 -> relu\n  ->", "fc 2 -> (relu -> {fc 3 | fc 4}", "net fc 784 10 -> # first\n",
    ])
  func open(text: String) { #expect(ReplInput.isOpen(text)) }

  @Test(
    "is complete otherwise, also where it is faulty",
    arguments: [
      "", "fc 784 10 -> softmax_ce", "train epochs 3", ":train", ":set lr {0.1", "fc 2)",
      "net fc {1 | 2} -> mse", "fc 784 10 ->\ntrain epochs 3", "# a comment ->", "\"unclosed (",
    ])
  func complete(text: String) { #expect(!ReplInput.isOpen(text)) }

  @Test("is divided at blank lines and commands")
  func parts() {
    let text = """
      data toy moons
      net fc 2
        -> softmax_ce

      :train 2
        :eval
      train epochs 3
      """
    #expect(
      ReplInput.parts(of: text) == [
        ReplInput.Part("data toy moons\nnet fc 2\n  -> softmax_ce", line: 1),
        ReplInput.Part(":train 2", line: 5), ReplInput.Part("  :eval", line: 6),
        ReplInput.Part("train epochs 3", line: 7),
      ])
  }

  @Test("may have the line ends of Windows and a byte order mark")
  func windows() {
    let plain = ":show\ntrain epochs 2\n  batch 3\n\n:quit"
    let text = "\u{FEFF}" + plain.replacing("\n", with: "\r\n")
    #expect(ReplInput.parts(of: text) == ReplInput.parts(of: plain))
  }

  @Test(
    "comes out whole whether line by line or at once", arguments: ["a\n\nb\n:c", "\n\n", ":a\nb"])
  func lineByLine(text: String) {
    var input = ReplInput()
    var parts: [ReplInput.Part] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      parts += input.add(String(line))
    }
    #expect(parts + input.finish() == ReplInput.parts(of: text))
  }
}
