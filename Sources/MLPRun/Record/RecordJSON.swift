import MLPLibrary
import MLPSyntax

/// `run.json`: what identifies a run, and what it came to. It holds no time and no name of a machine, so that the
/// same program makes the same text of the same spec everywhere.
enum RecordJSON {
  /// - Parameter dataHashes: by row.
  static func record(
    _ report: SweepReport, _ sources: [Source], dataHashes: [Int: String]
  ) -> JSON {
    let rows = report.rows.indices.map { index in
      row(report, index, dataHash: dataHashes[index])
    }
    return .object([
      ("program", .object([("name", .text("mlpc")), ("version", .text(Version.text))])),
      ("spec", spec(sources)),
      ("axes", .list(report.axes.map { SweepJSON.axis($0) })),
      ("rows", .list(rows)), ("best", report.best.map { .integer($0 + 1) } ?? .null),
    ])
  }

  private static func spec(_ sources: [Source]) -> JSON {
    var fingerprint = Fingerprint()
    for source in sources { fingerprint.add(source.bytes) }
    let texts = sources.map { String(decoding: $0.bytes, as: UTF8.self) }
    return .object([
      ("file", .text(sources.first?.name ?? "")), ("hash", .text(fingerprint.text)),
      ("text", .text(texts.first ?? "")), ("with", .list(texts.dropFirst().map { .text($0) })),
    ])
  }

  private static func row(_ report: SweepReport, _ index: Int, dataHash: String?) -> JSON {
    let row = report.rows[index]
    let data = row.runs.lazy.compactMap { $0.outcome.report }.first
    return .object([
      ("row", .integer(index + 1)), ("choices", SweepJSON.choices(report.axes, row.cells)),
      (
        "data",
        .object([
          ("named", .text(row.experiment.data?.word ?? "")),
          ("name", data.map { .text($0.data) } ?? .null),
          ("hash", dataHash.map { .text($0) } ?? .null),
        ])
      ),
      ("parameters", .integer(row.experiment.net.parameterCount)),
      ("runs", .list(row.runs.map(run))), ("train", SweepJSON.spread(row.train)),
      ("validation", SweepJSON.spread(row.validation)), ("test", SweepJSON.spread(row.test)),
      ("expectations", .list(row.expectations.map { RunJSON.expectation($0) })),
    ])
  }

  private static func run(_ run: SweepRun) -> JSON {
    let head: [(String, JSON)] = [
      ("seed", .integer(run.seed)), ("epochs", .integer(run.epochs.count)),
    ]
    switch run.outcome {
    case .finished(let report):
      return .object(
        head + [
          ("outcome", .text("finished")), ("train", RunJSON.score(report.train)),
          ("validation", RunJSON.score(report.validation)), ("test", RunJSON.score(report.test)),
          ("weights_hash", .text(report.weightsHash)),
        ])
    case .diverged(let divergence): return .object(head + RunJSON.outcome(divergence))
    case .faulty(let diagnostics, _):
      return .object(
        head + [
          ("outcome", .text("faulty")),
          ("messages", .list(diagnostics.map { .text($0.message) })),
        ])
    }
  }
}
