import MLPLibrary
import MLPTensor

/// What a batch got: each sample's loss, and how many predictions were right.
package struct BatchScore: Sendable {
  package let losses: [Double]
  package let correct: Int

  package init(losses: [Double], correct: Int) {
    self.losses = losses
    self.correct = correct
  }

  /// o: [n, outputs]
  package init<S: Scalar>(_ o: Tensor<S>, labels: [Int32], _ loss: any Loss) {
    losses = loss.losses(o, labels: labels)
    correct = labels.indices.reduce(0) { count, row in
      let outputs = o.elements[row * o.columns..<(row + 1) * o.columns]
      return count + (loss.prediction(outputs) == labels[row] ? 1 : 0)
    }
  }

  package var isFinite: Bool { losses.allSatisfy { $0.isFinite } }
}

/// Mean loss and accuracy over many samples.
package struct Score: Equatable, Sendable {
  package let loss: Double
  package let accuracy: Double
}

/// Adds scores up, in Double and in sample order.
package struct ScoreSum: Equatable, Sendable {
  private(set) var loss = 0.0
  private(set) var correct = 0
  package private(set) var count = 0
  /// The losses' means in pieces, in order.
  private(set) var trace = LossTrace()

  package init() {}

  /// A sum that goes on.
  init(loss: Double, correct: Int, count: Int, trace: LossTrace) {
    self.loss = loss
    self.correct = correct
    self.count = count
    self.trace = trace
  }

  /// Samples in order: each one's loss, and 1 where its prediction was right.
  mutating func add(
    _ losses: Slice<UnsafeMutableBufferPointer<Double>>,
    _ hits: Slice<UnsafeMutableBufferPointer<UInt8>>
  ) {
    for sample in losses {
      loss += sample
      trace.add(sample)
    }
    for hit in hits { correct += Int(hit) }
    count += losses.count
  }

  mutating func add(_ batch: BatchScore) {
    for sample in batch.losses { loss += sample }
    correct += batch.correct
    count += batch.losses.count
  }

  package var score: Score {
    Score(loss: loss / Double(count), accuracy: Double(correct) / Double(count))
  }
}
