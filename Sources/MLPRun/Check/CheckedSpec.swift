import MLPLibrary
import MLPSyntax
import MLPTensor

/// A spec in which no mistake of the text is left: what it describes, once for each combination of its
/// alternatives. Only the checker makes one.
package struct CheckedSpec: Sendable {
  /// At least one; no two say the same.
  package let experiments: [Experiment]
  /// The alternatives that tell the experiments apart, in the order of the text.
  package let axes: [Axis]
}

/// One network with all that is needed to train and judge it.
package struct Experiment: Sendable {
  /// What this combination chose, in the order of the text.
  package let choices: [Choice]
  package let net: CheckedNet
  package let initialisation: Initialisation
  package let data: CheckedData?
  package let solver: CheckedSolver?
  package internal(set) var training: Training
  /// Those that are for this combination.
  package internal(set) var expectations: [Expectation]
  /// Every statement with each default written out; run again, it gives the same bits.
  package internal(set) var explicitText: String
}

/// A chain of layers that fit each other, and a loss.
package struct CheckedNet: Sendable {
  package let input: Shape
  package let layers: [PlacedLayer]
  package let loss: any Loss
  package let lossSpan: Span
  /// How many classes the outputs tell apart.
  package let classes: Int

  package var output: Shape { layers.last?.output ?? input }
  package var parameterCount: Int { layers.reduce(0) { $0 + $1.trainedCount } }
}

/// A layer with the shapes around it.
package struct PlacedLayer: Sendable {
  package let layer: any Layer
  package let input: Shape
  package let output: Shape
  package let parameters: [ParameterSpec]
  /// As the text says it: `fc 784 128`.
  package let text: String
  package let span: Span

  package var word: String { type(of: layer).schema.word }

  /// How many numbers are trained.
  package var trainedCount: Int {
    parameters.reduce(0) { $0 + ($1.isTrained ? $1.count : 0) }
  }
}

package struct Initialisation: Sendable {
  package let weights: any Initialiser
  /// nil: each layer's biases begin as its weights do.
  package let biases: (any Initialiser)?
}

package struct CheckedData: Sendable {
  package let source: any DataSource
  package let preparation: Preparation
  package let word: String
  package let span: Span
  /// Where each setting was written.
  let reading: Reading

  /// Where a problem with `setting` is shown.
  package func place(of setting: String?) -> Span { reading.place(of: setting) }
}

package struct CheckedSolver: Sendable {
  package let solver: any Solver
  package let span: Span
}

package struct Training: Sendable {
  package let batch: Int
  package internal(set) var epochs: Int
  package internal(set) var seed: Int
  package let shuffles: Bool
  package let repeats: Int
  package let checkpoints: CheckpointRule
  /// The gradient's greatest norm; nil where it is not limited.
  package let clip: Double?
  package let stop: StopRule?
  package let keepsBest: Bool
  /// Where `repeat` stands.
  let repeatSpan: Span

  init(_ values: Values, repeatSpan: Span) {
    self.repeatSpan = repeatSpan
    batch = values.integer("batch")
    epochs = values.integer("epochs")
    seed = values.integer("seed")
    shuffles = values.flag("shuffle")
    repeats = values.integer("repeat")
    checkpoints = CheckpointRule(values.phrase("checkpoint") ?? [])
    clip = values.optionalNumber("clip")
    stop = values.phrase("stop").flatMap { StopRule($0) }
    keepsBest = values.word("keep") == "best"
  }
}
