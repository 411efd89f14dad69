import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("A spec with every default written out")
struct ExplicitSpecTests {
  private func checked(_ text: String) throws -> CheckedSpec {
    let source = Source(name: "spec", text: text)
    let (checked, diagnostics) = Session([source], in: MemoryWorld()).check()
    let rendered = Renderer.render(diagnostics, sources: [source], colour: false)
    return try #require(checked, "\(rendered)")
  }

  private func parts(_ text: String) throws -> [ExplicitSpec.Part] {
    ExplicitSpec(try checked(text)).parts
  }

  @Test func isInCanonicalLayout() throws {
    let text = try parts("fc 784 10 -> softmax_ce\ntrain epochs 3\n")[0].text
    #expect(
      text == """
        net     fc 784 10 bias yes -> softmax_ce
        init    glorot gain 1 distribution normal biases zeros
        train   batch 100 epochs 3 seed 1 shuffle yes repeat 1 checkpoint yes keep last

        """)
    #expect(Printer.canonical(Source(name: "x", text: text)).text == text)
  }

  @Test func keepsAlternativesOfValuesAndLayers() throws {
    let found = try parts(
      "net fc 784 10 -> {relu | tanh} -> fc 10 -> softmax_ce\nsolver sgd lr {0.1 | 0.2}\n")
    #expect(found.count == 1)
    #expect(found[0].choices == [])
    #expect(
      found[0].text.contains(
        "net     fc 784 10 bias yes -> {relu | tanh} -> fc 10 10 bias yes -> softmax_ce\n"))
    #expect(found[0].text.contains("solver  sgd lr {0.1 | 0.2} momentum 0 "))
  }

  @Test func keepsAlternativesThatChangeWhatFollows() throws {
    let found = try parts("fc 784 {20 | 30} -> relu -> fc 10 -> softmax_ce\n")
    #expect(found.count == 1)
    #expect(try checked(found[0].text).experiments.count == 2)
  }

  @Test func writesEachCombinationWhereOneTextCannot() throws {
    let found = try parts("fc 784 10 -> softmax_ce\nsolver {adam | sgd lr {0.1 | 0.2}}\n")
    #expect(
      found.map { $0.choices } == [
        ["adam"], ["sgd lr …", "0.1"], ["sgd lr …", "0.2"],
      ])
  }

  @Test func describesTheSameExperiments() throws {
    for spec in AnnotatedSpec.all(below: "specs") where spec.isValid && spec.overlays.isEmpty {
      guard !spec.path.contains("/limit/") else { continue }
      let found = try checked(spec.text)
      let again = try ExplicitSpec(found).parts.flatMap { try checked($0.text).experiments }
      #expect(
        again.map { $0.explicitText }.sorted()
          == found.experiments.map { $0.explicitText }.sorted(),
        "\(spec)")
    }
  }

  @Test(arguments: [
    "fc 2 8 -> batchnorm -> relu -> dropout 0.1 -> fc 2 -> softmax_ce\ndata toy spirals count 100 test 20"
      + " validation last 10%\nsolver adam lr 0.01\ntrain epochs 2 batch 30",
    "let w = 5\n(fc w -> tanh) * 2 -> fc 1 -> binary_ce\ndata toy moons count 60 test 20\ninit he"
      + " biases normal 0.1\nsolver sgd lr 0.1 momentum 0.9 schedule warmup epochs 1 then cosine",
  ])
  func givesTheSameBits(text: String) throws {
    let explicit = try parts(text + "\n")[0].text
    let hashes = try [text, explicit].map { text in
      try Session([Source(name: "x", text: text)], in: MemoryWorld())
        .run(threads: 1, observe: { _ in }).runs.map { $0.outcome.report?.weightsHash }
    }
    #expect(hashes[0].allSatisfy { $0 != nil })
    #expect(hashes[0] == hashes[1])
  }
}
