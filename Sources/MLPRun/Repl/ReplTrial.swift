import MLPLibrary

/// A network that was trained in the session, or is about to be.
struct ReplTrial {
  /// What weights belong to: other settings begin with other weights, or learn from other samples.
  struct Key: Hashable {
    let net: String
    let initialisation: String
    let data: String
    let seed: Int
    /// Solver and training settings where they tell the combinations of a sweep apart, else empty.
    let variant: String
    /// Those of the `train` statement where they tell the combinations of a sweep apart.
    let epochs: Int?

    /// - Parameter combinations: all of the spec, this one among them.
    init(_ experiment: Experiment, among combinations: [Experiment]) {
      net = experiment.line("net")
      initialisation = experiment.line("init")
      data = experiment.line("data")
      seed = experiment.training.seed
      let isInSweep = combinations.count > 1
      variant =
        isInSweep ? experiment.line("solver") + "\n" + experiment.training(but: ["epochs"]) : ""
      let epochs = experiment.training.epochs
      self.epochs = combinations.contains { $0.training.epochs != epochs } ? epochs : nil
    }
  }

  let key: Key
  /// From 1, in the order of the session.
  let number: Int
  /// As it was trained last.
  var experiment: Experiment
  /// nil before the first training, and where it was let go of to save memory.
  var training: ReplTraining?
  /// The epochs that are done, also where the training was let go of.
  var records: [EpochRecord] = []
  /// Whether the last training ended so.
  var hasDiverged = false
  /// Of the present weights.
  var test: Score?
  /// The word of the source that the samples really came from.
  var dataName: String?

  var wasTrained: Bool { !records.isEmpty || hasDiverged }
  var wasLetGo: Bool { training == nil && !records.isEmpty }
}

/// The session's networks, in the order in which they were first trained.
struct ReplTrials {
  private(set) var all: [ReplTrial] = []

  /// Where the trial with this key stands.
  func index(_ key: ReplTrial.Key) -> Int? { all.firstIndex { $0.key == key } }

  /// The trial of an experiment: the one that there is, or a new one.
  ///
  /// - Parameter combinations: all of the spec, this one among them.
  mutating func index(of experiment: Experiment, among combinations: [Experiment]) -> Int {
    let key = ReplTrial.Key(experiment, among: combinations)
    if let index = index(key) { return index }
    all.append(ReplTrial(key: key, number: all.count + 1, experiment: experiment))
    return all.count - 1
  }

  subscript(index: Int) -> ReplTrial {
    get { all[index] }
    set { all[index] = newValue }
  }

  /// Lets trainings go, the oldest first, until the others take no more than `memory` bytes; that at `index`
  /// stays.
  mutating func release(beyond memory: Int, besides index: Int) {
    var excess = all.reduce(-memory) { $0 + ($1.training?.memory ?? 0) }
    for other in all.indices where other != index && excess > 0 {
      excess -= all[other].training?.memory ?? 0
      all[other].training = nil
    }
  }
}

extension Experiment {
  /// The settings of `train` but for some of one word each.
  func training(but names: [Substring]) -> String {
    var words = line("train").split(separator: " ")[...]
    for name in names {
      guard let place = words.firstIndex(of: name) else { continue }
      words = words[..<place] + words[place...].dropFirst(2)
    }
    return words.joined(separator: " ")
  }

  /// A statement with its defaults, without its keyword; empty where there is none.
  func line(_ keyword: String) -> String { lines(keyword).first ?? "" }

  /// All statements with that keyword.
  func lines(_ keyword: String) -> [String] {
    explicitText.split(separator: "\n").filter { $0.hasPrefix(keyword + " ") }
      .map { String($0.dropFirst(keyword.count).drop { $0 == " " }) }
  }
}
