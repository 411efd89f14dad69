import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let replay: Command = Command(
    name: "replay", usage: "replay RUN…",
    summary: "Does a run again from its record, and proves that it ends with the same weights.",
    options: [
      Shell.threads,
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: ["mlpc replay runs/two_layer"],
    operands: .folders
  ) { (arguments: Arguments) in
    guard !arguments.files.isEmpty else {
      return Shell.usageError("replay needs a run's folder", "replay RUN…")
    }
    guard let threads = Shell.threadCount(arguments) else {
      return Shell.usageError(Shell.threadsNeed, "replay RUN…")
    }
    return arguments.files.map { replay($0, threads, writesJSON: arguments.has("--json")) }
      .max { $0.rawValue < $1.rawValue } ?? .done
  }

  /// All specs of a record.
  private static func replay(_ folder: String, _ threads: Int, writesJSON: Bool) -> ExitCode {
    let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let names = DiskWorld().names(in: folder).filter {
      $0.hasPrefix("spec") && $0.hasSuffix(".mlp")
    }
    guard !names.isEmpty else {
      Terminal.error("mlpc: there is no record of a run in '\(folder)' ('spec.mlp' is missing)\n")
      return .missing
    }
    return names.map { replay(folder, $0, threads, writesJSON) }
      .max { $0.rawValue < $1.rawValue } ?? .done
  }

  private static func replay(
    _ folder: String, _ name: String, _ threads: Int, _ writesJSON: Bool
  ) -> ExitCode {
    let session: Session
    switch Shell.session("\(folder)/\(name)", []) {
    case .success(let found): session = found
    case .failure(let failure): return failure.code
    }
    let view = TextView(world: session.world)
    do throws(ReplayFailure) {
      let replays = try session.replay(
        in: folder, suffix: String(name.dropFirst(4).dropLast(4)), threads: threads
      ) { event in
        if case .progress = event, !writesJSON { view.show(event) }
      }
      session.world.progress(nil)
      for replay in replays { Terminal.out(writesJSON ? replay.json.line + "\n" : replay.text) }
      return replays.allSatisfy { $0.isSame } ? .done : .missed
    } catch {
      switch error {
      case .run(let failure):
        view.show(failure, session.sources)
        return ExitCode(failure)
      case .model(let problem):
        session.world.note(problem.message)
        return ExitCode(problem.kind)
      }
    }
  }
}
