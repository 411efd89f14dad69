import MLPLibrary

// The tables of a report page.

extension ReportPage.Entry {
  // MARK: Scores

  /// One training's.
  var scoreTable: PageTable {
    let row = report.rows[0]
    guard let run = row.runs[0].outcome.report else {
      return PageTable(
        [.init("")], [.init([PageTable.Cell(row.runs[0].outcome.brief, .bad)])])
    }
    let scores = [("train", run.train), ("validation", run.validation), ("test", run.test)]
    return PageTable(
      [.init("set"), .init("loss", isNumber: true), .init("accuracy", isNumber: true)],
      scores.compactMap { set, score in
        score.map {
          PageTable.Row([
            PageTable.Cell(set), .init(RunTable.loss($0.loss)),
            .init(Format.fixed($0.accuracy, 4)),
          ])
        }
      })
  }

  /// One row a combination, its axes as columns.
  var sweepTable: PageTable {
    let sets = ["train", "validation", "test"].filter { set in
      report.rows.contains { $0.spread(of: set) != nil }
    }
    let columns =
      report.axes.map { PageTable.Column($0.name) }
      + sets.flatMap { set in
        ["loss", "accuracy"].map { PageTable.Column("\(set) \($0)", isNumber: true) }
      } + [PageTable.Column("")]
    let rows = report.rows.enumerated().map { index, row in
      PageTable.Row(
        row.cells.map { PageTable.Cell($0) }
          + sets.flatMap { set in
            ["loss", "accuracy"].map { measure in
              PageTable.Cell(Self.text(row.spread(of: set)?.of(measure)))
            }
          } + [PageTable.Cell(row.remark, .bad)], isMarked: index == report.best)
    }
    let repeats = report.rows.map { $0.runs.count }.max() ?? 1
    return PageTable(
      columns, rows,
      caption: repeats > 1
        ? "Mean ± standard deviation over the repetitions; ★ marks the best" : "★ marks the best")
  }

  /// `0.8584`, `0.8584 ± 0.0012`; a dash for none.
  private static func text(_ spread: Spread?) -> String {
    spread.map { SweepTable.spread($0) { RunTable.loss($0) } } ?? "–"
  }

  // MARK: Expectations

  var expectationTable: PageTable? {
    let isSweep = report.rows.count > 1
    let rows = report.rows.flatMap { row in
      row.expectations.map { result in
        PageTable.Row(
          (isSweep ? [PageTable.Cell(SweepTable.label(report.axes, row.cells))] : []) + result.cells
        )
      }
    }
    guard !rows.isEmpty else { return nil }
    let table = PageTable(
      (isSweep ? [.init("combination")] : []) + ExpectationResult.columns, rows)
    return table.withoutEmpty(isSweep ? 2 : 1)
  }

  // MARK: Epochs

  /// One for each row, of its first repetition.
  var epochTables: [PageTable] {
    report.rows.map { row in
      let epochs = row.runs[0].epochs
      let validates = epochs.contains { $0.validation != nil }
      var columns = [PageTable.Column("epoch", isNumber: true)]
      for set in ["train", "validation"].prefix(validates ? 2 : 1) {
        columns += ["loss", "accuracy"].map { .init("\(set) \($0)", isNumber: true) }
      }
      let rows = epochs.map { epoch in
        let scores = [epoch.train] + (epoch.validation.map { [$0] } ?? [])
        return PageTable.Row(
          [PageTable.Cell(String(epoch.epoch))]
            + scores.flatMap { [RunTable.loss($0.loss), Format.fixed($0.accuracy, 4)] }
            .map { PageTable.Cell($0) })
      }
      let seed = row.runs.count > 1 ? "seed \(row.runs[0].seed)" : ""
      let name = report.rows.count > 1 ? report.name(of: row) : ""
      return PageTable(
        columns, rows, caption: [name, seed].filter { !$0.isEmpty }.joined(separator: ", "))
    }
  }

  // MARK: Run

  var runBlocks: [PageBlock] { [.table(layerTable), .facts(facts)] }

  private var layerTable: PageTable {
    let net = report.rows[shownRow].experiment.net
    let rows = net.layers.map { placed in
      PageTable.Row([
        PageTable.Cell(placed.text), .init("\(placed.input)"), .init("\(placed.output)"),
        .init(Format.grouped(placed.trainedCount)),
      ])
    }
    let total = PageTable.Row([
      PageTable.Cell("total", .strong), "", "",
      .init(Format.grouped(net.parameterCount), .strong),
    ])
    return PageTable(
      [
        .init("layer"), .init("in", isNumber: true), .init("out", isNumber: true),
        .init("parameters", isNumber: true),
      ], rows + [total])
  }

  private var facts: [(name: String, value: String)] {
    let runs = report.rows[shownRow].runs
    guard let run = runs.lazy.compactMap({ $0.outcome.report }).first else { return [] }
    var facts = [("data", run.dataText)]
    if let hash = dataHashes[shownRow] { facts.append(("data hash", hash)) }
    facts.append(
      (runs.count > 1 ? "seeds" : "seed", runs.map { String($0.seed) }.joined(separator: ", ")))
    let hashes = runs.compactMap { $0.outcome.report?.weightsHash }
    facts.append(
      (hashes.count > 1 ? "weights hashes" : "weights hash", hashes.joined(separator: ", ")))
    return facts
  }
}

extension RunReport {
  fileprivate var dataText: String {
    usedFallback ? "\(data), NOT \(dataNamed), which can't be had" : data
  }
}

extension SweepRow {
  /// What befell runs that have no result.
  fileprivate var remark: String {
    let faulty = runs.count { $0.outcome.isFaulty }
    let counts = [(divergences, "diverged"), (faulty, "without data")].filter { $0.0 > 0 }
    return counts.map { runs.count == 1 ? $0.1 : "\($0.0) of \(runs.count) \($0.1)" }
      .joined(separator: ", ")
  }
}

extension SweepRun.Outcome {
  fileprivate var brief: String {
    switch self {
    case .finished: ""
    case .diverged(let divergence):
      "training " + SweepTable.text(divergence)
    case .faulty(let diagnostics, _): diagnostics.first?.message ?? "the data can't be had"
    }
  }
}

extension ExpectationResult {
  static let columns: [PageTable.Column] = [
    .init("expectation"), .init("reported", isNumber: true), .init("expected", isNumber: true),
    .init("reached", isNumber: true), .init("verdict"),
  ]

  /// As many as there are columns.
  var cells: [PageTable.Cell] {
    let tone: PageTone =
      switch verdict {
      case .met: .good
      case .missed: .bad
      case .notJudged: .muted
      }
    let sign = verdict == .met ? "✓\u{A0}" : verdict == .missed ? "✗\u{A0}" : ""
    return [
      PageTable.Cell(claim), .init(reported), .init(expected), .init(found),
      .init(sign + verdict.rawValue, tone),
    ]
  }
}
