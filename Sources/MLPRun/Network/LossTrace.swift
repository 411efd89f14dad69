/// The mean loss of some observations in a row.
package struct LossPoint: Equatable, Sendable {
  /// At most `LossTrace.length`.
  package let observations: Int
  package let loss: Double
}

/// Cuts losses into pieces of 1 000 observations, in their order.
package struct LossTrace: Sendable {
  package static let length = 1000

  private var finished: [LossPoint] = []
  private var sum = 0.0
  private var count = 0

  package init() {}

  mutating func add(_ loss: Double) {
    sum += loss
    count += 1
    guard count == Self.length else { return }
    finished.append(LossPoint(observations: count, loss: sum / Double(count)))
    (sum, count) = (0, 0)
  }

  /// With the last piece, which may be shorter.
  package var points: [LossPoint] {
    count == 0 ? finished : finished + [LossPoint(observations: count, loss: sum / Double(count))]
  }
}
