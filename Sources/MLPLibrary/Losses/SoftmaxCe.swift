import MLPTensor

/// Softmax and cross-entropy in one.
package struct SoftmaxCe: Loss {
  package static let schema = Schema(
    "softmax_ce",
    "Softmax with cross-entropy: minus the logarithm of the true class's probability.",
    formula: """
      p[k] = e^o[k] / Σ_j e^o[j]
      loss = mean_n -log p[n, label]
      do = (p - t) / n   with t the label as one-hot
      """,
    source: "PyTorch's torch.nn.CrossEntropyLoss",
    examples: ["net fc 3 4 -> softmax_ce"])

  package init(_ values: Values) {}

  /// p, in Double and in index order.
  package func probabilities(_ outputs: [Float]) -> [Double] {
    let highest = Double(outputs.max() ?? 0)
    let powers = outputs.map { Double.exp(Double($0) - highest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  package func rule(outputs: Int) -> LossRule? { .softmaxCrossEntropy }

  @_specialize(where S == Float)
  package func losses<S: Scalar>(_ o: Tensor<S>, labels: [Int32]) -> [Double] {
    let normalisers = Kernel.logSumExpRows(o)
    return labels.indices.map {
      normalisers[$0] - Double(o.elements[$0 * o.columns + Int(labels[$0])])
    }
  }

  @_specialize(where S == Float)
  package func gradient<S: Scalar>(_ o: Tensor<S>, labels: [Int32], scale: S) -> Tensor<S> {
    var p = o
    Kernel.softmaxRows(&p)
    for row in 0..<p.rows { p.elements[row * p.columns + Int(labels[row])] -= 1 }
    return p.map { $0 * scale }
  }
}
