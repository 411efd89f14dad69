import MLPLibrary
import MLPSyntax

/// The objects that `--json` writes where there are several trainings, one a line.
package enum SweepJSON {
  /// One training of several.
  package static func ended(_ ended: RunEvent.Ended) -> JSON {
    let run = ended.run
    let head: [(String, JSON)] = [
      ("event", .text("run")), ("row", .integer(run.row + 1)),
      ("repeat", .integer(run.repetition + 1)), ("choices", choices(ended.axes, ended.cells)),
      ("seed", .integer(run.seed)),
    ]
    switch run.outcome {
    case .finished(let report):
      return .object(
        head + [
          ("outcome", .text("finished")), ("train", RunJSON.score(report.train)),
          ("validation", RunJSON.score(report.validation)), ("test", RunJSON.score(report.test)),
          ("seconds", RunJSON.seconds(report.seconds)),
          ("samples_per_second", .number(report.samplesPerSecond)),
          ("weights_hash", .text(report.weightsHash)), ("data", .text(report.data)),
          ("data_named", .text(report.dataNamed)),
        ])
    case .diverged(let divergence): return .object(head + RunJSON.outcome(divergence))
    case .faulty(let diagnostics, _):
      return .object(
        head + [
          ("outcome", .text("faulty")),
          ("diagnostics", .list(diagnostics.map { RunJSON.diagnostic($0, ended.sources) })),
        ])
    }
  }

  /// All trainings of a spec.
  package static func report(_ report: SweepReport) -> JSON {
    .object([("event", .text("sweep"))] + members(report))
  }

  /// One of several specs.
  package static func spec(_ result: SpecResult) -> JSON {
    let head: [(String, JSON)] = [("event", .text("spec")), ("spec", .text(result.name))]
    switch result.outcome {
    case .ran(let report): return .object(head + members(report))
    case .unreadable(let problem): return .object(head + [("problem", .text(problem.message))])
    case .faulty(let diagnostics, _):
      let faults = diagnostics.map { RunJSON.diagnostic($0, result.sources) }
      return .object(head + [("diagnostics", .list(faults))])
    }
  }

  private static func members(_ report: SweepReport) -> [(String, JSON)] {
    let rows = report.rows.enumerated().map { index, row in
      JSON.object([
        ("row", .integer(index + 1)), ("choices", choices(report.axes, row.cells)),
        ("seeds", .list(row.runs.map { .integer($0.seed) })),
        ("diverged", .integer(row.divergences)),
        (
          "weights_hashes",
          .list(row.runs.map { $0.outcome.report.map { .text($0.weightsHash) } ?? .null })
        ), ("train", spread(row.train)),
        ("validation", spread(row.validation)), ("test", spread(row.test)),
        ("expectations", .list(row.expectations.map { RunJSON.expectation($0) })),
      ])
    }
    return [
      ("axes", .list(report.axes.map { axis($0) })), ("rows", .list(rows)),
      ("best", report.best.map { .integer($0 + 1) } ?? .null),
    ]
  }

  static func axis(_ axis: Axis) -> JSON {
    .object([
      ("name", .text(axis.name)), ("branches", .list(axis.branches.map { .text($0) })),
    ])
  }

  /// The branch taken of each axis; null where the axis is not met.
  static func choices(_ axes: [Axis], _ cells: [String]) -> JSON {
    .object(zip(axes, cells).map { ($0.name, $1.isEmpty ? .null : .text($1)) })
  }

  static func spread(_ score: ScoreSpread?) -> JSON {
    guard let score else { return .null }
    return .object([
      ("loss", .number(score.loss.mean)), ("accuracy", .number(score.accuracy.mean)),
      ("loss_deviation", .optional(score.loss.deviation)),
      ("accuracy_deviation", .optional(score.accuracy.deviation)),
    ])
  }
}
