/// The completion of commands, options and files for fish.
enum FishCompletion {
  static func script(_ commands: [Command]) -> String {
    let heads = commands.map { command in
      "complete -c mlpc -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.summary))\n"
    }
    return """
      # mlpc completions fish: write it to ~/.config/fish/completions/mlpc.fish
      complete -c mlpc -f

      """ + heads.joined() + commands.map { rows(of: $0) }.joined()
  }

  private static func rows(of command: Command) -> String {
    let start = "complete -c mlpc -n '__fish_seen_subcommand_from \(command.name)'"
    var rows = command.options.map { option in
      let name = "-l \(option.name.dropFirst(2))"
      var row = "\(start) \(name) -d \(quoted(option.help))"
      if option.value != nil { row += " -x" }
      if !option.choices.isEmpty { row += " -a \(quoted(option.choices.joined(separator: " ")))" }
      return row
    }
    if let words = command.operandWords {
      rows.append("\(start) -a \(quoted(words.joined(separator: " ")))")
    } else if command.takesOnlySpecs {
      rows.append("\(start) -k -a '(__fish_complete_suffix .mlp)'")
    } else {
      rows.append("\(start) -F")
    }
    return rows.map { $0 + "\n" }.joined()
  }

  /// Within quotes fish knows `\'` and `\\`.
  private static func quoted(_ text: String) -> String {
    text.map { $0 == "\\" ? "\\\\" : String($0) }.joined().quoted(escape: "\\'")
  }
}
