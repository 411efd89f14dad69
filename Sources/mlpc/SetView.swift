import MLPLibrary
import MLPRun
import MLPSyntax

/// How a run of several specs is shown: a line a spec, and the table of all at the end; or an object a spec.
struct SetView {
  let world: any World
  /// How many specs there are.
  let count: Int
  let writesJSON: Bool

  func show(_ event: RunEvent) {
    guard !writesJSON else { return }
    switch event {
    case .progress, .queue: TextView(world: world).show(event)
    default: break
    }
  }

  /// - Parameter number: the spec's, from 1.
  func show(_ result: SpecResult, as number: Int) {
    world.progress(nil)
    if writesJSON { return Terminal.out(SweepJSON.spec(result).line + "\n") }
    let width = String(count).count
    let padded = String(repeating: " ", count: width - String(number).count) + String(number)
    Terminal.out("  \(padded)/\(count)  \(VerdictTable.line(result))\n")
    switch result.outcome {
    case .faulty(let diagnostics, _): Shell.show(diagnostics, result.sources)
    case .unreadable: break
    case .ran(let report):
      for case .faulty(let diagnostics, _) in report.runs.map({ $0.outcome }) {
        Shell.show(diagnostics, result.sources)
      }
    }
  }

  func show(_ results: [SpecResult]) {
    world.progress(nil)
    if !writesJSON { Terminal.out("\n" + VerdictTable.text(results, width: Terminal.tableWidth)) }
  }
}
