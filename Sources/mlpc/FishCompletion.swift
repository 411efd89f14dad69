/// The completion of commands, options and files for fish.
enum FishCompletion {
  static func script(_ commands: [Command]) -> String {
    let heads = commands.map { command in
      "complete -c mlpc -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.summary))\n"
    }
    return """
      # mlpc completions fish: write it to ~/.config/fish/completions/mlpc.fish
      complete -c mlpc -f
      complete -c mlpc -n __fish_use_subcommand -l version -d 'Prints the version.'
      complete -c mlpc -l help -d 'Shows options and examples.'

      """ + heads.joined() + commands.map { rows(of: $0) }.joined()
  }

  private static func rows(of command: Command) -> String {
    // Only the first word: a command's name may also be a file's.
    let start = "complete -c mlpc -n 'contains -- \(command.name) (commandline -opc)[2]'"
    var rows = command.options.map { option in
      let row = "\(start) -l \(option.name.dropFirst(2)) -d \(quoted(option.help))"
      return option.value == nil ? row : row + " -x" + choices(option.completion)
    }
    let operands = choices(command.completion)
    if !operands.isEmpty { rows.append(start + operands) }
    return rows.map { $0 + "\n" }.joined()
  }

  /// As an option of `complete`.
  private static func choices(_ kind: ShellWords) -> String {
    switch kind {
    case .words(let words): " -a \(quoted(words.joined(separator: " ")))"
    case .files: " -a '(__fish_complete_path)'"
    case .folders: " -a '(__fish_complete_directories)'"
    case .specs: " -k -a '(__fish_complete_suffix .mlp | string match -r \".*(?:[.]mlp|/)\\$\")'"
    case .nothing: ""
    }
  }

  /// Within quotes fish knows `\'` and `\\`.
  private static func quoted(_ text: String) -> String {
    text.map { $0 == "\\" ? "\\\\" : String($0) }.joined().quoted(escape: "\\'")
  }
}
