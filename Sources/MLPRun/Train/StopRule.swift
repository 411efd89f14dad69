/// One of the numbers that each epoch is measured by.
package struct EpochMeasure: Equatable, Sendable {
  /// `train` or `validation`.
  package let set: String
  /// `loss` or `accuracy`.
  package let measure: String

  static let validationLoss = EpochMeasure(set: "validation", measure: "loss")

  /// As a sentence says it: `validation loss`.
  package var text: String { "\(set) \(measure)" }

  /// The first epoch than which none is better, from 0; nil where no epoch has a finite number.
  package func best(of records: [EpochRecord]) -> Int? {
    var best: Int?
    for index in records.indices where gains(records[index], over: best.map { records[$0] }) {
      best = index
    }
    return best
  }

  /// Whether the first is better than the second. What is not finite is never better.
  private func gains(_ record: EpochRecord, over other: EpochRecord?) -> Bool {
    guard let value = value(of: record), value.isFinite else { return false }
    guard let other = other.flatMap({ self.value(of: $0) }) else { return true }
    return measure == "loss" ? value < other : value > other
  }

  private func value(of record: EpochRecord) -> Double? {
    let score = set == "train" ? record.train : record.validation
    return score.map { measure == "loss" ? $0.loss : $0.accuracy }
  }
}

/// When training ends before its last epoch.
package struct StopRule: Equatable, Sendable {
  package let measure: EpochMeasure
  /// How many epochs in a row may bring nothing better.
  package let patience: Int

  /// From `when validation loss 5 epochs without gain`, as read.
  init?(_ words: [String]) {
    guard words.count == 7, let patience = Int(words[3]) else { return nil }
    measure = EpochMeasure(set: words[1], measure: words[2])
    self.patience = patience
  }

  /// Whether the last epochs brought nothing better than the best before them.
  package func ends(_ records: [EpochRecord]) -> Bool {
    records.count - 1 - (measure.best(of: records) ?? -1) >= patience
  }
}
