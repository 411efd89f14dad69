import MLPRun

extension Command {
  static let explain: Command = Command(
    name: "explain", usage: "explain [CODE]",
    summary:
      "Says what a diagnostic's code means, with an example; without a code, lists them all.",
    options: [], examples: ["mlpc explain E0312", "mlpc explain"],
    operands: .words(DiagnosticCodes.all.map { (entry: DiagnosticCodes.Entry) in entry.code })
  ) { (arguments: Arguments) in
    guard let code = arguments.files.first else {
      Terminal.out(ExplainText.overview)
      return .done
    }
    guard arguments.files.count == 1 else {
      return Shell.usageError("explain takes one code", "explain [CODE]")
    }
    guard let text = ExplainText.text(of: code) else {
      let mend = ExplainText.nearest(to: code).map { "; did you mean '\($0)'?" } ?? ""
      Terminal.error("mlpc: there is no code '\(code)'\(mend)\n")
      return .usage
    }
    Terminal.out(text)
    return .done
  }
}
