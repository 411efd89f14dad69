import MLPLibrary

/// What a spec describes: the table of shapes, or a line for each combination of alternatives.
enum SpecTable {
  static func text(_ experiments: [Experiment]) -> String {
    guard experiments.count > 1 else { return CheckTable.text(experiments[0]) }
    let choices = experiments[0].choices.count
    var table = TextTable(
      Array(repeating: .left, count: choices) + [.right, .right, .right])
    table.add(Array(repeating: "", count: choices) + ["layers", "parameters", "memory to train"])
    for experiment in experiments.prefix(shown) {
      // A choice may bring others with it.
      let texts = (experiment.choices.map { $0.text } + Array(repeating: "", count: choices))
        .prefix(choices)
      table.add(
        texts + [
          String(experiment.net.layers.count), Format.grouped(experiment.net.parameterCount),
          Format.bytes(experiment.trainingMemory),
        ])
    }
    let rest = experiments.count - shown
    return table.text + (rest > 0 ? "  … and \(rest) more\n" : "")
  }

  private static let shown = 20
}
