import MLPLibrary

/// The session's networks side by side.
///
/// Nothing is left out of a network or of what else tells it apart, so that no two look alike: where a line has no
/// room for them, they stand in a list above the numbers.
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
    let networks = Column(
      title: "network", alignment: .left, cells: trials.map { $0.experiment.netText })
    let telling = self.telling
    let whole = table([networks] + telling + results, current)
    if fits(whole) { return whole }
    let numbers = table(telling + results, current)
    if fits(numbers) { return list([]) + "\n" + numbers }
    return list(telling) + "\n" + table(results, current)
  }

  private struct Column {
    let title: String
    var alignment = TextTable.Alignment.right
    let cells: [String]
  }

  private func fits(_ text: String) -> Bool {
    text.split(separator: "\n").allSatisfy { $0.count <= width }
  }

  /// The head, and a line for each trial.
  private func table(_ others: [Column], _ current: Int?) -> String {
    let columns = [Column(title: "", cells: trials.map { String($0.number) })] + others
    var table = TextTable(columns.map { $0.alignment })
    table.add(columns.map { $0.title })
    for row in trials.indices { table.add(columns.map { $0.cells[row] }) }
    let text: String = table.text
    var lines = text.split(separator: "\n").map { String($0) }
    if let row = trials.firstIndex(where: { $0.number == current }) {
      lines[row + 1] = "> " + lines[row + 1].dropFirst(2)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Each trial's network, and what columns say of it.
  private func list(_ columns: [Column]) -> String {
    let margin = 4 + (trials.map { String($0.number).count }.max() ?? 1)
    let room = max(20, width - margin)
    let indent = "\n" + String(repeating: " ", count: margin)
    return trials.enumerated().map { row, trial in
      let number = String(trial.number)
      let chain = trial.experiment.links.enumerated().map { $0 == 0 ? $1 : "-> " + $1 }
      let others = columns.map { "\($0.title) \($0.cells[row])" }
      let lines = chain.wrapped(to: room) + others.flatMap { $0.wrapped(to: room) }
      return String(repeating: " ", count: margin - 2 - number.count) + number + "  "
        + lines.joined(separator: indent) + "\n"
    }.joined()
  }

  /// What tells the trials apart besides their networks.
  private var telling: [Column] {
    let lines = ["init", "data", "solver"].map { keyword in
      Column(
        title: keyword, alignment: .left,
        cells: Self.differences(trials.map { $0.experiment.line(keyword) }))
    }
    // Only what the others don't say.
    let training = Column(
      title: "training", alignment: .left,
      cells: Self.differences(
        trials.map { $0.experiment.training(but: ["batch", "epochs", "seed"]) }))
    let numbers = [
      Column(title: "seed", cells: trials.map { String($0.key.seed) }),
      Column(title: "batch", cells: trials.map { String($0.experiment.training.batch) }),
      Column(title: "planned", cells: trials.map { $0.key.epochs.map { String($0) } ?? "" }),
    ]
    return (lines + [training] + numbers).filter { Set($0.cells).count > 1 }
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
      return words[min(max(0, front - 1), last)..<last].joined(separator: " ")
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
  var netText: String { links.joined(separator: " -> ") }

  /// The layers and the loss.
  fileprivate var links: [String] {
    net.layers.map { $0.text } + [type(of: net.loss).schema.word]
  }
}
