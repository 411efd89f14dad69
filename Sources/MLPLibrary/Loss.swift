import MLPTensor

/// The chain's last word: what training makes small.
package protocol Loss: Entry {
  /// How many classes a network with that many outputs tells apart.
  ///
  /// - Throws: a `Problem` where no number of classes fits.
  func classes(forOutputs outputs: Int) throws(Problem) -> Int

  /// The same loss for the plan; nil where it calls `losses` and `gradient`.
  func rule(outputs: Int) -> LossRule?

  /// The loss of each sample. o: [n, k]
  func losses<S: Scalar>(_ o: Tensor<S>, labels: [Int32]) -> [Double]

  /// scale·∂(Σ losses)/∂o. The scale is 1/n where the gradient is averaged over the batch, else 1.
  func gradient<S: Scalar>(_ o: Tensor<S>, labels: [Int32], scale: S) -> Tensor<S>

  /// How probable each class is by the outputs of one sample, each in 0 ... 1.
  func probabilities(_ outputs: [Float]) -> [Double]

  /// The class that the outputs of one sample speak for.
  func prediction<S: Scalar>(_ outputs: ArraySlice<S>) -> Int32
}

extension Loss {
  package func rule(outputs: Int) -> LossRule? { nil }

  package func classes(forOutputs outputs: Int) throws(Problem) -> Int {
    guard outputs >= 2 else {
      throw Problem(
        "'\(Self.schema.word)' needs an output for each class, so at least 2, and finds 1",
        help: "for two classes on one output, end the chain with 'binary_ce'")
    }
    return outputs
  }

  /// The first of the greatest outputs.
  package func prediction<S: Scalar>(_ outputs: ArraySlice<S>) -> Int32 {
    var best = outputs.startIndex
    for index in outputs.indices where outputs[index] > outputs[best] { best = index }
    return Int32(best - outputs.startIndex)
  }
}

/// What outputs that were trained towards the one-hot label say of the classes: each is itself the estimate, and
/// what lies outside of 0 ... 1 is cut off. They need not add up to 1.
func clippedProbabilities(_ outputs: [Float]) -> [Double] {
  outputs.map { min(1, max(0, Double($0))) }
}
