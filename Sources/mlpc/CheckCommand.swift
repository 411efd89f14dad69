import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let check: Command = Command(
    name: "check", usage: "check FILE…",
    summary: "Says everything that is wrong with a spec, or shows the network that it describes.",
    options: [
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over the file's"),
      Shell.deny,
      Arguments.Option(
        name: "--all", value: nil, help: "show each layer of a network that has very many"),
    ],
    examples: ["mlpc check specs/two_layer.mlp", "mlpc check specs/*.mlp"]
  ) { (arguments: Arguments) in
    guard !arguments.files.isEmpty else {
      return Shell.usageError("check needs a file", "check FILE…")
    }
    guard let denies = Shell.deniesWarnings(arguments) else {
      return Shell.usageError("'--deny' takes 'warnings'", "check FILE…")
    }
    return arguments.files.map { checkFile($0, arguments, denies) }
      .max { $0.rawValue < $1.rawValue } ?? .done
  }

  /// So many layers of a network are shown where '--all' isn't given.
  private static let shownLayers = 200

  private static func checkFile(
    _ file: String, _ arguments: Arguments, _ denies: Bool
  ) -> ExitCode {
    switch Shell.session(file, arguments.all("--with")) {
    case .success(let session):
      check(session, file, arguments.has("--all") ? .max : shownLayers, denies)
    case .failure(let failure): failure.code
    }
  }

  /// - Parameter rows: how many layers of a network are shown.
  private static func check(
    _ session: Session, _ file: String, _ rows: Int, _ denies: Bool
  ) -> ExitCode {
    let (checked, diagnostics) = session.check()
    Shell.show(diagnostics, session.sources)
    guard let experiments = checked?.experiments, !denies || diagnostics.isEmpty else {
      return .faulty
    }
    for experiment in experiments {
      Terminal.out(title(file, experiment) + CheckTable.text(experiment, rows: rows) + "\n")
    }
    return .done
  }

  private static func title(_ file: String, _ experiment: Experiment) -> String {
    let choices = experiment.choices.map { $0.text }.joined(separator: ", ")
    return "\(file): ok" + (choices.isEmpty ? "" : " with \(choices)") + "\n\n"
  }
}
