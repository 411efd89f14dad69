import MLPTensor

/// Half the squared distance to the one-hot label.
package struct Euclidean: Loss {
  package static let schema = Schema(
    "euclidean", "Half the squared distance between the outputs and the label as one-hot.",
    formula: """
      loss = mean_n ½ Σ_k (o[n, k] - t[n, k])²
      do = (o - t) / n
      """,
    source: "Caffe's EuclideanLoss",
    examples: ["net fc 3 4 -> euclidean"])

  package init(_ values: Values) {}

  package func probabilities(_ outputs: [Float]) -> [Double] { clippedProbabilities(outputs) }

  package func rule(outputs: Int) -> LossRule? {
    .squared(factor: 0.5, divisor: 1, gradientFactor: 1, gradientDivisor: 1)
  }

  package func losses<S: Scalar>(_ o: Tensor<S>, labels: [Int32]) -> [Double] {
    squaredDistances(o, labels).map { 0.5 * $0 }
  }

  @_specialize(where S == Float)
  package func gradient<S: Scalar>(_ o: Tensor<S>, labels: [Int32], scale: S) -> Tensor<S> {
    var d = o
    for row in 0..<d.rows { d.elements[row * d.columns + Int(labels[row])] -= 1 }
    return d.map { $0 * scale }
  }
}

/// Σ_k (o[n, k] - t[n, k])² of each sample, in Double and in index order.
@_specialize(where S == Float)
func squaredDistances<S: Scalar>(_ o: Tensor<S>, _ labels: [Int32]) -> [Double] {
  labels.indices.map { row in
    var sum = 0.0
    for k in 0..<o.columns {
      let target: S = k == Int(labels[row]) ? 1 : 0
      let difference = Double(o.elements[row * o.columns + k] - target)
      sum += difference * difference
    }
    return sum
  }
}
