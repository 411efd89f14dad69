extension Kernel {
  // x: [n, i]   w: [i, o]   y, dy: [n, o]   b: [o]

  /// y = x·w
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func product<S: Scalar>(_ x: Tensor<S>, _ w: Tensor<S>, _ team: Team) -> Tensor<S>
  {
    precondition(x.columns == w.rows)
    let (inner, columns) = (w.rows, w.columns)
    return rowwise(x.rows, columns, team) { row, y in
      for i in 0..<inner { axpy(x.elements[row * inner + i], w.elements, from: i * columns, to: y) }
    }
  }

  /// dw = xᵀ·dy
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func product<S: Scalar>(
    transposed x: Tensor<S>, _ dy: Tensor<S>, _ team: Team
  ) -> Tensor<S> {
    precondition(x.rows == dy.rows)
    let (inputs, columns) = (x.columns, dy.columns)
    return rowwise(inputs, columns, team) { i, dw in
      for n in 0..<x.rows {
        axpy(x.elements[n * inputs + i], dy.elements, from: n * columns, to: dw)
      }
    }
  }

  /// dx = dy·wᵀ
  package static func product<S: Scalar>(
    _ dy: Tensor<S>, transposed w: Tensor<S>, _ team: Team
  ) -> Tensor<S> {
    product(dy, transpose(w), team)
  }

  /// wᵀ
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func transpose<S: Scalar>(_ w: Tensor<S>) -> Tensor<S> {
    var result = Tensor<S>([w.columns, w.rows])
    for row in 0..<w.rows {
      for column in 0..<w.columns {
        result.elements[column * w.rows + row] = w.elements[row * w.columns + column]
      }
    }
    return result
  }

  /// y[n, o] += b[o]
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func add<S: Scalar>(_ b: Tensor<S>, toRowsOf y: inout Tensor<S>) {
    precondition(b.count == y.columns)
    for row in 0..<y.rows {
      for column in 0..<b.count { y.elements[row * b.count + column] += b.elements[column] }
    }
  }

  /// db[o] = Σₙ dy[n, o], in sample order.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func sumRows<S: Scalar>(_ dy: Tensor<S>) -> Tensor<S> {
    var db = Tensor<S>([dy.columns])
    for row in 0..<dy.rows {
      for column in 0..<db.count { db.elements[column] += dy.elements[row * db.count + column] }
    }
    return db
  }

  /// A matrix whose rows are made one by one, each by one thread; `make` finds its row zeroed.
  @inline(__always)
  private static func rowwise<S: Scalar>(
    _ rows: Int, _ columns: Int, _ team: Team,
    _ make: (_ row: Int, _ result: UnsafeMutableBufferPointer<S>) -> Void
  ) -> Tensor<S> {
    var result = Tensor<S>([rows, columns])
    result.elements.withUnsafeMutableBufferPointer { all in
      team.parallel(rows) { row in
        make(row, UnsafeMutableBufferPointer(rebasing: all[row * columns..<(row + 1) * columns]))
      }
    }
    return result
  }

  /// y += a·x, element by element.
  @inline(__always)
  private static func axpy<S: Scalar>(
    _ a: S, _ x: [S], from start: Int, to y: UnsafeMutableBufferPointer<S>
  ) {
    x.withUnsafeBufferPointer { x in
      for o in 0..<y.count { y[o].addProduct(a, x[start + o]) }
    }
  }
}
