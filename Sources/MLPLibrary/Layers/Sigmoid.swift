import MLPTensor

/// Squeezes every number between 0 and 1.
package struct Sigmoid: Layer {
  package static let schema = Schema(
    "sigmoid", "Logistic function, element by element.",
    formula: """
      y = 1 / (1 + e^-x)
      dx = dy·y·(1 - y)
      """,
    source: "PyTorch's torch.nn.Sigmoid",
    examples: ["net fc 3 4 -> sigmoid -> softmax_ce"])

  package init(_ values: Values) {}

  package var planned: PlannedLayer { .activation(.sigmoid) }

  @_specialize(where S == Float)
  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let y = x.map { S.sigmoid($0) }
    return Forward(y, saving: y)
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    Backward(dy.zip(saved[0]) { dy, y in dy * (y * (1 - y)) })
  }
}
