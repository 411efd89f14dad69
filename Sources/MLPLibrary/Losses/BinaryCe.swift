import MLPTensor

/// Sigmoid and cross-entropy of two classes on one output.
package struct BinaryCe: Loss {
  package static let schema = Schema(
    "binary_ce",
    "Sigmoid with cross-entropy for two classes on one output, which is class 1's log-odds.",
    formula: """
      p = 1 / (1 + e^-o)
      loss = mean_n -(t·log p + (1 - t)·log(1 - p)) = mean_n max(o, 0) - o·t + log(1 + e^-|o|)
      do = (p - t) / n
      """,
    source: "PyTorch's torch.nn.BCEWithLogitsLoss",
    examples: ["net fc 3 1 -> binary_ce"])

  package init(_ values: Values) {}

  /// 1 - p and p, in Double.
  package func probabilities(_ outputs: [Float]) -> [Double] {
    let o = outputs.first.map { Double($0) } ?? 0
    return [1 / (1 + Double.exp(o)), 1 / (1 + Double.exp(-o))]
  }

  package func rule(outputs: Int) -> LossRule? { .binaryCrossEntropy }

  package func classes(forOutputs outputs: Int) throws(Problem) -> Int {
    guard outputs == 1 else {
      throw Problem(
        "'binary_ce' takes one output, and finds \(outputs)",
        help: "for one output a class, end the chain with 'softmax_ce'")
    }
    return 2
  }

  package func losses<S: Scalar>(_ o: Tensor<S>, labels: [Int32]) -> [Double] {
    labels.indices.map { row in
      let o = Double(o.elements[row])
      return max(o, 0) - o * Double(labels[row]) + Double.log(1 + Double.exp(-abs(o)))
    }
  }

  @_specialize(where S == Float)
  package func gradient<S: Scalar>(_ o: Tensor<S>, labels: [Int32], scale: S) -> Tensor<S> {
    var d = o
    for row in labels.indices {
      d.elements[row] = (S.sigmoid(o.elements[row]) - S(labels[row])) * scale
    }
    return d
  }

  /// Class 1 where its probability is above one half.
  package func prediction<S: Scalar>(_ outputs: ArraySlice<S>) -> Int32 {
    outputs[outputs.startIndex] > 0 ? 1 : 0
  }
}
