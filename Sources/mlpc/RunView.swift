import MLPLibrary
import MLPRun
import MLPSyntax

/// How a run is shown.
protocol RunView {
  func show(_ event: RunEvent)
  func show(_ report: RunReport)
  func show(_ failure: RunFailure, _ sources: [Source])
}

/// For people: a line an epoch and tables; a bar with rate and time left on a terminal.
struct TextView: RunView {
  let world: any World

  func show(_ event: RunEvent) {
    switch event {
    case .loaded(let loaded): show(loaded)
    case .resumed(let resumed):
      Terminal.out(RunTable.resumed(resumed) + "\n\n")
      if resumed.isDone { break }
      Terminal.out(RunTable.epochHeader(validates: resumed.validates) + "\n")
    case .progress(let progress): world.progress(bar(progress))
    case .stopped(let stopped): Terminal.out("\n" + RunTable.stopped(stopped) + "\n")
    case .epoch(let record):
      world.progress(nil)
      if record.epoch == 1 {
        Terminal.out(RunTable.epochHeader(validates: record.validation != nil) + "\n")
      }
      Terminal.out(RunTable.epoch(record) + "\n")
    }
  }

  func show(_ report: RunReport) { Terminal.out("\n" + RunTable.text(report)) }

  func show(_ failure: RunFailure, _ sources: [Source]) {
    world.progress(nil)
    switch failure {
    case .faulty(let diagnostics, _): Shell.show(diagnostics, sources)
    case .diverged(let divergence):
      Shell.show([.diverged(divergence)], sources)
    case .interrupted(let interruption):
      let kept = interruption.checkpoint.map { "kept in '\($0)'" } ?? "but could not be kept"
      world.note(
        "stopped after step \(Format.grouped(interruption.steps)), in epoch "
          + "\(interruption.epochs + 1), \(kept)")
    }
  }

  private func show(_ loaded: RunEvent.Loaded) {
    let sets = [(loaded.train, "train"), (loaded.validation, "validation"), (loaded.test, "test")]
    let counts = sets.filter { $0.0 > 0 }.map { "\(Format.grouped($0.0)) \($0.1)" }
    let threads = loaded.threads == 1 ? "1 thread" : "\(loaded.threads) threads"
    Terminal.out("\(loaded.data): \(counts.joined(separator: ", ")); \(threads)\n\n")
  }

  private func bar(_ progress: RunEvent.Progress) -> String {
    let width = 24
    let filled = Int((progress.share * Double(width)).rounded(.down))
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    let rate = Format.grouped(Int(progress.samplesPerSecond))
    return "  epoch \(progress.epoch)/\(progress.epochs) \(bar) \(rate) samples/s, "
      + "\(RunTable.seconds(progress.secondsLeft)) left"
  }
}

/// For programs: one object a line.
struct JSONView: RunView {
  func show(_ event: RunEvent) {
    switch event {
    case .epoch(let record): Terminal.out(RunJSON.epoch(record).line + "\n")
    case .resumed(let resumed): Terminal.out(RunJSON.resumed(resumed).line + "\n")
    case .stopped(let stopped): Terminal.out(RunJSON.stopped(stopped).line + "\n")
    case .loaded, .progress: break
    }
  }

  func show(_ report: RunReport) { Terminal.out(RunJSON.result(report).line + "\n") }

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
