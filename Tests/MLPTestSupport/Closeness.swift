import MLPTensor

/// How numbers that should be equal but for rounding are compared: element by element, relative to the
/// greater of 1 and the expected number.
package enum Closeness {
  /// The largest error; infinite where the counts differ or a number isn't finite.
  package static func error<S: Scalar>(_ found: [S], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).reduce(0) { worst, pair in
      let error = abs(Double(pair.0) - pair.1) / max(1, abs(pair.1))
      return error.isNaN ? .infinity : max(worst, error)
    }
  }
}

extension Scalar {
  /// What a few dozen operations may be off by.
  package static var fewRoundings: Double { 32 * Double(Self.ulpOfOne) }
}

extension Tensor {
  /// The numbers as another scalar.
  package func converted<T: Scalar>(to: T.Type = T.self) -> Tensor<T> {
    Tensor<T>(sizes, elements: elements.map { T($0) })
  }
}
