import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let check: Command = Command(
    name: "check", usage: "check FILE…",
    summary: "Says everything that is wrong with a spec, or shows the network that it describes.",
    options: [
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over the file's")
    ],
    examples: ["mlpc check specs/two_layer.mlp", "mlpc check specs/*.mlp"]
  ) { (arguments: Arguments) in
    guard !arguments.files.isEmpty else {
      return Shell.usageError("check needs a file", "check FILE…")
    }
    return arguments.files.map { checkFile($0, arguments.all("--with")) }
      .max { $0.rawValue < $1.rawValue } ?? .done
  }

  private static func checkFile(_ file: String, _ overlays: [String]) -> ExitCode {
    switch Shell.session(file, overlays) {
    case .success(let session): check(session, file)
    case .failure(let failure): failure.code
    }
  }

  private static func check(_ session: Session, _ file: String) -> ExitCode {
    let (checked, diagnostics) = session.check()
    Shell.show(diagnostics, session.sources)
    guard let experiments = checked?.experiments else { return .faulty }
    for experiment in experiments { Terminal.out(title(file, experiment) + table(experiment)) }
    return .done
  }

  private static func title(_ file: String, _ experiment: Experiment) -> String {
    let choices = experiment.choices.map { $0.text }.joined(separator: ", ")
    return "\(file): ok" + (choices.isEmpty ? "" : " with \(choices)") + "\n\n"
  }

  private static func table(_ experiment: Experiment) -> String {
    CheckTable.text(experiment) + "\n"
  }
}
