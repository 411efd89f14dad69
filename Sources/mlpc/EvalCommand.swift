import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let eval: Command = Command(
    name: "eval", usage: "eval MODEL…",
    summary: "Measures saved models, on the data of their own specs or on others.",
    options: [
      Arguments.Option(
        name: "--data", value: "'STATEMENT'",
        help: "a 'data' statement to measure on; its paths begin at the current folder"),
      Arguments.Option(
        name: "--set", value: "SET",
        help: "train, validation or test; the last of them that there is if left out",
        choices: MeasuredSet.allCases.map { $0.rawValue }),
      Shell.threads,
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: [
      "mlpc eval runs/two_layer/model.safetensors",
      "mlpc eval runs/two_layer/model.safetensors --set validation",
      "mlpc eval runs/two_layer/model.safetensors --data 'data digits count 100 test 1000'",
    ],
    operands: .files
  ) { (arguments: Arguments) in
    guard !arguments.files.isEmpty else { return Shell.usageError("eval needs a model", evalUsage) }
    guard let threads = Shell.threadCount(arguments) else {
      return Shell.usageError(Shell.threadsNeed, evalUsage)
    }
    var set: MeasuredSet?
    if let word = arguments.all("--set").last {
      set = MeasuredSet(rawValue: word)
      guard set != nil else {
        return Shell.usageError("'--set' is train, validation or test, not '\(word)'", evalUsage)
      }
    }
    guard arguments.all("--data").count <= 1 else {
      return Shell.usageError("'--data' can be given once", evalUsage)
    }
    let data = arguments.all("--data").last.map { Source(name: "--data", text: $0) }
    let codes = arguments.files.map { path in
      Shell.using(path) { (model, world) throws(UseFailure) in
        let evaluation = try model.evaluate(
          data: data, set: set, threads: threads, in: data == nil ? world : DiskWorld())
        Terminal.out(arguments.has("--json") ? evaluation.json.line + "\n" : evaluation.text)
      }
    }
    return codes.reduce(.done) { $0.or($1) }
  }

  private static let evalUsage = "eval MODEL…"
}

extension Shell {
  /// Reads a model and does something with it; says what fails.
  ///
  /// - Parameter body: gets the model and a world in which relative paths begin where its spec lay.
  static func using(
    _ path: String, _ body: (SavedModel, DiskWorld) throws(UseFailure) -> Void
  ) -> ExitCode {
    reporting { () throws(UseFailure) in
      let model: SavedModel
      do throws(Problem) { model = try SavedModel(path, in: DiskWorld()) } catch {
        throw .model(error)
      }
      try body(model, DiskWorld(spec: model.file.provenance.file))
    }
  }

  /// Does something, and says what fails.
  static func reporting(_ body: () throws(UseFailure) -> Void) -> ExitCode {
    do throws(UseFailure) {
      try body()
      return .done
    } catch {
      switch error {
      case .run(let failure, let sources):
        TextView(world: DiskWorld()).show(failure, sources)
        return ExitCode(failure)
      case .model(let problem): return fail(problem)
      }
    }
  }

  /// Says a problem with what helps.
  static func fail(_ problem: Problem) -> ExitCode {
    DiskWorld().note(problem.message + (problem.help.map { "; \($0)" } ?? ""))
    return ExitCode(problem.kind)
  }
}
