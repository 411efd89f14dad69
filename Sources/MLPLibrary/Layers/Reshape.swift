import MLPTensor

/// Makes a row of numbers a picture.
package struct Reshape: Layer {
  package static let schema = Schema(
    "reshape",
    "Takes a sample's numbers as a picture of height, width and channels, for data that don't say so.",
    formula: """
      y[n, i, j, c] = x[n, (i·width + j)·channels + c]
      dx = dy
      """,
    source: "NumPy's reshape",
    settings: [
      Setting(
        "shape", .size(rank: 3), .required,
        "height, width and channels, which together are as many numbers as come in")
    ],
    positional: ["shape"],
    examples: ["net reshape 3x3x2 -> conv 2x2 2 -> fc 2 -> softmax_ce"])

  private let shape: Shape

  /// - Throws: where a picture so large is not allowed.
  package init(_ values: Values) throws(Problem) {
    let sizes = values.size("shape")
    shape = Shape(sizes)
    // Each size is at most a million, so that the product of two can't overflow.
    let rows = sizes[0] * sizes[1]
    guard rows <= Picture.limit, rows * sizes[2] <= Picture.limit else {
      throw Picture.tooLarge(rows <= Picture.limit ? rows * sizes[2] : rows)
    }
  }

  package var expectedInput: Shape? { Shape(shape.count) }

  package func output(for input: Shape) throws(Problem) -> Shape {
    guard input.count == shape.count else {
      throw Problem(
        "'reshape' takes \(shape.count) numbers for \(shape), but \(input.count) come in",
        setting: "shape")
    }
    return shape
  }

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
