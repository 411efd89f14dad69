/// The completion of commands, options and files for bash, from 3.2 on.
enum BashCompletion {
  static func script(_ commands: [Command]) -> String {
    let names = commands.map { $0.name }.joined(separator: " ")
    return """
      # mlpc completions bash: load with `source <(mlpc completions bash)`.
      _mlpc() {
        local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        local options='' words='' files='' name
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W '\(names) --help --version' -- "$current"))
          return
        fi
        case "${COMP_WORDS[1]} $before" in
      \(commands.map { values(of: $0) }.joined())  esac
        case "${COMP_WORDS[1]}" in
      \(commands.map { row(of: $0) }.joined())  esac
        if [[ $current == -* ]]; then
          COMPREPLY=($(compgen -W "$options --help" -- "$current"))
        elif [ -n "$words" ]; then
          COMPREPLY=($(compgen -W "$words" -- "$current"))
        else
          while IFS= read -r name; do
            if [ -d "$name" ]; then
              COMPREPLY+=("$name/")
            elif [ "$files" = all ] || [[ $name == *.mlp ]]; then
              COMPREPLY+=("$name")
            fi
          done < <(compgen -f -- "$current")
          [[ ${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
          compopt -o filenames 2>/dev/null
        fi
      }
      complete -F _mlpc mlpc

      """
  }

  /// What may stand behind the options that take a value.
  private static func values(of command: Command) -> String {
    command.options.filter { $0.value != nil }.map { option in
      let choices = option.choices.joined(separator: " ")
      let reply =
        option.choices.isEmpty ? "" : "COMPREPLY=($(compgen -W '\(choices)' -- \"$current\")); "
      return "    '\(command.name) \(option.name)') \(reply)return ;;\n"
    }.joined()
  }

  private static func row(of command: Command) -> String {
    let options = command.options.map { $0.name }.joined(separator: " ")
    let words = command.operandWords?.joined(separator: " ") ?? ""
    let files = command.takesOnlySpecs ? "specs" : "all"
    return "    \(command.name)) options='\(options)' words='\(words)' files=\(files) ;;\n"
  }
}
