import MLPLibrary
import MLPTensor

/// What a run came to.
package struct RunReport: Sendable {
  package struct Seconds: Sendable {
    package var load = 0.0
    package var train = 0.0
    package var evaluate = 0.0
  }

  /// The last epoch's, each sample measured before its step's update.
  package let train: Score
  package let validation: Score?
  package let test: Score?
  package let seconds: Seconds
  package let samplesPerSecond: Double
  package let weightsHash: String
  /// The word of the source that the samples really came from.
  package let data: String
  /// The word that the spec names.
  package let dataNamed: String
  package let seed: Int
  package let epochs: [EpochRecord]
  /// The epoch, from 1, whose parameters these are.
  package let keptEpoch: Int
  /// What is left of the run; nil where nothing was to be kept.
  package let kept: Kept?

  /// What a run left in its folder.
  package struct Kept: Sendable {
    /// The file with the model; nil where it could not be written.
    package let model: String?
    /// Why something could not be written at the end.
    package let problem: Problem?
  }

  /// What was learnt; nil where several runs would have to keep theirs in memory.
  package internal(set) var model: TrainedModel?

  package var usedFallback: Bool { data != dataNamed }

  /// The training loss, each 1 000 observations; shorter where an epoch ends.
  package var trace: [LossPoint] { epochs.flatMap { $0.trace } }
}

/// A network after its training, with the data that it was trained and measured on.
package struct TrainedModel: Sendable {
  package let net: CheckedNet
  /// By layer, in the order of the layer's specs.
  package let parameters: [[Tensor<Float>]]
  package let data: PreparedData
  /// On the test set, or else the validation set; nil where there is neither.
  package let predictions: Predictions?
}

/// What a network says of each sample of a set.
package struct Predictions: Sendable {
  /// `test` or `validation`.
  package let set: String
  /// Where the samples are, to be drawn.
  package let samples: Samples
  /// The indices in `samples`.
  package let rows: Range<Int>
  /// Each one's predicted class.
  package let classes: [Int32]

  /// Each one's own class.
  package var labels: ArraySlice<Int32> { samples.labels[rows] }
}
