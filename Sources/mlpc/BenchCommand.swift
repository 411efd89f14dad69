import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let bench: Command = Command(
    name: "bench", usage: "bench FILE|FOLDER…",
    summary: "Times the training that specs describe, beside the machine's own peak.",
    options: [
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over each file's"),
      Arguments.Option(
        name: "--epochs", value: "N",
        help: "epochs to time; as many as fit into 3 seconds, and at least 3, if left out"),
      Shell.threads,
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: [
      "mlpc bench specs/bench", "mlpc bench specs/two_layer.mlp --epochs 5 --threads 1",
      "mlpc bench specs/bench --json",
    ]
  ) { (arguments: Arguments) in
    guard !arguments.files.isEmpty else {
      return Shell.usageError("bench needs a file or a folder", benchUsage)
    }
    guard let threads = Shell.threadCount(arguments) else {
      return Shell.usageError(Shell.threadsNeed, benchUsage)
    }
    var epochs: Int?
    if let text = arguments.all("--epochs").last {
      guard let count = Int(text), (1...1_000_000).contains(count) else {
        return Shell.usageError("'--epochs' needs a whole number from 1 to 1000000", benchUsage)
      }
      epochs = count
    }
    let settings = BenchSettings(
      threads: threads, epochs: epochs, peakMemory: { PeakMemory.bytes },
      forgetPeakMemory: { PeakMemory.forget() })
    return bench(arguments, settings)
  }

  private static let benchUsage = "bench FILE|FOLDER…"

  /// All specs, also those after one that fails; the gravest failure is the exit code.
  private static func bench(_ arguments: Arguments, _ settings: BenchSettings) -> ExitCode {
    var code = ExitCode.done
    var reports: [BenchReport] = []
    func fail(_ failure: ExitCode) { code = failure.rawValue > code.rawValue ? failure : code }
    for path in arguments.files {
      do throws(Problem) {
        for file in try SpecFolder.files(at: path) {
          fail(
            benchFile(file, arguments.all("--with"), settings) { report in
              if arguments.has("--json") {
                Terminal.out(BenchJSON.report(report).line + "\n")
              } else {
                reports.append(report)
              }
            })
        }
      } catch {
        Terminal.error("mlpc: \(error.message)\n")
        fail(ExitCode(error.kind))
      }
    }
    if !reports.isEmpty { Terminal.out(BenchTable.text(reports)) }
    return code
  }

  private static func benchFile(
    _ file: String, _ overlays: [String], _ settings: BenchSettings,
    _ report: (BenchReport) -> Void
  ) -> ExitCode {
    let session: Session
    switch Shell.session(file, overlays) {
    case .success(let found): session = found
    case .failure(let failure): return failure.code
    }
    if let warning = BuildCheck.here.warning { session.world.note("warning: \(warning)") }
    do throws(RunFailure) {
      try session.bench(settings, report: report)
      return .done
    } catch {
      TextView(world: session.world).show(error, session.sources)
      return ExitCode(error)
    }
  }
}
