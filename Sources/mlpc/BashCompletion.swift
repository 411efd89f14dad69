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
        switch option.completion {
        case .words(let words): "options='' words='\(words.joined(separator: " "))'"
        case .files: "options='' words='' files=all"
        case .folders: "options='' words='' files=folders"
        case .specs: "options='' words='' files=specs"
        case .nothing: "return"
        }
      return "    '\(command.name) \(option.name)') \(then) ;;\n"
    }.joined()
  }

  private static func row(of command: Command) -> String {
    let options = command.options.map { $0.name }.joined(separator: " ")
    let rest =
      switch command.completion {
      case .words(let words): " words='\(words.joined(separator: " "))'"
      case .files: " files=all"
      case .folders: " files=folders"
      case .specs: " files=specs"
      case .nothing: ""
      }
    return "    \(command.name)) options='\(options)'\(rest) ;;\n"
  }
}
