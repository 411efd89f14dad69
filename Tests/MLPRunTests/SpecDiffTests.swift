import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("What differs in meaning between two specs")
struct SpecDiffTests {
  private let base = """
    net     fc 784 128 -> relu -> fc 128 10 -> softmax_ce
    init    he
    data    mnist validation last 5000
    solver  sgd lr 0.1
    train   epochs 3
    expect  test accuracy 0.9 within 0.1

    """

  private func checked(_ text: String) throws -> CheckedSpec {
    let source = Source(name: "spec", text: text)
    let (checked, diagnostics) = Session([source], in: MemoryWorld()).check()
    let rendered = Renderer.render(diagnostics, sources: [source], colour: false)
    return try #require(checked, "\(rendered)")
  }

  private func differences(_ old: String, _ new: String) throws -> [String] {
    SpecDiff(from: try checked(old), to: try checked(new)).differences.map { "\($0)" }
  }

  /// The base against itself with one text in place of another.
  private func differences(with new: String, for old: String) throws -> [String] {
    try #require(base.contains(old))
    return try differences(base, base.replacing(old, with: new))
  }

  @Test func nothingThatIsOnlyWrittenInAnotherWayCounts() throws {
    let other = """
      # The same.
      train seed 1 epochs 3 batch 100   # with defaults
      let width = 128
      let method = sgd
      expect test accuracy 9e-1 within 0.10
      data mnist
        scale unit validation last 5000
      solver method decay 0 lr 1e-1
      init he biases zeros

      fc width -> relu
      -> fc 10 -> softmax_ce
      """.replacing("let method = sgd\n", with: "").replacing("solver method", with: "solver sgd")
    #expect(try differences(base, other) == [])
    #expect(try differences(other, base) == [])
  }

  @Test func repetitionIsWrittenOut() throws {
    let short = "(fc 10 -> relu) * 2 -> fc 3 -> softmax_ce\ndata mnist random_labels 3\n"
    let long =
      "fc 10 -> relu -> fc 10 10 -> relu -> fc 3 -> softmax_ce\ndata mnist random_labels 3\n"
    #expect(try differences(short, long) == [])
  }

  @Test func settingsAreNamed() throws {
    #expect(try differences(with: "lr 0.01", for: "lr 0.1") == ["solver lr 0.1 → 0.01"])
    #expect(
      try differences(with: "epochs 4 seed 2", for: "epochs 3") == [
        "train epochs 3 → 4", "train seed 1 → 2",
      ])
    #expect(
      try differences(with: "last 10%", for: "last 5000") == [
        "data validation last 5000 → last 10%"
      ])
    #expect(try differences(with: "mnist first 100", for: "mnist") == ["data first not set → 100"])
    #expect(try differences(with: "he biases same", for: "he") == ["init biases zeros → same"])
  }

  @Test func settingsOfWordsAreNamedBehindThem() throws {
    let step = base.replacing("lr 0.1", with: "lr 0.1 schedule step every 5 factor 0.5")
    #expect(try differences(base, step) == ["solver schedule constant → step every 5 factor 0.5"])
    #expect(
      try differences(step, step.replacing("every 5", with: "every 6"))
        == ["solver schedule every 5 → 6"])
  }

  @Test func anotherWordReplacesAll() throws {
    #expect(
      try differences(with: "adam lr 0.01", for: "sgd lr 0.1") == [
        "solver sgd lr 0.1 → adam lr 0.01"
      ])
    #expect(try differences(with: "glorot gain 2", for: "he") == ["init he → glorot gain 2"])
  }

  @Test func layersAreCounted() throws {
    #expect(try differences(with: "sigmoid", for: "relu") == ["net layer 2: relu → sigmoid"])
    #expect(try differences(with: "mse", for: "softmax_ce") == ["net loss: softmax_ce → mse"])
    #expect(
      try differences(with: "fc 784 64 -> relu -> fc 64 10", for: "fc 784 128 -> relu -> fc 128 10")
        == ["net layer 1 fc out 128 → 64"])
    #expect(
      try differences(with: "fc 784 128 bias no -> relu", for: "fc 784 128 -> relu")
        == ["net layer 1 fc bias yes → no"])
  }

  @Test func layersMayComeAndGo() throws {
    let deep = base.replacing("relu ->", with: "relu -> fc 128 128 -> tanh -> dropout 0.2 ->")
    #expect(
      try differences(base, deep) == [
        "net layer 3 added: fc 128", "net layer 4 added: tanh", "net layer 5 added: dropout 0.2",
      ])
    #expect(
      try differences(deep, base) == [
        "net layer 3 removed: fc 128", "net layer 4 removed: tanh",
        "net layer 5 removed: dropout 0.2",
      ])
  }

  @Test func theInputIsToldOnce() throws {
    #expect(
      try differences("fc 784 128 -> relu -> fc 10 -> mse", "fc 100 128 -> relu -> fc 10 -> mse")
        == ["net input 784 → 100"])
  }

  @Test func statementsMayComeAndGo() throws {
    let bare = base.replacing("data    mnist validation last 5000\n", with: "")
    #expect(try differences(bare, base) == ["data added: mnist validation last 5000"])
    #expect(try differences(base, bare) == ["data removed: mnist validation last 5000"])
  }

  @Test func expectationsAreMatchedByWhatTheyMeasure() throws {
    #expect(
      try differences(with: "accuracy 0.8", for: "accuracy 0.9") == [
        "expect test accuracy value 0.9 → 0.8"
      ])
    let more = "expect train loss 1 within 0.5\n" + base
    #expect(try differences(base, more) == ["expect added: train loss 1 within 0.5"])
    #expect(try differences(more, base) == ["expect removed: train loss 1 within 0.5"])
  }

  @Test func theOrderOfExpectationsDoesNotCount() throws {
    let (first, second) = (
      "expect test accuracy 0.9 within 0.1\n", "expect train loss at most 2\n"
    )
    let one = base.replacing(first, with: "")
    #expect(try differences(one + first + second, one + second + first) == [])
    let sweep = one.replacing("lr 0.1", with: "lr {0.1 | 0.2}")
    #expect(try differences(sweep + first + second, sweep + second + first) == [])
    #expect(
      try differences(one + first + second, (one + second + first).replacing("3", with: "4")) == [
        "train epochs 3 → 4"
      ])
  }

  @Test func boundsOfBothSidesAreToldApart() throws {
    let band = base + "expect test accuracy at least 0.5\nexpect test accuracy at most 0.9\n"
    #expect(
      try differences(band, band.replacing("most 0.9", with: "most 0.8")) == [
        "expect test accuracy at most 0.9 → most 0.8"
      ])
    #expect(
      try differences(with: "at least 0.8", for: "0.9 within 0.1") == [
        "expect test accuracy 0.9 within 0.1 → at least 0.8"
      ])
  }

  private let tied = """
    fc 784 {32 | 64} -> relu -> fc 10 -> softmax_ce
    expect test accuracy at least 0.9 when 32
    """

  @Test func aChangedConditionIsNamed() throws {
    #expect(
      try differences(tied, tied.replacing("when 32", with: "when 64")) == [
        "expect test accuracy at least 0.9 when 32 → 64"
      ])
    #expect(
      try differences(tied, tied.replacing(" when 32", with: "")) == [
        "expect test accuracy at least 0.9 when 32 → not set"
      ])
    #expect(
      try differences(tied.replacing(" when 32", with: ""), tied) == [
        "expect test accuracy at least 0.9 when not set → 32"
      ])
    #expect(
      try differences(tied, tied.replacing("0.9", with: "0.8")) == [
        "expect test accuracy when 32 at least 0.9 → least 0.8"
      ])
    #expect(
      try differences(tied, tied + "\nexpect test loss at most 1 when 64") == [
        "expect added: test loss at most 1 when 64"
      ])
  }

  @Test func aConditionThatSaysTheSameDoesNotCount() throws {
    let each = tied + "\nexpect test accuracy at least 0.9 when 64"
    #expect(try differences(each, tied.replacing(" when 32", with: "")) == [])
    let named = tied.replacing("when 32", with: "when fc 32")
    #expect(try differences(tied, named) == [])
    let wider = tied.replacing("64}", with: "128}")
    #expect(try differences(tied, wider) == ["net layer 1 fc out {32 | 64} → {32 | 128}"])
  }

  @Test func oneOfSeveralConditionsMayChange() throws {
    let several =
      tied + "\nexpect test accuracy at least 0.8 when 64\nexpect diverges when 64"
    #expect(
      try differences(several, several.replacing("least 0.8", with: "least 0.9")) == [
        "expect test accuracy when 64 at least 0.8 → least 0.9"
      ])
    #expect(
      try differences(several, several.replacing("\nexpect diverges when 64", with: "")) == [
        "expect removed: diverges when 64"
      ])
    #expect(
      try differences(several, several.replacing("diverges when 64", with: "diverges when 32"))
        == ["expect diverges when 64 → 32"])
    #expect(
      try differences(several, several.replacing("32 | 64}", with: "32 | 64 | 128}")) == [
        "net layer 1 fc out {32 | 64} → {32 | 64 | 128}", "combinations 2 → 3",
      ])
  }

  @Test func combinationsAreNeverRemovedAndAddedUnderOneName() throws {
    let other = tied.replacing("when 32", with: "when 64").replacing("0.9", with: "0.8")
    for found in try differences(tied, other) { #expect(!found.contains("combination")) }
  }

  // MARK: Defaults that another setting decides

  @Test func whatSaysTheDefaultInOtherWordsDoesNotCount() throws {
    let pooled = "reshape 4x4x1 -> maxpool 2 -> fc 2 -> softmax_ce"
    #expect(
      try differences(pooled, pooled.replacing("maxpool 2", with: "maxpool 2 stride 2")) == [])
    #expect(
      try differences(pooled, pooled.replacing("maxpool 2", with: "maxpool 2 stride 1"))
        .contains("net layer 2 maxpool stride 2x2 → 1x1"))
    #expect(
      try differences(
        base.replacing("he", with: "he biases same"), base.replacing("he", with: "he biases he"))
        == [])
    #expect(
      try differences(
        base.replacing("he", with: "he biases same"),
        base.replacing("he", with: "he biases glorot")) == ["init biases same → glorot"])
    #expect(try differences(with: "mnist first 100%", for: "mnist") == [])
    #expect(
      try differences(
        base.replacing("epochs 3", with: "epochs 3 repeat 3"),
        base.replacing("epochs 3", with: "epochs 3 seed {1 | 2 | 3}")) == [])
    #expect(
      try !differences(
        base.replacing("epochs 3", with: "epochs 3 repeat 3"),
        base.replacing("epochs 3", with: "epochs 3 seed {1 | 2 | 4}")
      ).isEmpty)
  }

  @Test func layersWithTheirOwnInitialiserTellSameFromTheStatements() throws {
    let own = base.replacing("fc 784 128", with: "fc 784 128 init normal 0.1")
    #expect(
      try differences(
        own.replacing("init    he", with: "init    he biases same"),
        own.replacing("init    he", with: "init    he biases he")) == ["init biases same → he"])
  }

  // MARK: Alternatives

  @Test func theOrderOfAlternativesDoesNotCount() throws {
    let some = base.replacing("relu", with: "{relu | tanh}")
    let others = base.replacing("relu", with: "{tanh | relu}")
    #expect(try differences(some, others) == [])
  }

  @Test func alternativesAreComparedPlaceByPlace() throws {
    let sweep = base.replacing("lr 0.1", with: "lr {0.1 | 0.2}").replacing(
      "relu", with: "{relu | tanh}")
    #expect(
      try differences(base, sweep) == [
        "net layer 2: relu → {relu | tanh}", "solver lr 0.1 → {0.1 | 0.2}", "combinations 1 → 4",
      ])
    #expect(
      try differences(sweep, sweep.replacing("0.2", with: "0.3")) == [
        "solver lr {0.1 | 0.2} → {0.1 | 0.3}"
      ])
    #expect(
      try differences(sweep, sweep.replacing("epochs 3", with: "epochs 5")) == [
        "train epochs 3 → 5"
      ])
  }

  @Test func chainsOfOtherLengthsAreComparedAsAWhole() throws {
    let sweep = base.replacing("relu", with: "{relu | fc 64 -> relu}").replacing(
      "fc 128 10", with: "fc 10")
    #expect(
      try differences(base, sweep) == [
        "net layers fc 128 -> relu -> fc 10 → {fc 128 -> relu -> fc 10 | fc 128 -> fc 64 -> relu -> fc 10}",
        "combinations 1 → 2",
      ])
  }

  @Test func combinationsAreToldWhereEachPlaceIsTheSame() throws {
    let cross = base.replacing("sgd lr 0.1", with: "{sgd lr 0.1 momentum 0.5 | sgd lr 0.2}")
    let straight = base.replacing("sgd lr 0.1", with: "{sgd lr 0.1 | sgd lr 0.2 momentum 0.5}")
    #expect(
      try differences(cross, straight) == [
        "combination removed: sgd lr 0.1 momentum 0.5", "combination removed: sgd lr 0.2",
        "combination added: sgd lr 0.1", "combination added: sgd lr 0.2 momentum 0.5",
      ])
  }

  // MARK: Properties

  @Test func everySpecIsTheSameAsItsExplicitTextAndAsItself() throws {
    for spec in AnnotatedSpec.all(below: "specs") where spec.isValid && spec.overlays.isEmpty {
      guard !spec.path.contains("/limit/") else { continue }
      let found = try checked(spec.text)
      #expect(SpecDiff(from: found, to: found).isEmpty, "\(spec)")
      guard found.experiments.count == 1 else { continue }
      let explicit = try checked(found.experiments[0].explicitText)
      #expect(SpecDiff(from: found, to: explicit).isEmpty, "\(spec)")
    }
  }
}
