import MLPLibrary
import MLPRun
import MLPSyntax

/// Where `mlpc check` shows what it finds.
protocol CheckView {
  mutating func show(_ file: CheckedFile)

  /// A path that can't be read; the message was written to stderr.
  mutating func show(_ problem: Problem, _ path: String)

  mutating func finish()
}

/// One file: its network, or all that is wrong with it.
struct TableCheckView: CheckView {
  /// How many layers of a network are shown.
  let rows: Int

  func show(_ file: CheckedFile) {
    for change in file.changes { Terminal.out("\(file.name):\(change)\n") }
    Shell.show(file.diagnostics, file.sources)
    for experiment in file.accepted?.experiments ?? [] {
      Terminal.out(title(file.name, experiment) + CheckTable.text(experiment, rows: rows) + "\n")
    }
  }

  func show(_ problem: Problem, _ path: String) {}

  func finish() {}

  private func title(_ file: String, _ experiment: Experiment) -> String {
    let choices = experiment.choices.map { $0.text }.joined(separator: ", ")
    return "\(file): ok" + (choices.isEmpty ? "" : " with \(choices)") + "\n\n"
  }
}

/// Many files: a line each that is right, the diagnostics of the others, and how many there were.
struct ListCheckView: CheckView {
  private var files = 0
  private var faulty = 0
  private var unread = 0
  private var diagnostics: [Diagnostic] = []

  mutating func show(_ file: CheckedFile) {
    files += 1
    diagnostics += file.diagnostics
    for change in file.changes { Terminal.out("\(file.name):\(change)\n") }
    if !file.diagnostics.isEmpty {
      let text = Renderer.render(
        file.diagnostics, sources: file.sources, colour: Terminal.coloursDiagnostics)
      Terminal.error(text + "\n")
    }
    guard let experiments = file.accepted?.experiments else { return faulty += 1 }
    let count = experiments.count
    Terminal.out("\(file.name): ok" + (count > 1 ? ", \(count) combinations" : "") + "\n")
  }

  mutating func show(_ problem: Problem, _ path: String) { unread += 1 }

  mutating func finish() {
    var text = "\(files) spec\(files == 1 ? "" : "s"): \(files - faulty) ok"
    if faulty > 0 { text += ", \(faulty) faulty" }
    if !diagnostics.isEmpty { text += ", " + Renderer.summary(diagnostics) }
    if unread > 0 { text += "; \(unread) path\(unread == 1 ? "" : "s") not read" }
    Terminal.out(text + "\n")
  }
}

/// One object for each edit that was made, each diagnostic, and each file.
struct JSONCheckView: CheckView {
  func show(_ file: CheckedFile) {
    let objects =
      file.changes.map { CheckJSON.fix($0, in: file.name) }
      + file.diagnostics.map { CheckJSON.diagnostic($0, file.sources) }
      + [CheckJSON.file(file.name, file.accepted, file.diagnostics)]
    Terminal.out(objects.map { $0.line + "\n" }.joined())
  }

  func show(_ problem: Problem, _ path: String) {
    Terminal.out(CheckJSON.unread(path, because: problem.message).line + "\n")
  }

  func finish() {}
}

/// One document for all files.
struct SARIFCheckView: CheckView {
  private var document = SARIF()

  mutating func show(_ file: CheckedFile) { document.add(file.diagnostics, file.sources) }

  mutating func show(_ problem: Problem, _ path: String) {
    document.add(failure: problem.message)
  }

  func finish() { Terminal.out(document.document.line + "\n") }
}
