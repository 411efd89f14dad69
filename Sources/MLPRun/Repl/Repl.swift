import MLPLibrary
import MLPSyntax
import MLPTensor

/// A spec that is changed statement by statement and trained on the way: lines in, text out.
///
/// It knows neither terminal nor clock but through `ReplView` and `World`.
package struct Repl {
  let view: any ReplView
  let threads: Int
  /// The world in which the spec of a file is run: relative paths begin at its folder.
  let worldOfSpec: (String) -> any World
  var timeline: ReplTimeline<ReplSpec>
  var trials = ReplTrials()
  var shared = SharedData()
  /// What the data used last were made by.
  var loaded: String?
  /// The `train` statement of which it was said what is left to a run.
  var saidOfTraining = ""
  private var crew: Team?
  /// Whether what is wrong with a command is said with the command's line, as for a script.
  package var namesLines = false
  /// The line of what is being answered.
  private var line = 1
  /// Whether anything that was entered was answered with an error.
  package internal(set) var hasErred = false

  package enum Next: Sendable {
    case goOn
    case quit
  }

  /// - Parameter worldOfSpec: the world for a spec's path; an empty one where the spec is in no file.
  package init(
    view: any ReplView, threads: Int, worldOfSpec: @escaping (String) -> any World
  ) {
    self.view = view
    self.threads = threads
    self.worldOfSpec = worldOfSpec
    timeline = ReplTimeline(.standard)
  }

  var spec: ReplSpec { timeline.present }
  var world: any World { worldOfSpec(spec.path) }

  /// Whether the spec's statements go together.
  package var isFit: Bool { spec.checked != nil }

  mutating func team() -> Team {
    let team = crew ?? Team(size: threads)
    crew = team
    return team
  }

  /// What is said at the beginning to who sits before it.
  package var greeting: String {
    let origin = spec.path.isEmpty ? "the spec to begin with" : spec.path
    return """
      mlpc \(Version.text): type a chain or a statement; ':help' shows commands, ':quit' ends
      \(origin):

      \(indented(spec.text))
      """
  }

  /// Answers a text of one or more lines.
  ///
  /// - Parameter line: the number of the text's first line in what is read.
  package mutating func enter(_ text: String, line: Int = 1) -> Next {
    for part in ReplInput.parts(of: text) {
      if answer(part.text, line: line + part.line - 1) == .quit { return .quit }
    }
    return .goOn
  }

  private mutating func answer(_ text: String, line: Int) -> Next {
    self.line = line
    let word = text.filter { !$0.isWhitespace }
    if ReplInput.isCommand(text) { return command(text, line: line) }
    // Who is new here types these.
    if ["quit", "exit", "help"].contains(word) { return command(":" + word, line: line) }
    if let command = Self.commandWithoutColon(text) {
      fail("a command begins with a colon: '\(command)'")
      return .goOn
    }
    // The text's place among the lines read, so that diagnostics count them.
    let place = String(repeating: "\n", count: line - 1)
    take(Source(name: "input", text: place + text))
    return .goOn
  }

  /// What was meant by a command's name alone, or with a word behind it; nil where it may be a statement.
  private static func commandWithoutColon(_ text: String) -> String? {
    let words = text.split { $0.isWhitespace }
    guard let first = words.first, let command = ReplCommand(rawValue: String(first)),
      words.count <= 2 || command == .set
    else { return nil }
    if command == .train, words.count == 2, Int(words[1]) == nil { return nil }
    return ":" + words.joined(separator: " ")
  }

  // MARK: Saying things

  func say(_ line: String) { view.show(line + "\n") }

  func note(_ line: String) { view.complain("note: \(line)\n") }

  mutating func fail(_ message: String) {
    hasErred = true
    view.complain((namesLines ? "input:\(line): " : "") + "\(message)\n")
  }

  mutating func fail(_ diagnostics: [Diagnostic], _ sources: [Source]) {
    guard !diagnostics.isEmpty else { return }
    if diagnostics.contains(where: { $0.severity == .error }) { hasErred = true }
    view.complain(Renderer.render(diagnostics, sources: sources, colour: view.hasColours))
  }

  func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }
}
