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
        # bash takes `--out=a` for three words.
        if [ "$current" = = ]; then
          current=''
        elif [ "$before" = = ]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        case "${COMP_WORDS[1]}" in
      \(commands.map { row(of: $0) }.joined())  esac
        case "${COMP_WORDS[1]} $before" in
      \(commands.map { values(of: $0) }.joined())  esac
        if [[ $current == -* ]]; then
          COMPREPLY=($(compgen -W "$options --help" -- "$current"))
          return
        fi
        if [ -n "$words" ]; then
          COMPREPLY=($(compgen -W "$words" -- "$current"))
          return
        fi
        while IFS= read -r name; do
          COMPREPLY+=("$name")
        done < <(
          case $files in
            all) compgen -f -- "$current" ;;
            folders) compgen -d -- "$current" ;;
            specs)
              compgen -f -X '!*.mlp' -- "$current"
              compgen -d -X '*.mlp' -- "$current"
              ;;
          esac
        )
        compopt -o filenames 2>/dev/null
      }
      complete -F _mlpc mlpc

      """
  }

  /// What may stand behind the options that take a value.
  private static func values(of command: Command) -> String {
    command.options.filter { $0.value != nil }.map { option in
      let then =
        option.completion == .nothing ? "return" : "options='' " + choices(option.completion)
      return "    '\(command.name) \(option.name)') \(then) ;;\n"
    }.joined()
  }

  private static func row(of command: Command) -> String {
    let options = command.options.map { $0.name }.joined(separator: " ")
    return "    \(command.name)) options='\(options)' \(choices(command.completion)) ;;\n"
  }

  /// As the variables that say what is offered.
  private static func choices(_ kind: ShellWords) -> String {
    let (words, files) =
      switch kind {
      case .words(let words): (words.joined(separator: " "), "")
      case .files: ("", "all")
      case .folders: ("", "folders")
      case .specs: ("", "specs")
      case .nothing: ("", "")
      }
    return "words='\(words)' files='\(files)'"
  }
}
