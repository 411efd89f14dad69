import MLPTensor

/// Forgets numbers at random in training.
package struct Dropout: Layer {
  package static let schema = Schema(
    "dropout",
    "In training, sets each number to 0 with the given probability and scales the rest up.",
    formula: """
      training:    y = x·m,  dx = dy·m   with m = 0 with probability rate, else 1/(1 - rate)
      evaluation:  y = x
      """,
    source: "Srivastava et al., \"Dropout\", 2014, scaled in training as PyTorch does",
    settings: [
      Setting("rate", .number(.fraction), .required, "the probability that a number becomes 0")
    ],
    positional: ["rate"],
    examples: ["net fc 3 8 -> dropout 0.5 -> fc 2 -> softmax_ce"])

  package let rate: Double

  package init(_ values: Values) { rate = values.number("rate") }

  package var planned: PlannedLayer { .dropout(rate: rate) }

  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    guard pass.mode == .train else { return Forward(x) }
    let mask = mask(like: x, pass.random)
    return Forward(x.zip(mask, *), saving: mask)
  }

  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    Backward(dy.zip(saved[0], *))
  }

  /// 0 or 1/(1 - rate), by number k of the pass for element k.
  @_specialize(where S == Float)
  private func mask<S: Scalar>(like x: Tensor<S>, _ random: Random) -> Tensor<S> {
    let scale = S(1 / (1 - rate))
    var mask = x
    for k in mask.elements.indices { mask.elements[k] = random.uniform(k) < rate ? 0 : scale }
    return mask
  }
}
