import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let check: Command = Command(
    name: "check", usage: checkUsage,
    summary:
      "Says everything that is wrong with specs, or shows the network that one describes; '-' is text"
      + " on stdin.",
    options: [
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over each file's"),
      Shell.deny,
      Arguments.Option(
        name: "--all", value: nil, help: "show each layer of a network that has very many"),
      Arguments.Option(
        name: "--fix", value: nil,
        help: "make the edits that errors offer, where the spec is the better for it"),
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
      Arguments.Option(
        name: "--sarif", value: nil, help: "write one SARIF 2.1.0 document, as editors and CI read"),
    ],
    examples: [
      "mlpc check specs/two_layer.mlp", "mlpc check specs", "mlpc check --fix specs/toy.mlp",
      "mlpc check specs --sarif",
    ]
  ) { (arguments: Arguments) in
    guard !arguments.files.isEmpty else {
      return Shell.usageError("check needs a file or a folder", checkUsage)
    }
    if arguments.has("--sarif"), let other = ["--json", "--fix"].first(where: arguments.has) {
      return Shell.usageError("'\(other)' and '--sarif' don't go together", checkUsage)
    }
    if arguments.has("--fix"), arguments.files.contains("-") {
      return Shell.usageError("'--fix' changes files, and text on stdin is in none", checkUsage)
    }
    guard let denies = Shell.deniesWarnings(arguments) else {
      return Shell.usageError("'--deny' takes 'warnings'", checkUsage)
    }
    var run = CheckRun(
      overlays: arguments.all("--with"), fixes: arguments.has("--fix"), denies: denies,
      view: view(for: arguments))
    return run.check(arguments.files)
  }

  private static let checkUsage = "check FILE|FOLDER|-…"

  private static func view(for arguments: Arguments) -> any CheckView {
    if arguments.has("--json") { return JSONCheckView() }
    if arguments.has("--sarif") { return SARIFCheckView() }
    let isAlone = arguments.files.count == 1 && !SpecFolder.isFolder(arguments.files[0])
    guard isAlone else { return ListCheckView() }
    return TableCheckView(rows: arguments.has("--all") ? .max : shownLayers)
  }

  /// So many layers of a network are shown where '--all' isn't given.
  private static let shownLayers = 200
}

/// What is known of a file once it is checked.
struct CheckedFile {
  let name: String
  let sources: [Source]
  /// nil where the spec is faulty.
  let checked: CheckedSpec?
  let diagnostics: [Diagnostic]
  /// Whether warnings count as errors.
  let denies: Bool
  /// What `--fix` did.
  var changes: [Fixer.Change] = []

  /// What it describes; nil where it is refused.
  var accepted: CheckedSpec? { denies && !diagnostics.isEmpty ? nil : checked }
}

/// Checks files one after the other.
private struct CheckRun {
  let overlays: [String]
  let fixes: Bool
  let denies: Bool
  var view: any CheckView

  /// - Returns: the gravest code.
  mutating func check(_ paths: [String]) -> ExitCode {
    var code = ExitCode.done
    for path in paths {
      do throws(Problem) {
        for file in path == "-" ? ["-"] : try SpecFolder.allFiles(below: path) {
          let found = check(file: file)
          code = code.or(found)
        }
      } catch {
        let failure = fail(error, path)
        code = code.or(failure)
      }
    }
    view.finish()
    return code
  }

  private mutating func check(file: String) -> ExitCode {
    do throws(Problem) {
      let session = try SpecInput.load(file, overlays)
      let found = fixes ? try fix(session, file) : plain(session, file)
      view.show(found)
      return found.accepted == nil ? .faulty : .done
    } catch {
      return fail(error, file)
    }
  }

  private func plain(_ session: Session, _ file: String) -> CheckedFile {
    let (checked, diagnostics) = session.check()
    return CheckedFile(
      name: session.sources[0].name, sources: session.sources, checked: checked,
      diagnostics: diagnostics,
      denies: denies)
  }

  private func fix(_ session: Session, _ file: String) throws(Problem) -> CheckedFile {
    let fixed = Fixer.fix(session)
    let bytes = fixed.session.sources[0].bytes
    if bytes != session.sources[0].bytes { try DiskWorld().replace(file, with: bytes) }
    return CheckedFile(
      name: file, sources: fixed.session.sources, checked: fixed.checked,
      diagnostics: fixed.diagnostics, denies: denies, changes: fixed.changes)
  }

  private mutating func fail(_ problem: Problem, _ path: String) -> ExitCode {
    Terminal.error("mlpc: \(problem.message)\n")
    view.show(problem, path)
    return ExitCode(problem.kind)
  }
}
