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

  package static func result(_ report: RunReport) -> JSON {
    .object([
      ("event", .text("result")), ("train", score(report.train)),
      ("validation", score(report.validation)), ("test", score(report.test)),
      ("expectations", .list(report.expectations.map(expectation))),
      (
        "seconds",
        .object([
          ("load", .number(report.seconds.load)), ("train", .number(report.seconds.train)),
          ("evaluate", .number(report.seconds.evaluate)),
        ])
      ),
      ("samples_per_second", .number(report.samplesPerSecond)), ("seed", .integer(report.seed)),
      ("weights_hash", .text(report.weightsHash)), ("data", .text(report.data)),
      ("data_named", .text(report.dataNamed)),
    ])
  }

  /// A run that training's divergence ended.
  package static func diverged(_ divergence: RunFailure.Divergence) -> JSON {
    .object([
      ("event", .text("diverged")), ("epoch", .integer(divergence.epoch)),
      ("step", .integer(divergence.step)),
    ])
  }

  package static func diagnostic(_ diagnostic: Diagnostic, _ sources: [Source]) -> JSON {
    CheckJSON.diagnostic(diagnostic, sources)
  }

  private static func score(_ score: Score?) -> JSON {
    guard let score else { return .null }
    return .object([("loss", .number(score.loss)), ("accuracy", .number(score.accuracy))])
  }

  private static func expectation(_ result: ExpectationResult) -> JSON {
    .object([
      ("set", .text(result.expectation.set)), ("measure", .text(result.expectation.measure)),
      ("expected", .number(result.expectation.value)),
      ("within", .number(result.expectation.within)),
      ("reported", .optional(result.expectation.reported)), ("reached", .optional(result.reached)),
      ("verdict", .text(result.verdict.rawValue)),
    ])
  }
}
