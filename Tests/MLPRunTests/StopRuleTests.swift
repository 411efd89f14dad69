import MLPTestSupport
import Testing

@testable import MLPRun

/// `stop` and `keep`.
@Suite struct StopRuleTests {
  private func records(_ losses: [Double]) -> [EpochRecord] {
    losses.enumerated().map { index, loss in
      EpochRecord(
        epoch: index + 1, epochs: 100, train: Score(loss: 9, accuracy: 0),
        validation: Score(loss: loss, accuracy: -loss), seconds: 0,
        step: index + 1, rate: 0.1, trace: [])
    }
  }

  private func rule(_ measure: String, _ patience: Int) throws -> StopRule {
    try #require(
      StopRule(["when", "validation", measure, "\(patience)", "epochs", "without", "gain"]))
  }

  @Test(arguments: [
    ([], 1, false), ([3], 1, false), ([3, 3], 1, true), ([3, 2], 1, false), ([3, 2, 2.5], 1, true),
    ([3, 2, 2.5], 2, false), ([3, 2, 2.5, 2], 2, true), ([3, 2, 2.5, 1.9], 2, false),
    ([.nan], 1, true), ([3, .nan, 2], 2, false), ([3, .infinity, .nan], 2, true),
  ])
  func endsWithoutGain(_ losses: [Double], patience: Int, ends: Bool) throws {
    #expect(try rule("loss", patience).ends(records(losses)) == ends)
    // A greater accuracy is better.
    #expect(try rule("accuracy", patience).ends(records(losses)) == ends)
  }

  @Test(arguments: [([], nil), ([3], 0), ([3, 1, 2], 1), ([3, 1, 1], 1), ([.nan, 4, 5], 1)])
  func theFirstOfTheBestIsBest(_ losses: [Double], best: Int?) {
    #expect(EpochMeasure.validationLoss.best(of: records(losses)) == best)
  }

  static let spec = """
    fc 2 12 -> relu -> fc 2 -> softmax_ce
    data toy spirals count 120 test 40 validation last 30
    solver adam lr 0.3
    train batch 10 epochs 30 seed 4
    """

  @Test func trainingEndsEarlyAndSaysWhy() throws {
    var stopped: RunEvent.Stopped?
    let spec = Self.spec + " stop when validation loss 3 epochs without gain"
    let report = try KeptRun(spec).run { event in
      if case .stopped(let event) = event { stopped = event }
    }
    let best = try #require(stopped?.best)
    #expect(report.epochs.count < 30)
    #expect(report.epochs.count == best + 3)
    #expect(stopped?.epoch == report.epochs.count)
    #expect(report.keptEpoch == report.epochs.count)
    #expect(report.validation == report.epochs.last?.validation)
  }

  /// The parameters are those of a run that ends with the best epoch.
  @Test func theBestEpochIsKept() throws {
    let kept = try KeptRun(Self.spec + " keep best").run()
    #expect(kept.epochs.count == 30 && kept.keptEpoch < 30)
    #expect(kept.validation == kept.epochs[kept.keptEpoch - 1].validation)
    let short = try KeptRun(
      Self.spec.replacing("epochs 30", with: "epochs \(kept.keptEpoch)")
    ).run()
    #expect(short.weightsHash == kept.weightsHash)
    #expect(short.test == kept.test)
    #expect(short.train == kept.train)
  }
}
