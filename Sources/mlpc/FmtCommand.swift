import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let fmt: Command = Command(
    name: "fmt", usage: "fmt [FILE|FOLDER|-]…",
    summary: "Lays specs out in the one canonical way, in place; text on stdin goes to stdout.",
    options: [
      Arguments.Option(
        name: "--check", value: nil,
        help:
          "change nothing, list the files that would change; the exit code is 1 if there are any"),
      Arguments.Option(
        name: "--diff", value: nil,
        help: "change nothing, show what would change; the exit code is 1 if anything would"),
      Arguments.Option(
        name: "--explicit", value: nil,
        help: "change nothing, print the specs with every default written out, without comments"),
    ],
    examples: [
      "mlpc fmt specs/toy.mlp", "mlpc fmt --check specs/bench", "mlpc fmt --diff specs",
      "mlpc fmt --explicit specs/two_layer.mlp", "mlpc fmt < specs/toy.mlp",
    ]
  ) { (arguments: Arguments) in
    let options = ["--check", "--diff"].filter { arguments.has($0) }
    if arguments.has("--explicit"), let option = options.first {
      return Shell.usageError("'\(option)' has no effect beside '--explicit'", fmtUsage)
    }
    if arguments.files.isEmpty && Terminal.readsFromTerminal {
      return Shell.usageError("fmt needs a file, a folder, or text on stdin", fmtUsage)
    }
    let layout = FmtRun(
      checks: arguments.has("--check"), showsDifference: arguments.has("--diff"))
    let paths = arguments.files.isEmpty ? ["-"] : arguments.files
    return arguments.has("--explicit") ? explain(paths) : layout.format(paths)
  }

  private static let fmtUsage = "fmt [FILE|FOLDER|-]…"

  // MARK: --explicit

  private static func explain(_ paths: [String]) -> ExitCode {
    var texts: [String] = []
    let code = SpecInput.forEach(in: paths) { session in
      let (checked, diagnostics) = session.check()
      guard let checked else {
        Shell.show(diagnostics, session.sources)
        return .faulty
      }
      let isAlone = paths.count == 1 && !SpecFolder.isFolder(paths[0])
      texts += explicitTexts(checked, headedBy: isAlone ? nil : session.sources[0].name)
      return .done
    }
    Terminal.out(texts.joined(separator: "\n"))
    return code
  }

  /// Several texts have a comment each that says what they are.
  private static func explicitTexts(_ checked: CheckedSpec, headedBy file: String?) -> [String] {
    let parts = ExplicitSpec(checked).parts
    return parts.enumerated().map { index, part in
      var heads = file.map { [$0] } ?? []
      if parts.count > 1 {
        let choices = part.choices.joined(separator: ", ")
        heads.append("combination \(index + 1) of \(parts.count): \(choices)")
      }
      return heads.map { "# \($0)\n" }.joined() + part.text
    }
  }
}

/// Specs from files, from all below folders, and from stdin, which is written '-'.
enum SpecInput {
  static let stdin = "<stdin>"

  /// - Returns: the gravest code; a path that can't be read has one too, and a message.
  static func forEach(in paths: [String], do body: (Session) -> ExitCode) -> ExitCode {
    var code = ExitCode.done
    for path in paths {
      do throws(Problem) {
        if path == "-" {
          code = code.or(body(try standardInput()))
        } else {
          for file in try SpecFolder.allFiles(below: path) {
            code = code.or(attempt { () throws(Problem) in body(try Shell.load(file)) })
          }
        }
      } catch {
        code = code.or(fail(error))
      }
    }
    return code
  }

  static func fail(_ problem: Problem) -> ExitCode {
    Terminal.error("mlpc: \(problem.message)\n")
    return ExitCode(problem.kind)
  }

  private static func attempt(_ body: () throws(Problem) -> ExitCode) -> ExitCode {
    do { return try body() } catch { return fail(error) }
  }

  /// The file's spec, or that on stdin, with statements merged over it.
  static func load(_ path: String, _ overlays: [String]) throws(Problem) -> Session {
    path == "-" ? try standardInput(overlays) : try Shell.load(path, overlays)
  }

  private static func standardInput(_ overlays: [String] = []) throws(Problem) -> Session {
    let bytes = try StandardInput.read(limit: Source.maximumBytes)
    let text = Source(name: stdin, bytes: bytes)
    return Session([text] + overlays.map { Source(name: "--with", text: $0) }, in: DiskWorld())
  }
}

/// Formatting as the options say.
struct FmtRun {
  let checks: Bool
  let showsDifference: Bool

  func format(_ paths: [String]) -> ExitCode {
    SpecInput.forEach(in: paths) { session in
      let source = session.sources[0]
      guard let text = Printer.canonical(source).text else {
        Shell.show(ForeignText.parse(source).diagnostics, session.sources)
        return .faulty
      }
      return show(Array(text.utf8), of: source)
    }
  }

  private func show(_ bytes: [UInt8], of source: Source) -> ExitCode {
    let isStdin = source.name == SpecInput.stdin
    if isStdin && !checks && !showsDifference {
      Terminal.out(String(decoding: bytes, as: UTF8.self))
      return .done
    }
    if bytes == source.bytes { return .done }
    if showsDifference {
      Terminal.out(
        UnifiedDiff.text(
          from: source.bytes, to: bytes, name: source.name, colour: Terminal.coloursResults))
      return .different
    }
    if checks {
      Terminal.out(source.name + "\n")
      return .different
    }
    do throws(Problem) {
      try DiskWorld().replace(source.name, with: bytes)
      Terminal.out(source.name + "\n")
      return .done
    } catch {
      return SpecInput.fail(error)
    }
  }
}
