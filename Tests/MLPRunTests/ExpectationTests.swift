import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// What is expected is judged: of each combination, or of those that a condition names.
@Suite struct ExpectationTests {
  /// An output without bound, and a rate far too large.
  private let wild = """
    fc 2 8 -> {relu | tanh} -> fc 2 -> euclidean
    data toy xor count 300 test 100
    solver sgd lr {0.1 | 1e30}
    train batch 20 epochs 3

    """

  private func verdicts(_ report: SweepReport) -> [[ExpectationResult.Verdict]] {
    report.rows.map { $0.expectations.map { $0.verdict } }
  }

  @Test func eachCombinationIsJudged() throws {
    let report = try sweep(sweptSpec + "expect test accuracy 0.5 within 0.5\n")
    #expect(verdicts(report) == Array(repeating: [.met], count: 4))
  }

  @Test func aConditionTiesItToSome() throws {
    let report = try sweep(
      sweptSpec
        + "expect test accuracy at least 0 when relu\nexpect test accuracy at least 1 when lr 0.5 tanh\n"
    )
    #expect(verdicts(report) == [[.met], [.met], [], [.missed]])
    #expect(!isDone(report))
  }

  private func isDone(_ report: SweepReport) -> Bool {
    if case .done = report.ending { true } else { false }
  }

  private func isMissed(_ report: SweepReport) -> Bool {
    if case .missed = report.ending { true } else { false }
  }

  @Test(arguments: [
    ("at least 0.3", true), ("at least 1", false), ("at most 1", true), ("at most 0.3", false),
  ])
  func boundsHaveOneSide(_ bound: String, isMet: Bool) throws {
    let report = try sweep(sweptSpec + "expect test accuracy \(bound)\n")
    #expect(verdicts(report).allSatisfy { $0 == [isMet ? .met : .missed] })
  }

  @Test func theMeanIsJudged() throws {
    let rows = try sweep(sweptSpec, ["train repeat 3"]).rows
    let mean = try #require(rows[0].test?.loss.mean)
    let single = try #require(rows[0].runs[0].outcome.report?.test?.loss)
    #expect(abs(mean - single) > 1e-4)
    let expected = "expect test loss \(mean) within 1e-5 when relu lr 0.1\n"
    let report = try sweep(sweptSpec + expected, ["train repeat 3"])
    #expect(verdicts(report) == [[.met], [], [], []])
    #expect(report.rows[0].expectations[0].reached == rows[0].test?.loss)
  }

  @Test func anOverriddenConditionIsNotJudged() throws {
    let report = try sweep(
      sweptSpec + "expect test accuracy at least 1 when lr 0.5\n", ["solver lr 0.2"])
    #expect(verdicts(report) == [[.notJudged], [.notJudged]])
    #expect(isDone(report))
  }

  // MARK: Divergence

  @Test func aDivergenceIsARowAndNotTheEnd() throws {
    let report = try sweep(wild)
    #expect(report.runs.map { $0.outcome.hasDiverged } == [false, true, false, true])
    guard case .diverged(let divergence) = report.runs[1].outcome else { return }
    #expect(divergence.epoch == 1)
    #expect(divergence.step > 1)
    #expect(report.rows[1].test == nil)
    #expect(report.best == 0 || report.best == 2)
    #expect(isDone(report))
  }

  @Test func itMayBeExpected() throws {
    let report = try sweep(
      wild + "expect diverges when lr 1e30\nexpect test loss at most 1 when lr 0.1\n")
    #expect(verdicts(report) == [[.met], [.met], [.met], [.met]])
    let other = try sweep(wild + "expect diverges when lr 0.1\n")
    #expect(verdicts(other) == [[.missed], [], [.missed], []])
    #expect(isMissed(other))
  }

  @Test func whatDivergesReachesNothing() throws {
    let report = try sweep(wild + "expect test loss at most 1\n")
    #expect(verdicts(report) == [[.met], [.missed], [.met], [.missed]])
    #expect(isMissed(report))
  }

  @Test(arguments: [false, true])
  func whereAllDivergeThatIsTheEnding(isExpected: Bool) throws {
    let report = try sweep(
      wild + (isExpected ? "expect diverges\n" : ""), ["solver lr 1e30"])
    #expect(report.runs.allSatisfy { $0.outcome.hasDiverged })
    if case .diverged = report.ending { #expect(!isExpected) } else { #expect(isExpected) }
    #expect(isDone(report) == isExpected)
  }

  // MARK: The best

  @Test func theBestHasTheHighestTestAccuracyThenTheLowestLoss() throws {
    let report = try sweep(sweptSpec, ["train epochs 4"])
    let best = try #require(report.best)
    let tests = try report.rows.map { try #require($0.test) }
    for other in tests {
      #expect(tests[best].accuracy.mean >= other.accuracy.mean)
      if tests[best].accuracy == other.accuracy {
        #expect(tests[best].loss.mean <= other.loss.mean)
      }
    }
    #expect(
      try sweep(sweptSpec, ["solver lr 0.1", "fc 2 8 -> relu -> fc 2 -> softmax_ce"]).best == nil)
  }

  // MARK: Data that can't be had

  @Test func faultyDataOfOneCombinationAreARow() throws {
    let spec = sweptSpec.replacingOccurrences(
      of: "toy xor count 300 test 100",
      with: "{toy xor count 300 test 100 | csv path \"none.csv\" label 3}")
    let report = try sweep(spec + "expect test loss at most 100 when toy\n", ["solver lr 0.1"])
    #expect(report.runs.map { $0.outcome.isFaulty } == [false, true, false, true])
    guard case .faulty(.missing) = report.ending else {
      Issue.record("\(report.ending)")
      return
    }
  }
}
