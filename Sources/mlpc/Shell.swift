import MLPLibrary
import MLPRun
import MLPSyntax

/// What the commands share.
enum Shell {
  /// A session over the file and the statements merged over it; a message and a code where it can't be read.
  static func session(_ file: String, _ overlays: [String]) -> Result<Session, Failure> {
    do throws(Problem) {
      return .success(try load(file, overlays))
    } catch {
      Terminal.error("mlpc: \(error.message)\n")
      return .failure(Failure(code: ExitCode(error.kind)))
    }
  }

  /// The same, for who says himself what is wrong.
  static func load(_ file: String, _ overlays: [String] = []) throws(Problem) -> Session {
    let world = DiskWorld(spec: file)
    // One byte more than a spec may have tells that it has too many.
    let bytes = try world.start(of: file, count: Source.maximumBytes + 1, takesPipes: true)
    let text = Source(name: file, bytes: bytes)
    return Session([text] + overlays.map { Source(name: "--with", text: $0) }, in: world)
  }

  static let deny = Arguments.Option(
    name: "--deny", value: "warnings", help: "take warnings for errors",
    choices: ["warnings"])

  /// Whether '--deny warnings' is given; nil where something else is to be denied.
  static func deniesWarnings(_ arguments: Arguments) -> Bool? {
    let denied = arguments.all("--deny")
    return denied.allSatisfy { $0 == "warnings" } ? !denied.isEmpty : nil
  }

  /// Shows what is said about a spec that is to be run, and whether it isn't to be run for that.
  static func isDenied(_ session: Session, _ arguments: Arguments) -> Bool {
    let warnings = session.warnings
    show(warnings, session.sources)
    return !warnings.isEmpty && deniesWarnings(arguments) == true
  }

  /// What was said already.
  struct Failure: Error {
    let code: ExitCode
  }

  /// Writes diagnostics and their number.
  static func show(_ diagnostics: [Diagnostic], _ sources: [Source]) {
    guard !diagnostics.isEmpty else { return }
    let text = Renderer.render(diagnostics, sources: sources, colour: Terminal.coloursDiagnostics)
    Terminal.error(text + "\n" + Renderer.summary(diagnostics) + "\n")
  }

  static func usageError(_ message: String, _ usage: String) -> ExitCode {
    Terminal.error("mlpc: \(message)\nusage: mlpc \(usage)\n")
    return .usage
  }
}
