import MLPLibrary

/// What several trainings came to, as text.
package enum SweepTable {
  /// One row a combination, and what was expected.
  ///
  /// - Parameter width: how wide lines may be: where one table of loss and accuracy is wider, each has its own.
  package static func text(_ report: SweepReport, width: Int = .max) -> String {
    let whole = rows(report, measures)
    let fits = whole.split(separator: "\n").allSatisfy { $0.count <= width }
    var parts = (fits ? [whole] : measures.map { rows(report, [$0]) }) + [expectations(report)]
    if let fallback = fallback(report) { parts.append("  data  \(fallback)\n") }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What stood in for the data that the spec names; nil where nothing did.
  static func fallback(_ report: SweepReport) -> String? {
    report.runs.lazy.compactMap { $0.outcome.report }.first { $0.usedFallback }
      .map { RunTable.data($0) }
  }

  /// A line when one training has ended.
  package static func line(_ ended: RunEvent.Ended) -> String {
    var name = label(ended.axes, ended.cells)
    if ended.repetitions > 1 { name += (name.isEmpty ? "" : ", ") + "seed \(ended.run.seed)" }
    switch ended.run.outcome {
    case .finished(let report):
      return "\(name): \(headline(report)), weights \(report.weightsHash), "
        + RunTable.seconds(report.seconds.train)
    case .diverged(let divergence): return "\(name): \(text(divergence))"
    case .faulty(let diagnostics, _): return "\(name): \(diagnostics.first?.message ?? "faulty")"
    }
  }

  /// What a combination is called: `relu, lr 0.1`; empty where there is only one.
  package static func label(_ axes: [Axis], _ cells: [String]) -> String {
    zip(axes, cells).filter { !$1.isEmpty }.map { axis, cell in
      let isNamed = cell.first.map { $0.isLetter || $0 == "_" } ?? false
      return isNamed ? cell : "\(axis.name) \(cell)"
    }.joined(separator: ", ")
  }

  static func text(_ divergence: RunFailure.Divergence) -> String {
    "diverged in epoch \(divergence.epoch), at step \(divergence.step)"
  }

  /// The accuracy that says most.
  static func headline(_ report: RunReport) -> String {
    if let test = report.test { return "test accuracy \(Format.fixed(test.accuracy, 4))" }
    if let validation = report.validation {
      return "validation accuracy \(Format.fixed(validation.accuracy, 4))"
    }
    return "train accuracy \(Format.fixed(report.train.accuracy, 4))"
  }

  // MARK: Rows

  private static let sets = ["train", "validation", "test"]
  private static let measures = ["loss", "accuracy"]

  /// - Parameter measures: loss, accuracy, or both.
  private static func rows(_ report: SweepReport, _ measures: [String]) -> String {
    let sets = sets.filter { set in report.rows.contains { $0.spread(of: set) != nil } }
    let counts = report.rows.contains { $0.runs.count > 1 }
    var table = TextTable(
      report.axes.map { _ in .left } + (counts ? [.right] : [])
        + sets.flatMap { _ in measures.map { _ in .right } }
        + [.left])
    let heads = sets.flatMap { set in
      measures.enumerated().map { $0 == 0 ? "\(set) \($1)" : $1 }
    }
    table.add(report.axes.map { $0.name } + (counts ? ["runs"] : []) + heads + [""])
    for (index, row) in report.rows.enumerated() {
      table.add(
        row.cells + (counts ? ["\(row.runs.count)"] : [])
          + sets.flatMap { scores(row.spread(of: $0), measures) } + [
            remark(row, isBest: index == report.best)
          ])
    }
    return table.text
  }

  private static func scores(_ score: ScoreSpread?, _ measures: [String]) -> [String] {
    measures.map { measure in
      guard let spread = score?.of(measure) else { return "" }
      return measure == "loss" ? self.spread(spread) { RunTable.loss($0) } : self.spread(spread)
    }
  }

  /// `0.8541`, or `0.8541 ± 0.0031`.
  static func spread(
    _ spread: Spread, _ text: (Double) -> String = { Format.fixed($0, 4) }
  ) -> String {
    text(spread.mean) + (spread.deviation.map { " ± " + text($0) } ?? "")
  }

  private static func remark(_ row: SweepRow, isBest: Bool) -> String {
    if isBest { return "best" }
    let failures = row.runs.compactMap { run -> String? in
      switch run.outcome {
      case .finished: nil
      case .diverged(let divergence): text(divergence)
      case .faulty(let diagnostics, _): diagnostics.first?.message ?? "faulty"
      }
    }
    guard let first = failures.first else { return "" }
    return row.runs.count == 1 ? first : "\(failures.count) of \(row.runs.count): \(first)"
  }

  // MARK: Expectations

  private static func expectations(_ report: SweepReport) -> String {
    var table = TextTable([.left, .left, .right, .right, .right, .left])
    table.add("expect", "of", "reported", "expected", "reached", "")
    for row in report.rows {
      for result in row.expectations {
        table.add(
          result.claim, label(report.axes, row.cells), result.reported, result.expected,
          result.found,
          result.verdict.rawValue)
      }
    }
    return report.expectations.isEmpty ? "" : table.withoutEmpty(2).text
  }
}

extension ExpectationResult {
  /// `test accuracy`
  var claim: String {
    guard case .score(let set, let measure, _) = expectation.claim else { return "divergence" }
    return "\(set) \(measure)"
  }

  /// What the spec says that a report prints; empty where it says nothing.
  var reported: String { expectation.reported.map { Format.number($0) } ?? "" }

  /// `0.86 ± 0.02`, `≥ 0.98`, `yes`
  var expected: String {
    guard case .score(_, _, let target) = expectation.claim else { return "yes" }
    switch target {
    case .near(let value, let within): return "\(Format.number(value)) ± \(Format.number(within))"
    case .bound(.least(let value)): return "≥ \(Format.number(value))"
    case .bound(.most(let value)): return "≤ \(Format.number(value))"
    }
  }

  /// `0.8584`, `0.8541 ± 0.0031`, `diverged`, `no`
  var found: String {
    if let reached { return SweepTable.spread(reached) }
    if divergences > 0 {
      return divergences == runs ? "diverged" : "\(divergences) of \(runs) diverged"
    }
    return expectation.claim == .divergence && verdict != .notJudged ? "no" : ""
  }
}
