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
      table.add(name, RunTable.loss(score.loss), Format.fixed(score.accuracy, 4))
    }
    return table.text + expectations(training, scores) + facts(training)
  }

  private static func expectations(
    _ training: ReplTraining, _ scores: ReplTraining.Scores
  ) -> String {
    let experiment = training.experiment
    guard !experiment.expectations.isEmpty else { return "" }
    let run = SweepRun(
      row: 0, repetition: 0, seed: experiment.training.seed, epochs: training.records,
      outcome: .finished(report(training, scores)))
    let results = experiment.expectations.map { expectation in
      ExpectationResult(expectation, runs: [run]) { set in
        // What is expected of the training set is meant as a run measures it: along its last epoch.
        let score =
          switch set {
          case "train": training.records.last?.train
          case "validation": scores.validation
          default: scores.test
          }
        return ScoreSpread([score].compactMap { $0 })
      }
    }
    return "\n" + RunTable.expectations(results)
  }

  /// What a run would say that ended here.
  private static func report(
    _ training: ReplTraining, _ scores: ReplTraining.Scores
  ) -> RunReport {
    RunReport(
      train: training.records.last?.train ?? scores.train, validation: scores.validation,
      test: scores.test, seconds: RunReport.Seconds(), samplesPerSecond: 0,
      weightsHash: training.weightsHash, data: training.data.name,
      dataNamed: training.experiment.data?.word ?? training.data.name,
      seed: training.experiment.training.seed, epochs: training.records,
      keptEpoch: training.records.count, kept: nil, model: nil)
  }

  private static func facts(_ training: ReplTraining) -> String {
    var table = TextTable([.left, .left])
    table.add("epochs", String(training.records.count))
    table.add("weights", training.weightsHash)
    return "\n" + table.text
  }
}
