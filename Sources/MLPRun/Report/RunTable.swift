import MLPLibrary

/// A run's results as text.
package enum RunTable {
  /// The head of the table of epochs that `epoch` continues.
  package static func epochHeader(validates: Bool) -> String {
    "  epoch  train loss  accuracy" + (validates ? "  validation loss  accuracy" : "") + "     time"
  }

  /// Where a run goes on.
  package static func resumed(_ resumed: RunEvent.Resumed) -> String {
    resumed.isDone
      ? "all epochs are done, and measured again from \(resumed.checkpoint)"
      : "goes on after step \(Format.grouped(resumed.steps)), in epoch \(resumed.epochs + 1), from "
        + resumed.checkpoint
  }

  /// What became of a run that was stopped.
  package static func interrupted(_ interruption: RunFailure.Interruption) -> String {
    let kept = interruption.checkpoint.map { "kept in '\($0)'" } ?? "and not kept"
    if interruption.runs > 1 {
      let done = "stopped with \(interruption.done) of \(interruption.runs) trainings done"
      guard interruption.hasBegun else { return done }
      return done + (interruption.checkpoint == nil ? "; nothing is kept" : "; everything is kept")
    }
    return "stopped after step \(Format.grouped(interruption.steps)), in epoch "
      + "\(interruption.epochs + 1), \(kept)"
  }

  /// Why a training ended before its last epoch.
  package static func stopped(_ stopped: RunEvent.Stopped) -> String {
    let best = stopped.best.map { "; the best was epoch \($0)" } ?? ""
    return "stopped after epoch \(stopped.epoch): no gain in \(stopped.rule.measure.text) for "
      + "\(counted(stopped.rule.patience, "epoch"))\(best)"
  }

  /// `1 epoch`, `2 000 steps`.
  package static func counted(_ n: Int, _ thing: String) -> String {
    "\(Format.grouped(n)) \(thing)\(n == 1 ? "" : "s")"
  }

  /// One line an epoch.
  package static func epoch(_ record: EpochRecord) -> String {
    var line = "  " + left(String(record.epoch), 5)
    line +=
      left(loss(record.train.loss), 12)
      + left(Format.fixed(record.train.accuracy, 4), 10)
    if let validation = record.validation {
      line += left(loss(validation.loss), 17)
      line += left(Format.fixed(validation.accuracy, 4), 10)
    }
    return line + left(seconds(record.seconds), 9)
  }

  /// The table at the end: scores, expectations, and what identifies the run.
  package static func text(_ report: RunReport, _ expectations: [ExpectationResult]) -> String {
    var parts = [scores(report)]
    if !expectations.isEmpty { parts.append(self.expectations(expectations)) }
    parts.append(facts(report))
    return parts.joined(separator: "\n")
  }

  private static func scores(_ report: RunReport) -> String {
    var table = TextTable([.left, .right, .right])
    table.add("", "loss", "accuracy")
    for (name, score) in [
      ("train", report.train), ("validation", report.validation), ("test", report.test),
    ] {
      guard let score else { continue }
      table.add(name, loss(score.loss), Format.fixed(score.accuracy, 4))
    }
    return table.text
  }

  /// What was expected beside what was reached.
  package static func expectations(_ results: [ExpectationResult]) -> String {
    var table = TextTable([.left, .right, .right, .right, .left])
    table.add("expect", "reported", "expected", "reached", "")
    for result in results {
      table.add([
        result.claim, result.reported, result.expected, result.found, result.verdict.rawValue,
      ])
    }
    return table.withoutEmpty(1).text
  }

  private static func facts(_ report: RunReport) -> String {
    var table = TextTable([.left, .left])
    table.add("data", data(report))
    table.add("seed", String(report.seed))
    if report.keptEpoch < report.epochs.count {
      table.add("kept", "epoch \(report.keptEpoch), the best")
    }
    table.add("weights", report.weightsHash)
    let times = report.seconds
    table.add(
      "time",
      "load \(seconds(times.load)), train \(seconds(times.train)), "
        + "evaluate \(seconds(times.evaluate))")
    table.add("rate", "\(Format.grouped(Int(report.samplesPerSecond))) samples/s")
    return table.text
  }

  /// Where the samples really came from.
  static func data(_ report: RunReport) -> String {
    report.usedFallback
      ? "\(report.data), NOT \(report.dataNamed), which can't be had" : report.data
  }

  /// `0.8094`; a loss that ran away as `1.35e+16`.
  static func loss(_ value: Double) -> String {
    guard value.isFinite, abs(value) >= 1e6 else { return Format.fixed(value, 4) }
    var (rest, exponent) = (value, 0)
    while abs(rest) >= 9.995 { (rest, exponent) = (rest / 10, exponent + 1) }
    return Format.fixed(rest, 2) + "e+\(exponent)"
  }

  /// `0.52 s`, `12.3 s`, `3:20 min`.
  package static func seconds(_ seconds: Double) -> String {
    if seconds < 9.995 { return Format.fixed(seconds, 2) + " s" }
    if seconds < 99.95 { return Format.fixed(seconds, 1) + " s" }
    let whole = Int(seconds.rounded())
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest) min"
  }

  private static func left(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
