import MLPTensor

/// Matrix products as they are defined: each element one chain of fused multiply-adds in index order,
/// from +0. What every faster product must equal bit for bit.
package enum NaiveProduct {
  /// y[n, o] = Σ_i x[n, i]·w[i, o]
  package static func product<S: Scalar>(_ x: Tensor<S>, _ w: Tensor<S>) -> Tensor<S> {
    matrix(x.rows, w.columns, terms: x.columns) { n, o, i in
      (x.elements[n * x.columns + i], w.elements[i * w.columns + o])
    }
  }

  /// dw[i, o] = Σ_n x[n, i]·dy[n, o]
  package static func product<S: Scalar>(transposed x: Tensor<S>, _ dy: Tensor<S>) -> Tensor<S> {
    matrix(x.columns, dy.columns, terms: x.rows) { i, o, n in
      (x.elements[n * x.columns + i], dy.elements[n * dy.columns + o])
    }
  }

  /// dx[n, i] = Σ_o dy[n, o]·w[i, o]
  package static func product<S: Scalar>(_ dy: Tensor<S>, transposed w: Tensor<S>) -> Tensor<S> {
    matrix(dy.rows, w.rows, terms: w.columns) { n, i, o in
      (dy.elements[n * dy.columns + o], w.elements[i * w.columns + o])
    }
  }

  private static func matrix<S: Scalar>(
    _ rows: Int, _ columns: Int, terms: Int,
    _ factors: (_ row: Int, _ column: Int, _ term: Int) -> (S, S)
  ) -> Tensor<S> {
    var result = Tensor<S>([rows, columns])
    for row in 0..<rows {
      for column in 0..<columns {
        var sum: S = 0
        for term in 0..<terms {
          let (a, b) = factors(row, column, term)
          sum = sum.addingProduct(a, b)
        }
        result.elements[row * columns + column] = sum
      }
    }
    return result
  }
}
