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
    case "help", "--help", "-h": return Command.showHelp(Array(words.dropFirst()))
    case "--version":
      guard words.count == 1 else {
        return Shell.usageError("'--version' takes no argument", "--version")
      }
      Terminal.out("mlpc \(Version.text)\n")
      return .done
    default: break
    }
    guard let command = Command.all.first(where: { $0.name == first }) else {
      return Command.unknown(first)
    }
    return run(command, words.dropFirst())
  }

  private static func run(_ command: Command, _ words: ArraySlice<String>) -> ExitCode {
    if words.contains("--help") || words.contains("-h") {
      Terminal.out(command.helpText)
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
}
