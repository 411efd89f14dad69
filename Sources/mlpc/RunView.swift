import MLPLibrary
import MLPRun
import MLPSyntax

/// How a run is shown.
protocol RunView {
  func show(_ event: RunEvent)
  func show(_ report: SweepReport, _ sources: [Source])
  func show(_ failure: RunFailure, _ sources: [Source])
}

/// For people: a line an epoch or a training, and tables; a bar with rate and time left on a terminal.
struct TextView: RunView {
  let world: any World

  func show(_ event: RunEvent) {
    switch event {
    case .loaded(let loaded): show(loaded)
    case .resumed(let resumed):
      Terminal.out(RunTable.resumed(resumed) + "\n\n")
      // The first epoch's line brings it along.
      if resumed.isDone || resumed.epochs == 0 { break }
      Terminal.out(RunTable.epochHeader(validates: resumed.validates) + "\n")
    case .progress(let progress): world.progress(bar(progress))
    case .stopped(let stopped): Terminal.out("\n" + RunTable.stopped(stopped) + "\n")
    case .queue(let queue): world.progress(bar(queue))
    case .epoch(let record):
      world.progress(nil)
      if record.epoch == 1 {
        Terminal.out(RunTable.epochHeader(validates: record.validation != nil) + "\n")
      }
      Terminal.out(RunTable.epoch(record) + "\n")
    case .ended(let ended):
      world.progress(nil)
      Terminal.out("  \(SweepTable.line(ended))\n")
      if case .faulty(let diagnostics, _) = ended.run.outcome {
        Shell.show(diagnostics, ended.sources)
      }
    }
  }

  func show(_ report: SweepReport, _ sources: [Source]) {
    showTables(report, sources)
    if let curve = TerminalCurve.text(report) { Terminal.out("\n" + curve) }
  }

  private func showTables(_ report: SweepReport, _ sources: [Source]) {
    guard report.isSingle else {
      world.progress(nil)
      return Terminal.out("\n" + SweepTable.text(report, width: Terminal.tableWidth))
    }
    let row = report.rows[0]
    switch row.runs[0].outcome {
    case .finished(let run): Terminal.out("\n" + RunTable.text(run, row.expectations))
    case .faulty(let diagnostics, let kind): show(.faulty(diagnostics, kind), sources)
    case .diverged(let divergence):
      if !row.divergesAsExpected { show(.diverged(divergence), sources) }
      if !row.expectations.isEmpty {
        Terminal.out("\n" + RunTable.expectations(row.expectations))
      }
    }
  }

  func show(_ failure: RunFailure, _ sources: [Source]) {
    world.progress(nil)
    switch failure {
    case .faulty(let diagnostics, _): Shell.show(diagnostics, sources)
    case .diverged(let divergence):
      Shell.show([.diverged(divergence)], sources)
    case .interrupted(let interruption):
      world.note(RunTable.interrupted(interruption))
    }
  }

  private func show(_ loaded: RunEvent.Loaded) {
    let sets = [(loaded.train, "train"), (loaded.validation, "validation"), (loaded.test, "test")]
    let counts = sets.filter { $0.0 > 0 }.map { "\(Format.grouped($0.0)) \($0.1)" }
    var parts = [counts.joined(separator: ", ")]
    if loaded.runs > 1 {
      let order = loaded.sideBySide == 1 ? "one by one" : "\(loaded.sideBySide) side by side"
      parts.append("\(loaded.runs) runs, \(order)")
    }
    parts.append(loaded.threads == 1 ? "1 thread" : "\(loaded.threads) threads")
    let line = "\(loaded.data): \(parts.joined(separator: "; "))"
    let fits = line.count <= Terminal.tableWidth
    Terminal.out((fits ? line : "\(loaded.data): \(parts.joined(separator: ";\n  "))") + "\n\n")
  }

  private func bar(_ progress: RunEvent.Progress) -> String {
    let rate = Format.grouped(Int(progress.samplesPerSecond))
    return "  epoch \(progress.epoch)/\(progress.epochs) \(bar(progress.share)) \(rate) samples/s, "
      + "\(RunTable.seconds(progress.secondsLeft)) left"
  }

  private func bar(_ queue: RunEvent.Queue) -> String {
    let left = queue.secondsLeft.map { ", \(RunTable.seconds($0)) left" } ?? ""
    return "  \(queue.done) of \(queue.runs) runs \(bar(queue.share))\(left)"
  }

  private func bar(_ share: Double) -> String {
    let width = 24
    let filled = Int((share * Double(width)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
  }
}

/// For programs: one object a line.
struct JSONView: RunView {
  func show(_ event: RunEvent) {
    switch event {
    case .epoch(let record): Terminal.out(RunJSON.epoch(record).line + "\n")
    case .resumed(let resumed): Terminal.out(RunJSON.resumed(resumed).line + "\n")
    case .stopped(let stopped): Terminal.out(RunJSON.stopped(stopped).line + "\n")
    case .ended(let ended): Terminal.out(SweepJSON.ended(ended).line + "\n")
    default: break
    }
  }

  func show(_ report: SweepReport, _ sources: [Source]) {
    guard report.isSingle else { return Terminal.out(SweepJSON.report(report).line + "\n") }
    let row = report.rows[0]
    switch row.runs[0].outcome {
    case .finished(let run): Terminal.out(RunJSON.result(run, row.expectations).line + "\n")
    case .faulty(let diagnostics, let kind): show(.faulty(diagnostics, kind), sources)
    case .diverged(let divergence):
      Terminal.out(RunJSON.diverged(divergence, row.expectations).line + "\n")
    }
  }

  func show(_ failure: RunFailure, _ sources: [Source]) {
    switch failure {
    case .faulty(let diagnostics, _):
      for diagnostic in diagnostics {
        Terminal.out(RunJSON.diagnostic(diagnostic, sources).line + "\n")
      }
    case .diverged(let divergence): Terminal.out(RunJSON.diverged(divergence).line + "\n")
    case .interrupted(let interruption):
      Terminal.out(RunJSON.interrupted(interruption).line + "\n")
    }
  }
}
