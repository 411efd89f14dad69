extension Kernel {
  /// Each row x becomes e^(x - m) / Σ e^(x - m) with m its maximum; the sum in index order. x: [n, k]
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func softmaxRows<S: Scalar>(_ x: inout Tensor<S>) {
    for row in 0..<x.rows {
      let range = row * x.columns..<(row + 1) * x.columns
      var maximum = x.elements[range.lowerBound]
      for k in range where x.elements[k] > maximum { maximum = x.elements[k] }
      var sum: S = 0
      for k in range {
        x.elements[k] = S.exp(x.elements[k] - maximum)
        sum += x.elements[k]
      }
      for k in range { x.elements[k] /= sum }
    }
  }

  /// log Σ_k e^x[k] of each row, in Double from the exponentials in S. x: [n, k]
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func logSumExpRows<S: Scalar>(_ x: Tensor<S>) -> [Double] {
    (0..<x.rows).map { row in
      let range = row * x.columns..<(row + 1) * x.columns
      var maximum = x.elements[range.lowerBound]
      for k in range where x.elements[k] > maximum { maximum = x.elements[k] }
      var sum: S = 0
      for k in range { sum += S.exp(x.elements[k] - maximum) }
      return Double(maximum) + Double.log(Double(sum))
    }
  }
}
