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
      Arguments.Option(
        name: "--out", value: "FOLDER", help: "where the run's files go; runs/SPEC if left out"),
      Arguments.Option(
        name: "--resume", value: nil, help: "go on where a run that was stopped or killed came to"),
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: [
      "mlpc run specs/two_layer.mlp", "mlpc run specs/two_layer.mlp --resume",
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
    switch Shell.session(arguments.files[0], arguments.all("--with")) {
    case .success(let session):
      return train(session, threads, arguments)
    case .failure(let failure): return failure.code
    }
  }

  /// The threads to use; nil where what was asked for is no number of threads.
  static func threads(_ arguments: Arguments) -> Int? {
    guard let text = arguments.all("--threads").last else { return Terminal.cores }
    return Int(text).flatMap { (1...256).contains($0) ? $0 : nil }
  }

  private static func train(
    _ session: Session, _ threads: Int, _ arguments: Arguments
  ) -> ExitCode {
    if let warning = BuildCheck.here.warning { session.world.note("warning: \(warning)") }
    let view: any RunView =
      arguments.has("--json") ? JSONView() : TextView(world: session.world)
    let keeping: Keeping
    do throws(Problem) {
      keeping = try Keeping(
        folder(arguments), resumes: arguments.has("--resume"), in: session.world)
    } catch {
      session.world.note(error.message + (error.help.map { "; \($0)" } ?? ""))
      return ExitCode(error.kind)
    }
    do throws(RunFailure) {
      let report = try session.run(threads: threads, keeping: keeping) { event in
        // Only now: loading may be ended at once.
        if case .loaded = event { Signals.catchStops() }
        view.show(event)
      }
      view.show(report)
      if let problem = report.kept?.problem {
        session.world.note("nothing could be kept: \(problem.message)")
        return .io
      }
      return report.isAsExpected ? .done : .missed
    } catch {
      view.show(error, session.sources)
      if case .interrupted = error {
        session.world.note("go on with: \(ResumeCommand.text(arguments.words))")
      }
      return ExitCode(error)
    }
  }

  private static func folder(_ arguments: Arguments) -> String {
    if let folder = arguments.all("--out").last { return folder }
    let name = arguments.files[0].split(separator: "/").last.map { String($0) } ?? "spec"
    return "runs/" + (name.hasSuffix(".mlp") ? String(name.dropLast(4)) : name)
  }
}
