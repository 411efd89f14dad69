import MLPRun

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The curve that a run ends with where a person looks on.
enum TerminalCurve {
  private static let mostColumns = 78
  private static let rows = 10

  /// nil where stdout is no terminal, or no training has two epochs.
  static func text(_ report: SweepReport) -> String? {
    guard Terminal.isTerminal(STDOUT_FILENO), report.runs.contains(where: { $0.epochs.count > 1 })
    else { return nil }
    let width = min(Terminal.columns(STDOUT_FILENO), mostColumns)
    return TerminalPlot(
      report.curves.loss, width: width, height: rows,
      isColoured: Terminal.takesColour(STDOUT_FILENO)
    ).text
  }
}
