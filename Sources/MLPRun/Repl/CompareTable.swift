import MLPLibrary

/// The session's networks side by side.
struct CompareTable {
  private let trials: [ReplTrial]
  /// How wide a line may be.
  private let width: Int

  init(_ trials: [ReplTrial], width: Int) {
    self.trials = trials
    self.width = width
  }

  /// - Parameter current: the number of the trial that would go on with the next training.
  func text(current: Int?) -> String {
    var lines = lines(networkWidth: .max)
    let excess = (lines.map { $0.count }.max() ?? 0) - width
    if excess > 0 {
      let longest = trials.map { $0.experiment.netText.count }.max() ?? 0
      lines = self.lines(networkWidth: max(Self.leastNetwork, longest - excess))
    }
    if let row = trials.firstIndex(where: { $0.number == current }) {
      lines[row + 1] = "> " + lines[row + 1].dropFirst(2)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static let leastNetwork = 16

  private struct Column {
    let title: String
    var alignment = TextTable.Alignment.right
    let cells: [String]
  }

  /// The head, and a line for each trial.
  private func lines(networkWidth: Int) -> [String] {
    let names = trials.map { Self.shortened($0.experiment.netText, to: networkWidth) }
    var columns = [Column(title: "", cells: trials.map { String($0.number) })]
    columns.append(Column(title: "network", alignment: .left, cells: names))
    columns += telling + results
    var table = TextTable(columns.map { $0.alignment })
    table.add(columns.map { $0.title })
    for row in trials.indices { table.add(columns.map { $0.cells[row] }) }
    let text: String = table.text
    return text.split(separator: "\n").map { String($0) }
  }

  /// Without its middle where it is too long: networks differ at their ends as well.
  private static func shortened(_ text: String, to length: Int) -> String {
    guard text.count > length else { return text }
    let rest = max(2, length - 1)
    return text.prefix((rest + 1) / 2) + "…" + text.suffix(rest / 2)
  }

  /// What tells the trials apart besides their networks.
  private var telling: [Column] {
    let lines = ["init", "data", "solver"].map { keyword in
      Column(
        title: keyword, alignment: .left,
        cells: Self.differences(trials.map { $0.experiment.line(keyword) }))
    }
    let numbers = [
      Column(title: "seed", cells: trials.map { String($0.key.seed) }),
      Column(title: "batch", cells: trials.map { String($0.experiment.training.batch) }),
    ]
    return (lines + numbers).filter { Set($0.cells).count > 1 }
  }

  /// Each line without the words at both ends that all have; the name before a value stays.
  private static func differences(_ lines: [String]) -> [String] {
    let words = lines.map { $0.split(separator: " ") }
    let shortest = words.map { $0.count }.min() ?? 0
    func isShared(_ place: (ArraySlice<Substring>) -> Substring?) -> Bool {
      Set(words.map { place($0[...]) }).count == 1
    }
    let front = (0..<shortest).first { index in !isShared { $0[index] } } ?? shortest
    let back = (0..<shortest - front).first { index in !isShared { $0.dropLast(index).last } }
    return words.map { words in
      let last = words.count - (back ?? shortest - front)
      return shortened(words[min(max(0, front - 1), last)..<last].joined(separator: " "), to: 30)
    }
  }

  /// What came of each.
  private var results: [Column] {
    let last = trials.map { $0.records.last }
    let columns = [
      Column(
        title: "parameters",
        cells: trials.map { Format.grouped($0.experiment.net.parameterCount) }),
      Column(
        title: "epochs",
        cells: trials.map { String($0.records.count) + ($0.hasDiverged ? ", diverged" : "") }),
      Column(title: "train", cells: last.map { Self.accuracy($0?.train) }),
      Column(title: "validation", cells: last.map { Self.accuracy($0?.validation) }),
      Column(title: "test", cells: trials.map { Self.accuracy($0.test) }),
    ]
    return columns.filter { column in column.cells.contains { !$0.isEmpty } }
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
