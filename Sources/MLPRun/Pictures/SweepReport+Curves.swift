import MLPLibrary

// A report's curves.

extension SweepReport {
  package var curves: CurvePlots { CurvePlots(rows.map { curve(of: $0) }) }

  /// Of several repetitions those count that came to their end; where all diverged, what they did before.
  private func curve(of row: SweepRow) -> CurvePlots.Run {
    let finished = row.runs.filter { $0.outcome.report != nil }
    let counted = finished.isEmpty ? row.runs : finished
    let divergence = row.runs.lazy.compactMap { $0.outcome.divergence }.first
    return CurvePlots.Run(
      name(of: row), counted.map { $0.epochs },
      divergedIn: finished.isEmpty ? divergence?.epoch : nil)
  }

  /// The training loss, one point each 1 000 observations.
  package var trace: LinePlot {
    var series = rows.map { row in
      LineSeries(name(of: row), LineSeries.mean(of: row.traces) + row.lostTrace)
    }
    let last = series.flatMap { $0.points.suffix(1) }.map { $0.x }.max() ?? 0
    let isLong = last >= Self.million
    if isLong {
      for row in series.indices {
        for point in series[row].points.indices { series[row].points[point].x /= Self.million }
      }
    }
    return LinePlot(
      title: CurvePlots.title(
        "training loss per 1 000 observations",
        repeats: rows.map { $0.runs.count }.max() ?? 0),
      xLabel: isLong ? "millions of observations" : "observations", yLabel: "training loss",
      series: series, yScale: .automatic, countsX: !isLong)
  }

  private static let million = 1e6

  /// What a row is called beside others: the branches that it takes, and what befell it.
  package func name(of row: SweepRow) -> String {
    let label = SweepTable.label(axes, row.cells)
    let name = label.isEmpty ? "train" : label
    let lost = row.divergences
    if lost == 0 { return name }
    return name + (row.runs.count == 1 ? ", diverged" : ", \(lost) of \(row.runs.count) diverged")
  }
}

extension SweepRow {
  fileprivate var traces: [[LineSeries.Point]] {
    let finished = runs.filter { $0.outcome.report != nil }
    return (finished.isEmpty ? runs : finished).map { run in
      var observations = 0
      return run.epochs.flatMap { $0.trace }.map { piece in
        observations += piece.observations
        return LineSeries.Point(Double(observations), piece.loss)
      }
    }
  }
}

extension SweepRow {
  /// Where training was lost behind the last observation of its last whole epoch, if no run came to its end.
  fileprivate var lostTrace: [LineSeries.Point] {
    guard runs.allSatisfy({ $0.outcome.hasDiverged }) else { return [] }
    let seen = runs.map { run in
      run.epochs.reduce(0) { $0 + $1.trace.reduce(0) { $0 + $1.observations } }
    }
    return [LineSeries.Point(Double((seen.min() ?? 0) + LossTrace.length), .nan)]
  }
}

extension SweepRun.Outcome {
  fileprivate var divergence: RunFailure.Divergence? {
    if case .diverged(let divergence) = self { divergence } else { nil }
  }
}
