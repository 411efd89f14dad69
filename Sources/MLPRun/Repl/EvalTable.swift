import MLPLibrary

/// The present weights measured on all sets, and beside what is expected.
enum EvalTable {
  static func text(_ training: ReplTraining, _ scores: ReplTraining.Scores) -> String {
    var table = TextTable([.left, .right, .right])
    table.add("", "loss", "accuracy")
    for (name, score) in [
      ("train", scores.train), ("validation", scores.validation), ("test", scores.test),
    ] {
      guard let score else { continue }
      table.add(name, Format.fixed(score.loss, 4), Format.fixed(score.accuracy, 4))
    }
    return table.text + expectations(training, scores) + facts(training)
  }

  private static func expectations(
    _ training: ReplTraining, _ scores: ReplTraining.Scores
  ) -> String {
    let experiment = training.experiment
    guard !experiment.expectations.isEmpty else { return "" }
    let usedFallback = experiment.data?.word != training.data.name
    var table = TextTable([.left, .right, .right, .left])
    table.add("expect", "expected", "reached", "")
    for expectation in experiment.expectations {
      // What is expected of the training set is meant as a run measures it: along its last epoch.
      let sets = [
        "train": training.records.last?.train, "validation": scores.validation, "test": scores.test,
      ]
      let result = ExpectationResult(
        expectation, score: sets[expectation.set] ?? nil, usedFallback: usedFallback)
      table.add(
        "\(expectation.set) \(expectation.measure)",
        "\(Format.number(expectation.value)) ± \(Format.number(expectation.within))",
        result.reached.map { Format.fixed($0, 4) } ?? "", result.verdict.rawValue)
    }
    return "\n" + table.text
  }

  private static func facts(_ training: ReplTraining) -> String {
    var table = TextTable([.left, .left])
    table.add("epochs", String(training.records.count))
    table.add("weights", training.weightsHash)
    return "\n" + table.text
  }
}
