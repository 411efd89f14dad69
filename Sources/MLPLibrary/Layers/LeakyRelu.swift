import MLPTensor

/// A rectifier that lets a little of the negative side through.
package struct LeakyRelu: Layer {
  package static let schema = Schema(
    "leaky_relu", "Rectifier that keeps a slope on the negative side, element by element.",
    formula: """
      y = x where x ≥ 0, else slope·x
      dx = dy where x > 0, else slope·dy
      """,
    source: "Maas, Hannun, Ng, 2013; at 0 the slope is the negative side's, as in PyTorch",
    settings: [
      Setting(
        "slope", .number(.fraction), .value(.number(0.01)), "the slope on the negative side")
    ],
    positional: ["slope"],
    examples: [
      "net fc 3 4 -> leaky_relu -> softmax_ce", "net fc 3 4 -> leaky_relu 0.2 -> softmax_ce",
    ])

  package let slope: Double

  package init(_ values: Values) { slope = values.number("slope") }

  package var planned: PlannedLayer { .activation(.leakyRelu(slope: Float(slope))) }

  @_specialize(where S == Float)
  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let slope = S(slope)
    return Forward(x.map { $0 < 0 ? slope * $0 : $0 }, saving: x)
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    let slope = S(slope)
    return Backward(dy.zip(saved[0]) { dy, x in x > 0 ? dy : slope * dy })
  }
}
