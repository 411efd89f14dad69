import MLPLibrary

/// The session's networks side by side.
enum CompareTable {
  /// - Parameter current: the number of the trial that would go on with the next training.
  static func text(_ trials: [ReplTrial], current: Int?) -> String {
    let columns = columns(trials)
    var table = TextTable(columns.map { $0.alignment })
    table.add(columns.map { $0.title })
    for trial in trials { table.add(columns.map { $0.cell(trial) }) }
    guard trials.contains(where: { $0.number == current }) else { return table.text }
    return table.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { index, line in
        let isCurrent = index > 0 && index <= trials.count && trials[index - 1].number == current
        return isCurrent ? "> " + line.dropFirst(2) : String(line)
      }.joined(separator: "\n")
  }

  private struct Column {
    let title: String
    let alignment: TextTable.Alignment
    let cell: (ReplTrial) -> String
  }

  /// Those that say what differs, and what came of it.
  private static func columns(_ trials: [ReplTrial]) -> [Column] {
    let given: [Column] =
      [Column(title: "network", alignment: .left) { $0.experiment.netText }]
      + [("init", "init"), ("data", "data"), ("solver", "solver")].map { title, keyword in
        Column(title: title, alignment: .left) { $0.experiment.line(keyword) }
      } + [
        Column(title: "seed", alignment: .right) { String($0.key.seed) },
        Column(title: "batch", alignment: .right) { String($0.experiment.training.batch) },
      ]
    // The network stays also where it is the same.
    let telling = given.enumerated().filter { index, column in
      index == 0 || Set(trials.map { column.cell($0) }).count > 1
    }.map { $0.element }
    return [Column(title: "", alignment: .right) { String($0.number) }] + telling
      + results(trials)
  }

  private static func results(_ trials: [ReplTrial]) -> [Column] {
    var columns = [
      Column(title: "parameters", alignment: .right) {
        Format.grouped($0.experiment.net.parameterCount)
      },
      Column(title: "epochs", alignment: .right) {
        String($0.records.count) + ($0.hasDiverged ? ", diverged" : "")
      },
      Column(title: "train", alignment: .right) { accuracy($0.records.last?.train) },
    ]
    if trials.contains(where: { $0.records.last?.validation != nil }) {
      columns.append(
        Column(title: "validation", alignment: .right) { accuracy($0.records.last?.validation) })
    }
    if trials.contains(where: { $0.test != nil }) {
      columns.append(Column(title: "test", alignment: .right) { accuracy($0.test) })
    }
    return columns
  }

  private static func accuracy(_ score: Score?) -> String {
    score.map { Format.fixed($0.accuracy, 4) } ?? ""
  }
}

extension Experiment {
  /// The network as its layers say it, without what they say by default.
  var netText: String {
    (net.layers.map { $0.text } + [type(of: net.loss).schema.word]).joined(separator: " -> ")
  }
}
