/// The metrics of each epoch as a table: a row an epoch, run after run.
package enum MetricsCSV {
  /// RFC 4180, with `\n` at the line ends. A number that isn't there, or isn't finite, is empty.
  package static func text(_ report: SweepReport) -> String {
    var lines = [head(report)]
    for row in report.rows {
      for run in row.runs {
        let first = (row.cells.map { quoted($0) } + ["\(run.seed)"]).joined(separator: ",")
        lines += run.epochs.map { "\(first),\(text($0))" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func head(_ report: SweepReport) -> String {
    let columns = [
      "seed", "epoch", "step", "train_loss", "train_accuracy", "validation_loss",
      "validation_accuracy", "rate", "seconds",
    ]
    return (report.axes.map { quoted($0.name) } + columns).joined(separator: ",")
  }

  private static func text(_ record: EpochRecord) -> String {
    [
      "\(record.epoch)", "\(record.step)", number(record.train.loss),
      number(record.train.accuracy), number(record.validation?.loss),
      number(record.validation?.accuracy), number(record.rate), number(record.seconds),
    ].joined(separator: ",")
  }

  private static func number(_ x: Double?) -> String {
    guard let x, x.isFinite else { return "" }
    return "\(x)"
  }

  static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { "\",\n".contains($0) }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
