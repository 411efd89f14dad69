import MLPLibrary
import MLPSyntax

// What begins with a colon.
extension Repl {
  mutating func command(_ text: String, line: Int) -> Next {
    let body = text.drop { $0.isWhitespace }.dropFirst()
    let name = body.prefix { !$0.isWhitespace }
    let argument = body.dropFirst(name.count).trimmed
    guard let command = ReplCommand(name) else {
      fail(Self.unknown(String(name)))
      return .goOn
    }
    guard argument.isEmpty || !command.argument.isEmpty else {
      fail("':\(command.rawValue)' takes nothing behind it, found '\(argument)'")
      return .goOn
    }
    if command == .quit { return .quit }
    if command == .set {
      let input = Source(name: "input", text: String(repeating: "\n", count: line - 1) + text)
      set(input, behind: input.bytes.count - body.dropFirst(name.count).utf8.count)
    } else {
      perform(command, argument)
    }
    return .goOn
  }

  private mutating func perform(_ command: ReplCommand, _ argument: String) {
    switch command {
    case .train: train(argument)
    case .eval: evaluate()
    case .show: show()
    case .undo: undo()
    case .redo: redo()
    case .drop: drop(argument)
    case .fresh: fresh()
    case .compare: compare()
    case .plot: plot(argument)
    case .weights: weights(argument)
    case .save: save(argument)
    case .load: if load(argument) == nil { view.show(spec.text) }
    case .explain: explain(argument)
    case .help: help(argument)
    case .set, .quit: break
    }
  }

  private static func unknown(_ name: String) -> String {
    if name.isEmpty { return "a command's name follows the colon; ':help' lists them" }
    let candidates = ReplCommand.allCases.map { $0.rawValue }
    let beginning = candidates.filter { $0.hasPrefix(name) }
    if beginning.count > 1 {
      return "':\(name)' may mean " + beginning.map { "':\($0)'" }.joined(separator: " or ")
    }
    guard let nearest = Spelling.nearest(to: name, among: candidates) else {
      return "there is no command ':\(name)'; ':help' lists them"
    }
    return "there is no command ':\(name)'; did you mean ':\(nearest)'?"
  }

  // MARK: The spec's text

  private func show() {
    view.show(spec.text)
    if spec.checked == nil { note("its parts don't go together yet") }
    for name in spec.unused { note("nothing uses '\(name.text)' yet") }
  }

  private mutating func undo() {
    let before = spec
    guard timeline.undo() else { return fail("there is nothing to undo") }
    showChange(from: before)
  }

  private mutating func redo() {
    let before = spec
    guard timeline.redo() else { return fail("there is nothing to do again") }
    showChange(from: before)
  }

  /// The lines that are other ones now.
  private mutating func showChange(from before: ReplSpec) {
    let old = Set(before.text.split(separator: "\n"))
    let new = Set(spec.text.split(separator: "\n"))
    for line in before.text.split(separator: "\n") where !new.contains(line) { say("- \(line)") }
    for line in spec.text.split(separator: "\n") where !old.contains(line) { say("+ \(line)") }
    if before.path != spec.path { say(spec.path.isEmpty ? "from no file" : "from \(spec.path)") }
    guard let experiments = spec.checked?.experiments else {
      return note("the spec's parts don't go together")
    }
    sayWhichWeights(experiments)
  }

  private mutating func drop(_ word: String) {
    guard !word.isEmpty else {
      return fail("say which statement or name: ':drop init', ':drop expect train loss'")
    }
    guard let next = spec.dropping(word) else {
      let known = spec.spec.statements.map { $0.name?.text ?? $0.keyword.rawValue }
      let nearest = Spelling.nearest(to: word, among: known)
      return fail("the spec has no '\(word)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
    }
    let before = spec
    timeline.advance(to: next)
    showChange(from: before)
    fail(next.diagnostics, [next.source])
  }

  // MARK: Files

  private mutating func save(_ path: String) {
    guard !path.isEmpty else { return fail("say where: ':save FILE'") }
    let target = worldOfSpec(path)
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    guard folder.isEmpty || target.folderExists(String(folder)) else {
      return fail("there is no folder '\(folder)' to save it in")
    }
    let replaces = target.fileExists(path)
    do throws(Problem) {
      try target.writeAtomically(Array(spec.savedText.utf8), to: path)
    } catch {
      return fail(error.message)
    }
    say((replaces ? "replaced " : "wrote ") + path)
    for name in spec.unused { note("'\(name.text)' is left out, for nothing uses it") }
    if spec.checked == nil { note("its parts don't go together yet") }
    if target.location(of: "x") != world.location(of: "x"), spec.text.contains(" path \"") {
      note("a relative 'path' in it begins at that file's folder now")
    }
  }

  /// Takes a file's spec as the one to begin with.
  ///
  /// - Returns: the kind of problem there was; nil where there was none.
  package mutating func begin(with path: String) -> Problem.Kind? {
    if let problem = load(path) { return problem }
    timeline = ReplTimeline(spec)
    return nil
  }

  /// Takes a file's spec where nothing is wrong with it.
  ///
  /// - Returns: the kind of problem there was; nil where there was none.
  private mutating func load(_ path: String) -> Problem.Kind? {
    guard !path.isEmpty else {
      fail("say which file: ':load FILE'")
      return .spec
    }
    let source: Source
    do throws(Problem) {
      source = Source(name: path, bytes: try worldOfSpec(path).read(path))
    } catch {
      fail(error.message)
      return error.kind
    }
    let (checked, diagnostics) = Session([source], in: world).check()
    fail(diagnostics, [source])
    guard checked != nil else { return .spec }
    timeline.advance(to: ReplSpec(text: Printer.print(Parser.parse(source).spec), path: path))
    return nil
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
