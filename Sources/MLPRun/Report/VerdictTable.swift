import MLPLibrary
import MLPSyntax

/// What several specs came to, as text.
package enum VerdictTable {
  /// One row an expectation: reported, expected, reached, verdict; and how many there are of each.
  package static func text(_ results: [SpecResult]) -> String {
    var table = TextTable([.left, .left, .left, .right, .right, .right, .left])
    table.add("spec", "combination", "expect", "reported", "expected", "reached", "")
    for result in results {
      for row in rows(result) { table.add([result.name] + row) }
    }
    return table.text + "\n  " + summary(results) + "\n"
  }

  /// A line when a spec is done.
  package static func line(_ result: SpecResult) -> String {
    "\(result.name): " + remarks(result).joined(separator: "; ")
  }

  private static func rows(_ result: SpecResult) -> [[String]] {
    switch result.outcome {
    case .unreadable(let problem): return [["", "", "", "", "", problem.message]]
    case .faulty(let diagnostics, _): return [["", "", "", "", "", fault(diagnostics)]]
    case .ran(let report):
      let rows = report.rows.flatMap { row in self.rows(row, report.axes) }
      guard rows.isEmpty else { return rows }
      return [["", "", "", "", reached(report), ""]]
    }
  }

  private static func rows(_ row: SweepRow, _ axes: [Axis]) -> [[String]] {
    let label = SweepTable.label(axes, row.cells)
    let faults = row.runs.compactMap { run -> String? in
      if case .faulty(let diagnostics, _) = run.outcome { fault(diagnostics) } else { nil }
    }
    if let fault = faults.first { return [[label, "", "", "", "", fault]] }
    return row.expectations.map { result in
      [
        label, result.claim, result.reported, result.expected, result.found,
        result.verdict.rawValue,
      ]
    }
  }

  private static func fault(_ diagnostics: [Diagnostic]) -> String {
    guard let first = diagnostics.first(where: { $0.severity == .error }) else { return "faulty" }
    return "faulty, \(first.code): \(first.message)"
  }

  private static func remarks(_ result: SpecResult) -> [String] {
    switch result.outcome {
    case .unreadable(let problem): return [problem.message]
    case .faulty(let diagnostics, _): return [fault(diagnostics)]
    case .ran(let report):
      var remarks = [reached(report)]
      if report.rows.count > 1 { remarks.insert("\(report.rows.count) combinations", at: 0) }
      let verdicts = counts(report.expectations.map { $0.verdict.rawValue })
      if !verdicts.isEmpty { remarks.append(verdicts) }
      if let fallback = SweepTable.fallback(report) { remarks.append(fallback) }
      return remarks.filter { !$0.isEmpty }
    }
  }

  /// The best row's accuracy.
  private static func reached(_ report: SweepReport) -> String {
    let row = report.rows[report.best ?? 0]
    for set in ["test", "validation", "train"] {
      guard let score = row.spread(of: set) else { continue }
      let best = report.best.map { _ in ", \(SweepTable.label(report.axes, row.cells)) best" } ?? ""
      return "\(set) accuracy \(SweepTable.spread(score.accuracy))\(best)"
    }
    let first = row.runs.lazy.compactMap { run -> String? in
      switch run.outcome {
      case .finished: nil
      case .diverged(let divergence): SweepTable.text(divergence)
      case .faulty(let diagnostics, _): fault(diagnostics)
      }
    }.first
    return first ?? ""
  }

  private static func summary(_ results: [SpecResult]) -> String {
    let reports = results.compactMap { result -> SweepReport? in
      if case .ran(let report) = result.outcome { report } else { nil }
    }
    let verdicts = reports.flatMap { $0.expectations.map { $0.verdict.rawValue } }
    let faulty = results.count - reports.count
    let parts = [
      results.count == 1 ? "1 spec" : "\(results.count) specs", counts(verdicts),
      faulty == 0 ? "" : "\(faulty) faulty",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// `3 met, 1 missed`
  private static func counts(_ verdicts: [String]) -> String {
    ["met", "missed", "not judged"].compactMap { verdict in
      let count = verdicts.count { $0 == verdict }
      return count == 0 ? nil : "\(count) \(verdict)"
    }.joined(separator: ", ")
  }
}
