/// The completion of commands, options and files for zsh, as a function file or to be sourced.
enum ZshCompletion {
  static func script(_ commands: [Command]) -> String {
    let names = commands.map { command in
      "    \((escaped(command.name) + ":" + command.summary).quoted())\n"
    }.joined()
    return """
      #compdef mlpc
      # mlpc completions zsh: as `_mlpc` in a folder of $fpath, or `source <(mlpc completions zsh)`.
      _mlpc() {
        local -a commands
        commands=(
      \(names)  )
        if (( CURRENT == 2 )); then
          _describe command commands
          return
        fi
        local command=$words[2]
        shift words
        (( CURRENT-- ))
        case $command in
      \(commands.map { row(of: $0) }.joined())  esac
      }
      if [ "$funcstack[1]" = _mlpc ]; then
        _mlpc "$@"
      else
        compdef _mlpc mlpc
      fi

      """
  }

  private static func row(of command: Command) -> String {
    let arguments = command.options.map { argument($0) } + [operands(of: command)]
    return "    \(command.name))\n      _arguments \\\n"
      + arguments.map { "        \($0.quoted())" }.joined(separator: " \\\n") + " ;;\n"
  }

  /// An option with a value may be given again; a switch need not.
  private static func argument(_ option: Arguments.Option) -> String {
    guard let value = option.value else { return "\(option.name)[\(escaped(option.help))]" }
    let choices = option.choices.isEmpty ? "" : "(\(option.choices.joined(separator: " ")))"
    let name = escaped(value.filter { $0 != "'" })
    return "*\(option.name)=[\(escaped(option.help))]:\(name):\(choices)"
  }

  private static func operands(of command: Command) -> String {
    if let words = command.operandWords { return "1:word:(\(words.joined(separator: " ")))" }
    return command.takesOnlySpecs ? "*:spec:_files -g \"*.mlp\"" : "*:file:_files"
  }

  /// Brackets and colons mean something to zsh.
  private static func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
