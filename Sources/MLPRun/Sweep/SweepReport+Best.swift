extension SweepReport {
  /// The best of several rows, all of whose runs came to their end: by accuracy on the test set, or else the
  /// validation set, then by loss there; by training loss where there is neither. The first of equals.
  package var best: Int? {
    guard rows.count > 1 else { return nil }
    let candidates = rows.indices.filter { index in
      rows[index].runs.allSatisfy { $0.outcome.report != nil }
    }
    let set = ["test", "validation"].first { set in
      !candidates.isEmpty && candidates.allSatisfy { rows[$0].spread(of: set) != nil }
    }
    return candidates.min { isBetter(rows[$0], rows[$1], on: set) }
  }

  /// - Parameter set: nil: by training loss.
  private func isBetter(_ row: SweepRow, _ other: SweepRow, on set: String?) -> Bool {
    guard let a = row.spread(of: set ?? "train"), let b = other.spread(of: set ?? "train")
    else { return false }
    if set != nil, a.accuracy.mean != b.accuracy.mean { return a.accuracy.mean > b.accuracy.mean }
    return a.loss.mean < b.loss.mean
  }
}
