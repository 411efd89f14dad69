import MLPLibrary

// `:help` and `:explain`.
extension Repl {
  mutating func help(_ argument: String) {
    guard !argument.isEmpty else { return view.show(Self.overview(columns: view.columns)) }
    let name = argument.hasPrefix(":") ? String(argument.dropFirst()) : argument
    if argument.hasPrefix(":") || ReplCommand(rawValue: name) != nil && name != "train",
      let command = ReplCommand(name)
    {
      return view.show("\(command.usage)\n  \(command.help)\n" + command.more)
    }
    if let text = WordHelp(columns: view.columns).text(about: name) { return view.show(text) }
    let mend = Suggestion.mend(name, among: WordHelp.names)
    fail("no word is called '\(name)'" + (mend.map { "; \($0.help)" } ?? ""))
  }

  static func overview(columns: Int) -> String {
    let width = max(40, min(columns, 100))
    let usages = ReplCommand.allCases.map { $0.usage.count }.max() ?? 0
    var table = TextTable([.left, .left])
    for command in ReplCommand.allCases {
      let lines = command.help.wrapped(to: max(20, width - usages - 4))
      for (line, text) in lines.enumerated() { table.add(line == 0 ? command.usage : "", text) }
    }
    return beginning.wrapped(to: width).map { $0 + "\n" }.joined() + "\n" + table.text + "\n"
      + end.wrapped(to: width).map { $0 + "\n" }.joined()
  }

  private static let beginning = """
    A chain such as 'fc 784 32 -> relu -> fc 10 -> softmax_ce' replaces the network, a statement the \
    one with its keyword, 'let' the name. 'expect' replaces what is expected of the same set, measure, kind of \
    target (a number, 'at least', 'at most') and 'when', and says so; else it is one more. A statement with a \
    mistake of its own changes nothing; one that doesn't go together with the others yet is taken all the same.
    """

  private static let end = """
    The beginning of a name is enough. Weights are kept while net, init, data and seed stay the same; \
    back at a network that was tried before, training goes on where it stood. Schedules run over the \
    epochs of 'train'; training beyond them stretches them. Ctrl-C stops training and the loading of \
    data, not the REPL.
    """

  mutating func explain(_ argument: String) {
    let code = argument.uppercased()
    guard !code.isEmpty else { return fail("say which code: ':explain E0312'") }
    guard let text = ExplainText.text(of: code) else {
      let nearest = ExplainText.nearest(to: code)
      return fail(
        "there is no code '\(argument)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
    }
    view.show(text)
  }
}

extension ReplCommand {
  /// What else there is to say.
  var more: String {
    switch self {
    case .train:
      """
        A spec with alternatives trains each combination, and compares them. Within the epochs that the
        'train' statement says, weights are the same bits as those of 'mlpc run'. Of more than 30 epochs,
        the first ten are shown, then each tenth, each hundredth, and so on.

      """
    case .set:
      """
        ':set lr 0.01' finds the statement by itself; ':set data seed 2' says which where several have
        such a setting. Settings of layers are changed by typing the chain anew.

      """
    case .weights:
      """
        'moved' is the way from the untrained weights, as a share of their length. Pictures are drawn
        where a fully connected layer takes the pixels: black is below 0, white above.

      """
    default: ""
    }
  }
}
