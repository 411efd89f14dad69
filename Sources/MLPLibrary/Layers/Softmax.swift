import MLPTensor

/// Softmax as a layer inside the network, with its full Jacobian.
package struct Softmax: Layer {
  package static let schema = Schema(
    "softmax", "Turns each sample's numbers into shares that add up to 1.",
    formula: """
      y[k] = e^(x[k] - m) / Σ_j e^(x[j] - m)   with m = max_j x[j]
      dx[k] = y[k]·(dy[k] - Σ_j dy[j]·y[j])
      """,
    source: "PyTorch's torch.nn.Softmax(dim=1); before a loss, use softmax_ce",
    examples: ["net fc 3 4 -> softmax -> fc 4 2 -> softmax_ce"])

  package init(_ values: Values) {}

  package var planned: PlannedLayer { .softmax }

  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    var y = x
    Kernel.softmaxRows(&y)
    return Forward(y, saving: y)
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    let y = saved[0]
    var dx = dy
    for row in 0..<y.rows {
      let range = row * y.columns..<(row + 1) * y.columns
      var dot: S = 0
      for k in range { dot.addProduct(dy.elements[k], y.elements[k]) }
      for k in range { dx.elements[k] = y.elements[k] * (dy.elements[k] - dot) }
    }
    return Backward(dx)
  }
}
