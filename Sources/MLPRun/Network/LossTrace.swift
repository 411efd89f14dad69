/// The mean loss of some observations in a row.
package struct LossPoint: Equatable, Sendable {
  /// At most `LossTrace.length`.
  package let observations: Int
  package let loss: Double
}

/// Cuts losses into pieces of 1 000 observations, in their order.
package struct LossTrace: Equatable, Sendable {
  package static let length = 1000

  private(set) var finished: [LossPoint] = []
  /// Of the piece that isn't finished.
  private(set) var sum = 0.0
  private var count = 0

  package init() {}

  /// A trace that goes on.
  ///
  /// - Parameter count: the losses of the piece that isn't finished; fewer than `length`.
  init(finished: [LossPoint], sum: Double, count: Int) {
    self.finished = finished
    self.sum = sum
    self.count = count
  }

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
