import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let run: Command = Command(
    name: "run", usage: "run FILE",
    summary: "Trains the network of a spec, measures it, and compares it with what is expected.",
    options: [
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over the file's"),
      Arguments.Option(
        name: "--threads", value: "N", help: "threads to use; all cores if left out"),
      Shell.deny,
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: [
      "mlpc run specs/two_layer.mlp",
      "mlpc run specs/two_layer.mlp --with 'train epochs 3' --with 'solver lr 0.01'",
      "mlpc run specs/two_layer.mlp --json --threads 1",
    ]
  ) { (arguments: Arguments) in
    guard arguments.files.count == 1 else {
      return Shell.usageError("run needs one file", "run FILE")
    }
    guard let threads = threads(arguments) else {
      return Shell.usageError("'--threads' needs a whole number from 1 to 256", "run FILE")
    }
    guard let denies = Shell.deniesWarnings(arguments) else {
      return Shell.usageError("'--deny' takes 'warnings'", "run FILE")
    }
    switch Shell.session(arguments.files[0], arguments.all("--with")) {
    case .success(let session):
      let warnings = session.warnings
      Shell.show(warnings, session.sources)
      if denies, !warnings.isEmpty { return .faulty }
      return train(session, threads, writesJSON: arguments.has("--json"))
    case .failure(let failure): return failure.code
    }
  }

  /// The threads to use; nil where what was asked for is no number of threads.
  static func threads(_ arguments: Arguments) -> Int? {
    guard let text = arguments.all("--threads").last else { return Terminal.cores }
    return Int(text).flatMap { (1...256).contains($0) ? $0 : nil }
  }

  private static func train(_ session: Session, _ threads: Int, writesJSON: Bool) -> ExitCode {
    if let warning = BuildCheck.here.warning { session.world.note("warning: \(warning)") }
    let view: any RunView = writesJSON ? JSONView() : TextView(world: session.world)
    do throws(RunFailure) {
      let report = try session.run(threads: threads) { view.show($0) }
      view.show(report)
      return report.isAsExpected ? .done : .missed
    } catch {
      view.show(error, session.sources)
      return ExitCode(error)
    }
  }
}
