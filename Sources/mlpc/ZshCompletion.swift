/// The completion of commands, options and files for zsh, as a function file or to be sourced.
enum ZshCompletion {
  static func script(_ commands: [Command]) -> String {
    let names = commands.map { command in
      "    \((escaped(command.name) + ":" + command.summary).quoted())\n"
    }.joined()
    return """
      #compdef mlpc
      # mlpc completions zsh: as `_mlpc` in a folder of $fpath, or `source <(mlpc completions zsh)`.
      _mlpc_specs() {
        local found=1
        _path_files "$@" -g '*.mlp' && found=0
        _path_files "$@" -/ && found=0
        return found
      }
      _mlpc() {
        local -a commands options
        commands=(
      \(names)  )
        options=('--help:Shows the commands.' '--version:Prints the version.')
        if (( CURRENT == 2 )); then
          if [[ $PREFIX == -* ]]; then
            _describe -o option options
          else
            _describe command commands
          fi
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
    let help = "--help[shows options and examples]"
    let arguments = command.options.map { argument($0) } + [help] + operands(of: command)
    return "    \(command.name))\n      _arguments \\\n"
      + arguments.map { "        \($0.quoted())" }.joined(separator: " \\\n") + " ;;\n"
  }

  /// An option with a value may be given again; a switch need not.
  private static func argument(_ option: Arguments.Option) -> String {
    guard let value = option.value else { return "\(option.name)[\(escaped(option.help))]" }
    let name = escaped(value.filter { $0 != "'" })
    return "*\(option.name)=[\(escaped(option.help))]:\(name):\(action(option.completion))"
  }

  private static func operands(of command: Command) -> [String] {
    switch command.completion {
    case .words: ["1:word:\(action(command.completion))"]
    case .files: ["*:file:\(action(command.completion))"]
    case .folders: ["*:folder:\(action(command.completion))"]
    case .specs: ["*:spec:\(action(command.completion))"]
    case .nothing: []
    }
  }

  private static func action(_ kind: ShellWords) -> String {
    switch kind {
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .files: "_files"
    case .folders: "_files -/"
    case .specs: "_mlpc_specs"
    case .nothing: ""
    }
  }

  /// Brackets and colons mean something to zsh.
  private static func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
