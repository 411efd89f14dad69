import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let diff: Command = Command(
    name: "diff", usage: diffUsage,
    summary:
      "Says what differs in meaning between two specs, one of which may come on stdin; the exit code"
      + " is 1 if anything does.",
    options: [Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line")],
    examples: [
      "mlpc diff specs/two_layer.mlp specs/deep.mlp",
      "mlpc diff specs/toy.mlp specs/digits.mlp --json",
    ]
  ) { (arguments: Arguments) in
    guard arguments.files.count == 2 else {
      return Shell.usageError("diff needs two files", diffUsage)
    }
    guard arguments.files != ["-", "-"] else {
      return Shell.usageError("only one of the two specs can come on stdin", diffUsage)
    }
    var specs: [CheckedSpec] = []
    for file in arguments.files {
      switch checked(file) {
      case .success(let spec): specs.append(spec)
      case .failure(let failure): return failure.code
      }
    }
    return show(
      SpecDiff(from: specs[0], to: specs[1]), areSeveral: specs[0].experiments.count > 1,
      arguments.has("--json"))
  }

  private static func checked(_ file: String) -> Result<CheckedSpec, Shell.Failure> {
    let session: Session
    do throws(Problem) {
      session = try SpecInput.load(file, [])
    } catch {
      return .failure(Shell.Failure(code: SpecInput.fail(error)))
    }
    let (checked, diagnostics) = session.check()
    if let checked { return .success(checked) }
    Shell.show(diagnostics, session.sources)
    return .failure(Shell.Failure(code: .faulty))
  }

  private static let diffUsage = "diff FILE|- FILE|-"

  private static func show(_ diff: SpecDiff, areSeveral: Bool, _ writesJSON: Bool) -> ExitCode {
    let count = diff.differences.count
    if writesJSON {
      for difference in diff.differences { Terminal.out(difference.json.line + "\n") }
      let result: JSON = .object([
        ("event", .text("result")), ("same", .flag(diff.isEmpty)), ("differences", .integer(count)),
      ])
      Terminal.out(result.line + "\n")
    } else {
      for difference in diff.differences { Terminal.out("\(difference)\n") }
      let same = areSeveral ? "the same experiments" : "the same experiment"
      Terminal.out(
        diff.isEmpty ? same + "\n" : "\n\(count) difference\(count == 1 ? "" : "s")\n")
    }
    return diff.isEmpty ? .done : .different
  }
}

extension ExitCode {
  /// What was compared is not the same.
  static var different: ExitCode { .missed }

  /// The graver of two.
  func or(_ other: ExitCode) -> ExitCode { other.rawValue > rawValue ? other : self }
}
