import MLPTensor

/// Squared distance to the one-hot label, as a mean.
package struct Mse: Loss {
  package static let schema = Schema(
    "mse", "Squared difference between the outputs and the label as one-hot, as a mean.",
    formula: """
      over elements:  loss = mean_n mean_k (o[n, k] - t[n, k])²   do = 2(o - t) / (n·K)
      over samples:   loss = mean_n Σ_k (o[n, k] - t[n, k])²      do = 2(o - t) / n
      """,
    source: "PyTorch's torch.nn.MSELoss is `over elements`",
    settings: [
      Setting(
        "over", .choice(["elements", "samples"]), .value(.word("elements")),
        "what the mean is over: every output of every sample, or samples alone")
    ],
    positional: ["over"],
    examples: ["net fc 3 4 -> mse", "net fc 3 4 -> mse over samples"])

  package let overElements: Bool

  package init(_ values: Values) { overElements = values.word("over") == "elements" }

  package func probabilities(_ outputs: [Float]) -> [Double] { clippedProbabilities(outputs) }

  package func rule(outputs: Int) -> LossRule? {
    let divisor = overElements ? outputs : 1
    return .squared(
      factor: 1, divisor: Double(divisor), gradientFactor: 2, gradientDivisor: Float(divisor))
  }

  package func losses<S: Scalar>(_ o: Tensor<S>, labels: [Int32]) -> [Double] {
    let divisor = overElements ? Double(o.columns) : 1
    return squaredDistances(o, labels).map { $0 / divisor }
  }

  @_specialize(where S == Float)
  package func gradient<S: Scalar>(_ o: Tensor<S>, labels: [Int32], scale: S) -> Tensor<S> {
    let factor = 2 * scale / (overElements ? S(o.columns) : 1)
    var d = o
    for row in 0..<d.rows { d.elements[row * d.columns + Int(labels[row])] -= 1 }
    return d.map { $0 * factor }
  }
}
