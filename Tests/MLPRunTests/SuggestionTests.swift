import MLPLibrary
import MLPSyntax
import Testing

@testable import MLPRun

@Suite("An edit is offered only where it is certain what was meant")
struct SuggestionTests {
  private static let words = Catalogue.schemas.flatMap { schema in
    [schema.word] + schema.settings.flatMap { [$0.name] + $0.kind.plainWords }
  }

  /// What `check --fix` writes.
  private func edit(_ word: String, before next: Item? = nil) -> String? {
    Suggestion.mend(word, among: Array(Set(Self.words)).sorted(), before: next)?.replacement
  }

  @Test(arguments: Catalogue.foreignAdvice.keys.sorted())
  func wordsOfTheFieldHaveNone(_ word: String) {
    if Catalogue.foreignWords[word] == nil { #expect(edit(word) == nil) }
  }

  @Test(arguments: [
    "sgdx", "xadam", "reluu2", "unmomentum", "nostride", "my_batch", "epochs_min", "beta3", "lrx",
    "csw",
    "softplusmax", "conv4d",
  ])
  func wordsWithMoreInThemHaveNone(_ word: String) {
    #expect(edit(word) == nil)
  }

  @Test(arguments: [
    ("reul", "relu"), ("momentun", "momentum"), ("mometum", "momentum"), ("epochss", "epochs"),
    ("sotfmax_ce", "softmax_ce"), ("ReLU", "relu"), ("rl", "lr"), ("zero", "zeros"),
    ("minst", "mnist"),
    ("Dense", "fc"), ("learning_rate", "lr"), ("AdamOptimizer", "adam"), ("kaiming_normal_", "he"),
    ("fc128", "fc 128"), ("fc_128", "fc 128"), ("Linear64", "fc 64"), ("conv3x3", "conv 3x3"),
    ("seed42", "seed 42"),
  ])
  func slipsAndOtherNamesHaveOne(_ word: String, _ ours: String) {
    #expect(edit(word) == ours)
  }

  @Test func aLayersOwnNumberIsNoSize() {
    let number = Number(text: "784", value: 784, isInteger: true, isPercent: false)
    let next = Item(.number(number), Span(4, 7))
    #expect(edit("fc1", before: next) == nil)
    #expect(edit("fc784", before: next) == "fc 784")
  }
}
