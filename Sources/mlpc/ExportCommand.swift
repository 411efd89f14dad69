import MLPLibrary
import MLPRun

extension Command {
  static let export: Command = Command(
    name: "export", usage: "export MODEL --to FILE",
    summary: "Writes a saved model for other programs: .safetensors, .npz, .onnx or .py.",
    options: [
      Arguments.Option(
        name: "--to", value: "FILE", help: "the file to write; its ending says the format")
    ],
    examples: [
      "mlpc export runs/two_layer/model.safetensors --to two_layer.onnx",
      "mlpc export runs/two_layer/model.safetensors --to two_layer.py",
    ],
    operands: .files
  ) { (arguments: Arguments) in
    let usage = "export MODEL --to FILE"
    guard arguments.files.count == 1 else {
      return Shell.usageError("export needs one model", usage)
    }
    guard arguments.all("--to").count == 1, let path = arguments.all("--to").last, !path.isEmpty
    else { return Shell.usageError("export needs one '--to FILE'", usage) }
    do throws(Problem) { _ = try ExportFormat(path: path) } catch {
      return Shell.usageError(error.message, usage)
    }
    return Shell.using(arguments.files[0]) { (model, world) throws(UseFailure) in
      do throws(Problem) {
        // The program last: it is there only when its weights are.
        for file in try model.exported(to: path).reversed() {
          try world.writeAtomically(file.bytes, to: file.path)
          world.note("wrote '\(file.path)'")
        }
      } catch { throw .model(error) }
    }
  }
}
