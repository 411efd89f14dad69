/// How fast one experiment trained.
package struct BenchReport: Sendable {
  /// The spec's file.
  package let spec: String
  /// What the experiment chose of the spec's alternatives: `lr 0.1`.
  package let choices: [String]
  /// The word of the source that the samples really came from, and the one that the spec names.
  package let data: String
  package let dataNamed: String
  package let threads: Int
  package let batch: Int
  /// What an epoch trains on.
  package let samples: Int
  /// Of the dense network, in training; see `Experiment.multiplyAddsPerSample`.
  package let multiplyAddsPerSample: Int
  /// Each timed epoch's; at least one.
  package let epochSeconds: [Double]
  package let loadSeconds: Double
  /// What the same threads can do at most: floating-point operations a second, measured beside.
  package let peak: Double
  /// In bytes, data and all; nil where the system doesn't tell.
  package let peakMemory: Int?
  /// After the first epoch, so that they don't depend on how many were timed.
  package let testAccuracy: Double?
  package let weightsHash: String

  package var usedFallback: Bool { data != dataNamed }

  /// The median of the epochs.
  package var secondsPerEpoch: Double { Self.median(epochSeconds) }

  package var samplesPerSecond: Double { Double(samples) / secondsPerEpoch }

  /// Floating-point operations of the dense network in an epoch, a multiply-add counted as two.
  package var operationsPerEpoch: Double { 2 * Double(multiplyAddsPerSample) * Double(samples) }

  /// Floating-point operations of the dense network that were done, or proved superfluous, in a second.
  package var operationsPerSecond: Double { operationsPerEpoch / secondsPerEpoch }

  /// More than 1 where the zeros of the input save more than the rest costs.
  package var shareOfPeak: Double { operationsPerSecond / peak }

  /// The middle one, or the mean of the two in the middle.
  ///
  /// - Parameter numbers: at least one.
  static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

/// How a spec is timed.
package struct BenchSettings: Sendable {
  package let threads: Int
  /// Epochs to time; nil: as many as fit into `seconds`.
  package let epochs: Int?
  /// The process's peak memory in bytes since `forgetPeakMemory`.
  package let peakMemory: @Sendable () -> Int?
  package let forgetPeakMemory: @Sendable () -> Void

  static let seconds = 3.0
  /// A median of fewer says little, one of more hardly more.
  static let usefulEpochs = 3...100

  package init(
    threads: Int, epochs: Int?, peakMemory: @escaping @Sendable () -> Int?,
    forgetPeakMemory: @escaping @Sendable () -> Void
  ) {
    self.threads = threads
    self.epochs = epochs
    self.peakMemory = peakMemory
    self.forgetPeakMemory = forgetPeakMemory
  }

  /// Whether epochs that took so long are enough.
  func isEnough(_ epochSeconds: [Double]) -> Bool {
    if let epochs { return epochSeconds.count >= epochs }
    guard epochSeconds.count >= Self.usefulEpochs.lowerBound else { return false }
    return epochSeconds.reduce(0, +) >= Self.seconds
      || epochSeconds.count >= Self.usefulEpochs.upperBound
  }
}
