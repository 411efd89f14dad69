import MLPRun

extension Command {
  static let completions: Command = Command(
    name: "completions", usage: "completions bash|zsh|fish",
    summary: "Prints a script that teaches a shell to complete commands, options and files.",
    options: [],
    examples: [
      "source <(mlpc completions bash)", "mlpc completions zsh > ~/.zfunc/_mlpc",
      "mlpc completions fish > ~/.config/fish/completions/mlpc.fish",
    ],
    operands: .words(["bash", "zsh", "fish"])
  ) { (arguments: Arguments) in
    let usage = "completions bash|zsh|fish"
    guard arguments.files.count == 1 else {
      return Shell.usageError("completions needs one shell", usage)
    }
    switch arguments.files[0] {
    case "bash": Terminal.out(BashCompletion.script(all))
    case "zsh": Terminal.out(ZshCompletion.script(all))
    case "fish": Terminal.out(FishCompletion.script(all))
    case let other:
      return Shell.usageError("there are completions for bash, zsh and fish, not '\(other)'", usage)
    }
    return .done
  }

  /// What a shell offers behind the command's name.
  var completion: ShellWords {
    name == "help" ? .words(Self.all.map { $0.name }) : operands
  }
}

extension Arguments.Option {
  /// What a shell offers for the option's value.
  var completion: ShellWords {
    if !choices.isEmpty { return .words(choices) }
    return switch value {
    case "FOLDER": .folders
    case "FILE", "MODEL": .files
    default: .nothing
    }
  }
}

/// What a shell offers at a place.
enum ShellWords: Equatable, Sendable {
  /// Specs, and folders of them.
  case specs
  case files
  case folders
  case words([String])
  case nothing
}

extension String {
  /// In single quotes, as shells read it.
  func quoted(escape: String = "'\\''") -> String {
    "'" + map { $0 == "'" ? escape : String($0) }.joined() + "'"
  }
}
