import MLPLibrary
import MLPRun

extension Command {
  static let predict: Command = Command(
    name: "predict", usage: "predict MODEL FILE…",
    summary: "Says which classes a saved model sees in pictures or rows of numbers.",
    options: [
      Arguments.Option(
        name: "--ignore", value: "COLUMN",
        help: "leave a column of a table out, named or counted from 1: that of the labels"),
      Arguments.Option(
        name: "--invert", value: nil, help: "exchange light and dark of pictures"),
      Shell.threads,
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: [
      "mlpc predict runs/two_layer/model.safetensors seven.png --invert",
      "mlpc predict runs/idx/model.safetensors specs/data/digits-test-images.idx.gz",
      "mlpc predict runs/csv/model.safetensors specs/data/leaves.csv --ignore tree --json",
      "echo 5.2,3.1,1.4,7 | mlpc predict runs/csv/model.safetensors -",
    ],
    operands: .files
  ) { (arguments: Arguments) in
    guard let model = arguments.files.first, arguments.files.count > 1 else {
      return Shell.usageError("predict needs a model and at least one file", predictUsage)
    }
    guard let threads = Shell.threadCount(arguments) else {
      return Shell.usageError(Shell.threadsNeed, predictUsage)
    }
    let files = Array(arguments.files.dropFirst())
    guard files.filter({ $0 == "-" }).count <= 1 else {
      return Shell.usageError("stdin can be read once", predictUsage)
    }
    var code = ExitCode.done
    let used = Shell.using(model) { (model, world) throws(UseFailure) in
      if !arguments.has("--json") {
        Terminal.out(Answers.header(classes: model.file.facts.classes))
      }
      for file in files {
        do throws(Problem) {
          let answers = try predict(file, model, arguments, threads, world)
          Terminal.out(arguments.has("--json") ? answers.json : answers.csv)
        } catch { code = code.or(Shell.fail(error)) }
      }
    }
    return code.or(used)
  }

  private static let predictUsage = "predict MODEL FILE…"

  private static func predict(
    _ file: String, _ model: SavedModel, _ arguments: Arguments, _ threads: Int, _ world: DiskWorld
  ) throws(Problem) -> Answers {
    let limit = world.fileLimit
    let bytes =
      file == "-"
      ? try StandardInput.read(limit: limit)
      : try DiskWorld().read(file, limit: limit, takesPipes: true)
    guard bytes.count <= limit else {
      throw Problem(.data, "stdin holds more than \(limit) bytes, the limit here")
    }
    let options = PredictionInput.Options(
      ignoredColumn: arguments.all("--ignore").last, inverts: arguments.has("--invert"))
    let input = try PredictionInput(
      bytes, name: file == "-" ? "<stdin>" : file, for: model, options, limit: limit)
    for note in input.notes { world.note(note) }
    return model.answers(for: input, threads: threads)
  }
}
