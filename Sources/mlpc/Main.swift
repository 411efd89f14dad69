import MLPRun

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@main
enum Main {
  static func main() {
    Signals.ignoreFileSizeLimit()
    exit(run(CommandLine.arguments.dropFirst()).rawValue)
  }

  private static func run(_ words: ArraySlice<String>) -> ExitCode {
    guard let first = words.first else {
      Terminal.error(Command.overview)
      return .usage
    }
    switch first {
    case "help", "--help", "-h": return help(words.dropFirst().first)
    case "--version":
      Terminal.out("mlpc \(Version.text)\n")
      return .done
    default: break
    }
    guard let command = Command.all.first(where: { $0.name == first }) else {
      return unknown(first)
    }
    return run(command, words.dropFirst())
  }

  private static func run(_ command: Command, _ words: ArraySlice<String>) -> ExitCode {
    if words.contains("--help") || words.contains("-h") {
      Terminal.out(command.help)
      return .done
    }
    // Before any code that was compiled for another processor.
    if let obstacle = BuildCheck.here.obstacle {
      Terminal.error("mlpc: \(obstacle)\n")
      return .defect
    }
    do throws(Arguments.UsageError) {
      return command.body(try Arguments(words, options: command.options))
    } catch {
      return Shell.usageError(error.message, command.usage)
    }
  }

  private static func help(_ name: String?) -> ExitCode {
    guard let name else {
      Terminal.out(Command.overview)
      return .done
    }
    guard let command = Command.all.first(where: { $0.name == name }) else { return unknown(name) }
    Terminal.out(command.help)
    return .done
  }

  private static func unknown(_ name: String) -> ExitCode {
    let nearest = Spelling.nearest(to: name, among: Command.all.map { $0.name })
    let mend = nearest.map { "; did you mean '\($0)'?" } ?? ""
    Terminal.error("mlpc: there is no command '\(name)'\(mend)\n\n\(Command.overview)")
    return .usage
  }
}
