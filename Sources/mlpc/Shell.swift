import MLPLibrary
import MLPRun
import MLPSyntax

/// What the commands share.
enum Shell {
  /// The file's source and those of the statements merged over it; nil, and a message, where it can't be read.
  static func sources(_ file: String, _ overlays: [String], in world: any World) -> [Source]? {
    do throws(Problem) {
      let text = Source(name: file, bytes: try world.read(file))
      return [text] + overlays.map { Source(name: "--with", text: $0) }
    } catch {
      Terminal.error("mlpc: \(error.message)\n")
      return nil
    }
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
