import MLPTensor

/// How a gradient's norm is limited.
enum Clipping {
  /// What the gradient is multiplied by, from the sum of its squares; nil where it is short enough as it is.
  static func factor(squares: Double, limit: Double) -> Float? {
    let norm = squares.squareRoot()
    return norm > limit ? Float(limit / norm) : nil
  }
}

extension Model {
  /// The gradients, shortened to the norm that `clip` allows; nil where their norm isn't finite.
  ///
  /// The norm is that of all parameters together, before decay. Squares are summed in double precision: by
  /// parameter, each column's down its rows and then the columns' in order, the last axis being the columns.
  func clipped(_ gradients: [[Tensor<S>]]) -> [[Tensor<S>]]? {
    guard let clip else { return gradients }
    // A sum begins with 0, so that no gradient is -0.
    let gradients = gradients.map { $0.map { tensor in tensor.map { 0 + $0 } } }
    var squares = 0.0
    for (placed, tensors) in zip(net.layers, gradients) {
      let specs = placed.parameters.filter { $0.isTrained }
      for (spec, tensor) in zip(specs, tensors) {
        squares += Self.squareSum(tensor.elements, columns: spec.sizes.last ?? 1)
      }
    }
    guard squares.isFinite else { return nil }
    guard let factor = Clipping.factor(squares: squares, limit: clip) else { return gradients }
    return gradients.map { $0.map { tensor in tensor.map { $0 * S(factor) } } }
  }

  private static func squareSum(_ x: [S], columns: Int) -> Double {
    var squares = [Double](repeating: 0, count: columns)
    for index in x.indices { squares[index % columns] += Double(x[index]) * Double(x[index]) }
    return squares.reduce(0, +)
  }
}
