import MLPTensor

/// Squeezes every number between -1 and 1.
package struct Tanh: Layer {
  package static let schema = Schema(
    "tanh", "Hyperbolic tangent, element by element.",
    formula: """
      y = tanh x
      dx = dy·(1 - y²)
      """,
    source: "PyTorch's torch.nn.Tanh",
    examples: ["net fc 3 4 -> tanh -> softmax_ce"])

  package init(_ values: Values) {}

  package var planned: PlannedLayer { .activation(.tanh) }

  @_specialize(where S == Float)
  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let y = x.map { S.tanh($0) }
    return Forward(y, saving: y)
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    Backward(dy.zip(saved[0]) { dy, y in dy * (1 - y * y) })
  }
}
