import MLPTensor

/// What is negative becomes 0.
package struct Relu: Layer {
  package static let schema = Schema(
    "relu", "Rectified linear unit, element by element.",
    formula: """
      y = max(x, 0)
      dx = dy where y > 0, else 0
      """,
    source:
      "Nair, Hinton, \"Rectified linear units improve restricted Boltzmann machines\", 2010; at 0 the slope is 0, as in PyTorch",
    examples: ["net fc 3 4 -> relu -> fc 2 -> softmax_ce"])

  package init(_ values: Values) {}

  package var planned: PlannedLayer { .activation(.relu) }

  @_specialize(where S == Float)
  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let y = x.map { $0 < 0 ? 0 : $0 }
    return Forward(y, saving: y)
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    Backward(dy.zip(saved[0]) { dy, y in y > 0 ? dy : 0 })
  }
}
