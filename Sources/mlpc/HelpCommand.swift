import MLPRun

extension Command {
  static let help: Command = Command(
    name: "help", usage: "help [COMMAND]",
    summary: "Shows the commands, or a command's options and examples.",
    options: [],
    examples: ["mlpc help", "mlpc help fmt"],
    operands: .nothing
  ) { (arguments: Arguments) in
    showHelp(arguments.files)
  }

  static func showHelp(_ names: [String]) -> ExitCode {
    guard let name = names.first else {
      Terminal.out(overview)
      return .done
    }
    guard names.count == 1 else {
      return Shell.usageError("help takes one command", help.usage)
    }
    guard let command = all.first(where: { $0.name == name }) else { return unknown(name) }
    Terminal.out(command.helpText)
    return .done
  }

  /// What the program takes with two hyphens.
  private static let version = "version"

  static func unknown(_ name: String) -> ExitCode {
    let isShort = name == "-v" || name == "-V"
    let nearest =
      isShort ? version : Spelling.nearest(to: name, among: all.map { $0.name } + [version])
    let mend = nearest.map { "; did you mean '\($0 == version ? "--" : "")\($0)'?" } ?? ""
    Terminal.error(
      "mlpc: there is no command '\(name)'\(mend)\n'mlpc help' lists the commands\n")
    return .usage
  }
}
