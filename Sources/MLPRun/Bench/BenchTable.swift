import MLPLibrary

/// What `mlpc bench` shows to people.
package enum BenchTable {
  /// A line an experiment, and what the columns mean.
  ///
  /// - Parameter reports: at least one.
  package static func text(_ reports: [BenchReport]) -> String {
    var table = TextTable([.left, .left] + Array(repeating: .right, count: 9) + [.left])
    table.add(
      "spec", "data", "threads", "epochs", "s/epoch", "samples/s", "GFLOP/s", "peak", "share",
      "load", "memory", "weights")
    for report in reports { table.add(row(report)) }
    return table.text + "\n" + legend
  }

  private static let legend = """
      s/epoch is the median of the epochs timed. GFLOP/s counts the dense network's multiply-adds
      twice, also those that zeros of the input spare: a share of the peak above 100 % is possible.
      The peak is this machine's, measured in this run on as many threads. The weights are those
      after the first epoch.

    """

  private static func row(_ report: BenchReport) -> [String] {
    [
      ([report.spec] + report.choices).joined(separator: ", "),
      report.usedFallback ? "\(report.data), NOT \(report.dataNamed)" : report.data,
      String(report.threads), String(report.epochSeconds.count), seconds(report.secondsPerEpoch),
      rate(report.samplesPerSecond), tenths(report.operationsPerSecond / 1e9),
      tenths(report.peak / 1e9), Format.fixed(report.shareOfPeak * 100, 0) + " %",
      RunTable.seconds(report.loadSeconds), report.peakMemory.map { Format.bytes($0) } ?? "",
      report.weightsHash,
    ]
  }

  /// Three digits that count: `0.0516`, `4.06`, `12.3`.
  private static func seconds(_ seconds: Double) -> String {
    Format.fixed(seconds, seconds < 0.995 ? 4 : seconds < 9.95 ? 2 : 1)
  }

  private static func rate(_ rate: Double) -> String {
    rate < 1e15 ? Format.grouped(Int(rate.rounded())) : "inf"
  }

  private static func tenths(_ x: Double) -> String { Format.fixed(x, x < 99.95 ? 1 : 0) }
}
