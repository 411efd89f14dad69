import MLPTensor

/// Makes a picture a row of numbers.
package struct Flatten: Layer {
  package static let schema = Schema(
    "flatten",
    "Takes the numbers of a picture as one row, in the order of height, width, channels.",
    formula: """
      y[n, (i·width + j)·channels + c] = x[n, i, j, c]
      dx = dy
      """,
    source: "PyTorch's torch.nn.Flatten with channels last",
    examples: ["net reshape 2x3x2 -> flatten -> fc 2 -> softmax_ce"])

  package init(_ values: Values) {}

  package func output(for input: Shape) throws(Problem) -> Shape { Shape(input.count) }

  package var planned: PlannedLayer { .reshaping }
  package func workingNumbers(for input: Shape) -> Int { 0 }

  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    Forward(x)
  }

  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    Backward(dy)
  }
}
