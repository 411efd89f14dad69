import MLPLibrary
import MLPRun

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Command {
  static let repl: Command = Command(
    name: "repl", usage: "repl [FILE]",
    summary:
      "Changes a spec statement by statement, shows what becomes of it, and trains on the way.",
    options: [
      Shell.threads
    ],
    examples: ["mlpc repl", "mlpc repl specs/two_layer.mlp", "mlpc repl < script"]
  ) { (arguments: Arguments) in
    guard arguments.files.count <= 1 else {
      return Shell.usageError("repl takes one file at most", "repl [FILE]")
    }
    guard let threads = Shell.threadCount(arguments) else {
      return Shell.usageError(Shell.threadsNeed, "repl [FILE]")
    }
    let isInteractive = Terminal.isTerminal(STDIN_FILENO)
    let world = { (spec: String) in DiskWorld(spec: spec) { TerminalModes.isInterrupted } }
    var shell = ReplShell(
      Repl(view: ReplTerminal(isInteractive: isInteractive), threads: threads, worldOfSpec: world))
    if let file = arguments.files.first, let problem = shell.open(file) { return ExitCode(problem) }
    return isInteractive ? shell.converse() : shell.readScript()
  }
}

/// The REPL at a terminal, or over a script.
struct ReplShell {
  private var repl: Repl
  private let historyFile = HistoryFile(world: DiskWorld())
  private var complainsOfHistory = true

  init(_ repl: Repl) { self.repl = repl }

  /// - Returns: what kind of problem the file has; it has been said.
  mutating func open(_ file: String) -> Problem.Kind? { repl.begin(with: file) }

  // MARK: Script

  /// Answers statements and commands to the end; what is wrong makes the exit code, but ends nothing.
  mutating func readScript() -> ExitCode {
    repl.namesLines = true
    var reader = PlainLineReader()
    var input = ReplInput()
    while let line = reader.next() {
      for part in input.add(line) {
        if repl.enter(part.text, line: part.line) == .quit { return code }
      }
    }
    for part in input.finish() {
      if repl.enter(part.text, line: part.line) == .quit { break }
    }
    return code
  }

  private var code: ExitCode { repl.hasErred ? .faulty : .done }

  // MARK: Conversation

  mutating func converse() -> ExitCode {
    if let warning = BuildCheck.here.warning { Terminal.error("mlpc: warning: \(warning)\n") }
    Terminal.out(repl.greeting + "\n")
    guard Self.takesEscapes, TerminalModes.begin() else { return converseInPlainLines() }
    defer { TerminalModes.set(.original) }
    let isColoured = Terminal.coloursDiagnostics
    var reader = LineReader(history: historyFile.read()) {
      isColoured ? LinePaint.colours(of: $0) : []
    }
    while true {
      let prompt = prompt(isColoured: isColoured)
      let repl = self.repl
      switch reader.read(prompt, candidates: { repl.candidates(in: $0, at: $1) }) {
      case .ended: return .done
      case .interrupted: continue
      case .line(let text):
        // Before it is answered, for an answer may take hours and be cut short.
        keep(text)
        if self.repl.enter(text) == .quit { return .done }
      }
    }
  }

  private static var takesEscapes: Bool {
    guard Terminal.isTerminal(STDOUT_FILENO) else { return false }
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    return !terminal.isEmpty && terminal != "dumb"
  }

  private func prompt(isColoured: Bool) -> LineLayout.Prompt {
    let colour = isColoured ? (repl.isFit ? "1" : "1;31") : ""
    return LineLayout.Prompt(
      first: repl.isFit ? "mlpc> " : "mlpc! ", continued: "  ... ", colour: colour)
  }

  private mutating func keep(_ text: String) {
    do throws(Problem) {
      try historyFile.append([text])
    } catch {
      if complainsOfHistory { Terminal.error("note: the history isn't kept: \(error.message)\n") }
      complainsOfHistory = false
    }
  }

  /// Where the terminal itself does what editing there is. Prompts go where results don't get mixed up with them.
  private mutating func converseInPlainLines() -> ExitCode {
    TerminalModes.heedInterruptions()
    var reader = PlainLineReader()
    var open = ""
    while true {
      TerminalModes.clearInterruption()
      Terminal.error(open.isEmpty ? (repl.isFit ? "mlpc> " : "mlpc! ") : "  ... ")
      guard let line = reader.next() else {
        Terminal.error("\n")
        return .done
      }
      let text = open.isEmpty ? line : open + "\n  " + line
      if ReplInput.isOpen(text), !line.allSatisfy({ $0.isWhitespace }) {
        open = text
        continue
      }
      open = ""
      if repl.enter(text) == .quit { return .done }
    }
  }
}
