import MLPLibrary
import MLPSyntax

/// The objects that `--json` writes, one a line.
package enum RunJSON {
  package static func epoch(_ record: EpochRecord) -> JSON {
    .object([
      ("event", .text("epoch")), ("epoch", .integer(record.epoch)),
      ("epochs", .integer(record.epochs)), ("train", score(record.train)),
      ("validation", score(record.validation)), ("seconds", .number(record.seconds)),
    ])
  }

  package static func result(
    _ report: RunReport, _ expectations: [ExpectationResult]
  ) -> JSON {
    .object([
      ("event", .text("result")), ("train", score(report.train)),
      ("validation", score(report.validation)), ("test", score(report.test)),
      ("expectations", .list(expectations.map { expectation($0) })),
      ("seconds", seconds(report.seconds)),
      ("samples_per_second", .number(report.samplesPerSecond)), ("seed", .integer(report.seed)),
      ("weights_hash", .text(report.weightsHash)), ("data", .text(report.data)),
      ("data_named", .text(report.dataNamed)),
    ])
  }

  /// A run that training's divergence ended.
  package static func diverged(
    _ divergence: RunFailure.Divergence, _ expectations: [ExpectationResult] = []
  ) -> JSON {
    .object([
      ("event", .text("diverged")), ("epoch", .integer(divergence.epoch)),
      ("step", .integer(divergence.step)), ("place", .text(divergence.place.word)),
      ("layer", divergence.place.layer.map { .integer($0) } ?? .null),
      ("checkpoint", divergence.checkpoint.map { .text($0) } ?? .null),
      ("expectations", .list(expectations.map { expectation($0) })),
    ])
  }

  /// Of one training among several, what it came to.
  static func outcome(_ divergence: RunFailure.Divergence) -> [(String, JSON)] {
    [
      ("outcome", .text("diverged")), ("epoch", .integer(divergence.epoch)),
      ("step", .integer(divergence.step)),
    ]
  }

  /// A run that goes on from a checkpoint.
  package static func resumed(_ resumed: RunEvent.Resumed) -> JSON {
    .object([
      ("event", .text("resumed")), ("epochs", .integer(resumed.epochs)),
      ("steps", .integer(resumed.steps)), ("checkpoint", .text(resumed.checkpoint)),
    ])
  }

  /// A training that `stop` ended.
  package static func stopped(_ stopped: RunEvent.Stopped) -> JSON {
    .object([
      ("event", .text("stopped")), ("epoch", .integer(stopped.epoch)),
      ("best", stopped.best.map { .integer($0) } ?? .null),
      ("measure", .text(stopped.rule.measure.text)),
    ])
  }

  /// A run that the user stopped.
  package static func interrupted(_ interruption: RunFailure.Interruption) -> JSON {
    .object([
      ("event", .text("interrupted")), ("epochs", .integer(interruption.epochs)),
      ("steps", .integer(interruption.steps)),
      ("checkpoint", interruption.checkpoint.map { .text($0) } ?? .null),
    ])
  }

  package static func diagnostic(_ diagnostic: Diagnostic, _ sources: [Source]) -> JSON {
    CheckJSON.diagnostic(diagnostic, sources)
  }

  static func seconds(_ seconds: RunReport.Seconds) -> JSON {
    .object([
      ("load", .number(seconds.load)), ("train", .number(seconds.train)),
      ("evaluate", .number(seconds.evaluate)),
    ])
  }

  static func score(_ score: Score?) -> JSON {
    guard let score else { return .null }
    return .object([("loss", .number(score.loss)), ("accuracy", .number(score.accuracy))])
  }

  static func expectation(_ result: ExpectationResult) -> JSON {
    let expectation = result.expectation
    var members: [(String, JSON)] = [("set", .null), ("measure", .text("divergence"))]
    var numbers: [(String, JSON)] = [
      ("expected", .null), ("within", .null), ("at", .null),
    ]
    if case .score(let set, let measure, let target) = expectation.claim {
      members = [("set", .text(set)), ("measure", .text(measure))]
      switch target {
      case .near(let value, let within):
        numbers[0].1 = .number(value)
        numbers[1].1 = .number(within)
      case .bound(.least(let value)):
        numbers[0].1 = .number(value)
        numbers[2].1 = .text("least")
      case .bound(.most(let value)):
        numbers[0].1 = .number(value)
        numbers[2].1 = .text("most")
      }
    }
    return .object(
      members + numbers + [
        ("reported", .optional(expectation.reported)), ("reached", .optional(result.reached?.mean)),
        ("deviation", .optional(result.reached?.deviation)),
        ("verdict", .text(result.verdict.rawValue)),
      ])
  }
}
