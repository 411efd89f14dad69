import MLPLibrary
import MLPSyntax

/// What several specs came to, as text.
package enum VerdictTable {
  /// One row an expectation: reported, expected, reached, verdict; and how many there are of each.
  ///
  /// - Parameter width: how wide lines may be: where they would be wider, each spec's name stands above its rows.
  package static func text(_ results: [SpecResult], width: Int = .max) -> String {
    let all = results.map { ($0.name, rows($0)) }
    var text = table(all).text
    if text.split(separator: "\n").contains(where: { $0.count > width }) { text = stacked(all) }
    return text + "\n  " + summary(results) + "\n"
  }

  private static func table(_ specs: [(name: String, rows: [[String]])]) -> TextTable {
    var table = TextTable([.left, .left, .left, .right, .right, .right, .left])
    table.add("spec", "combination", "expect", "reported", "expected", "reached", "")
    for spec in specs {
      for row in spec.rows { table.add([spec.name] + row) }
    }
    return table.withoutEmpty(3)
  }

  /// The same table without the specs' names, which stand on lines of their own.
  private static func stacked(_ specs: [(name: String, rows: [[String]])]) -> String {
    let text = table(specs.map { ("", $0.rows) }).withoutColumn(0).withoutEmpty(0).text
    var lines = text.split(separator: "\n")[...]
    var result = "  \(lines.removeFirst())\n"
    for spec in specs {
      result += "  \(spec.name)\n" + lines.prefix(spec.rows.count).map { "  \($0)\n" }.joined()
      lines = lines.dropFirst(spec.rows.count)
    }
    return result
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
      return rows.isEmpty ? [unjudged(report)] : rows
    }
  }

  /// Of a spec without expectations: what its best row reached.
  private static func unjudged(_ report: SweepReport) -> [String] {
    let row = report.rows[report.best ?? 0]
    guard let (set, score) = row.judgedBy else { return ["", "", "", "", "", reached(report)] }
    let label = SweepTable.label(report.axes, row.cells)
    return [label, "\(set) accuracy", "", "", SweepTable.spread(score.accuracy), ""]
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
    if let (set, score) = row.judgedBy {
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

extension SweepRow {
  /// The set that tells most of it, and its scores; nil where no run came to its end.
  fileprivate var judgedBy: (set: String, score: ScoreSpread)? {
    for set in ["test", "validation", "train"] {
      if let score = spread(of: set) { return (set, score) }
    }
    return nil
  }
}
