import MLPLibrary
import MLPRun

extension Command {
  static let importing: Command = Command(
    name: "import", usage: "import SPEC WEIGHTS --to MODEL",
    summary: "Makes a model of a spec's network and weights of another program.",
    options: [
      Arguments.Option(name: "--to", value: "MODEL", help: "the file to write"),
      Arguments.Option(
        name: "--transpose", value: nil,
        help: "the weights lie as PyTorch has them: outputs first, pictures by channels"),
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over the spec's"),
    ],
    examples: [
      "mlpc import specs/two_layer.mlp weights.npz --to model.safetensors",
      "mlpc import specs/reports/cnn/cnn.mlp torch.safetensors --transpose --to model.safetensors",
    ],
    operands: .files
  ) { (arguments: Arguments) in
    let usage = "import SPEC WEIGHTS --to MODEL"
    guard arguments.files.count == 2 else {
      return Shell.usageError("import needs a spec and a file with weights", usage)
    }
    guard arguments.all("--to").count == 1, let path = arguments.all("--to").last, !path.isEmpty
    else { return Shell.usageError("import needs one '--to MODEL'", usage) }
    let session: Session
    switch Shell.session(arguments.files[0], arguments.all("--with")) {
    case .success(let found): session = found
    case .failure(let failure): return failure.code
    }
    return Shell.reporting { () throws(UseFailure) in
      try write(session, arguments.files[1], arguments.has("--transpose"), to: path)
    }
  }

  private static func write(
    _ session: Session, _ weights: String, _ transposes: Bool, to path: String
  ) throws(UseFailure) {
    let world = DiskWorld()
    let bytes: [UInt8]
    do throws(Problem) {
      bytes = try world.read(weights, limit: world.fileLimit, takesPipes: true)
    } catch { throw .model(error) }
    let model = try session.importing(bytes, name: weights, transposes: transposes)
    if !model.leftOut.isEmpty {
      let names = model.leftOut.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
      world.note("left out, being no weights: \(names)\(model.leftOut.count > 6 ? ", …" : "")")
    }
    do throws(Problem) { try world.writeAtomically(model.bytes, to: path) } catch {
      throw .model(error)
    }
    world.note(
      "wrote '\(path)', with \(model.count) numbers; its inputs are scaled '\(model.scale)'")
  }
}
