extension Kernel {
  /// How many steps of a sum are done before the next columns: 256 rows of one panel are 16 KB, half of a
  /// first-level cache.
  private static let block = 256

  private static let tileRows = 6

  /// c = a·b, each element one chain in the order of a's columns.
  ///
  /// a: [m, k]   b: [k, n]   c: [m, n]. The layer's forward product (x·W), and its input gradient with the
  /// samples as columns (dxᵀ = W·dyᵀ).
  package static func product(_ a: Panels, _ b: Panels, into c: Panels) {
    precondition(a.columns == b.rows && a.rows <= c.rows && b.columns == c.columns)
    var start = 0
    repeat {
      let count = min(block, b.rows - start)
      let walk = Walk(alongRowsOf: a, count: count)
      for panel in 0..<b.panelCount {
        let right = b.lanes(panel, start)
        var row = 0
        while row < a.rows {
          let rows = min(tileRows, a.rows - row)
          tile(
            rows, a.lanes(start / Panels.width, row), right, c.lanes(panel, row), walk,
            continuing: start > 0)
          row += rows
        }
      }
      start += count
    } while start < b.rows
  }

  /// Rows `rows` of θ's gradient dW = xᵀ·dy, each element one chain in sample order, and the step of θ.
  ///
  /// The gradient is never stored: a tile of it goes from registers into the update.
  ///
  /// x: [n, i]   dy: [n, o]   θ: [i, o]. `rows` are the 16 rows (or fewer) of θ that belong to one panel of x.
  package static func updateWeights(
    _ θ: Parameter, _ x: Panels, _ dy: Panels, rows: Range<Int>, _ rule: UpdateRule
  ) {
    precondition(rows.lowerBound.isMultiple(of: Panels.width) && rows.count <= Panels.width)
    guard x.rows > 1 else { return updateWeights(θ, fromSingle: x, dy, rows: rows, rule) }
    let walk = Walk(downColumns: x.rows)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: tileRows * Panels.width) { scratch in
      guard let c = scratch.baseAddress else { return }
      for panel in 0..<dy.panelCount {
        var row = rows.lowerBound
        while row < rows.upperBound {
          let count = min(tileRows, rows.upperBound - row)
          let left = x.lanes(rows.lowerBound / Panels.width, 0) + (row - rows.lowerBound)
          tile(count, left, dy.lanes(panel, 0), c, walk, continuing: false)
          for r in 0..<count {
            θ.step(panel, row + r, gradient: (c + r * Panels.width).lanes, rule)
          }
          row += count
        }
      }
    }
  }

  /// The same for a single sample: each gradient is one product.
  private static func updateWeights(
    _ θ: Parameter, fromSingle x: Panels, _ dy: Panels, rows: Range<Int>, _ rule: UpdateRule
  ) {
    for panel in 0..<dy.panelCount {
      let lanes = dy.lanes(panel, 0).lanes
      for row in rows {
        let x = Lanes(repeating: x.element(0, row).pointee)
        θ.step(panel, row, gradient: Lanes().addingProduct(x, lanes), rule)
      }
    }
  }

  /// dx = dy·wᵀ for a single sample, each element one chain in the order of dy's columns.
  ///
  /// dy: [1, o]   w: [i, o]   dx: [1, i]. There is no second sample to fill a vector with: four chains at a time
  /// hide the multiply-add's latency.
  package static func inputGradient(ofSingle dy: Panels, _ w: Panels, into dx: Panels) {
    precondition(dy.rows == 1 && dy.columns == w.columns && dx.columns == w.rows)
    var row = 0
    while row < w.rows {
      let count = min(4, w.rows - row)
      // Rows beyond the last one repeat it.
      let (r1, r2, r3) = (min(1, count - 1), min(2, count - 1), min(3, count - 1))
      var (c0, c1, c2, c3): (Float, Float, Float, Float) = (0, 0, 0, 0)
      for panel in 0..<w.panelCount {
        let a = w.lanes(panel, row)
        let b = dy.lanes(panel, 0)
        for lane in 0..<min(Panels.width, w.columns - panel * Panels.width) {
          c0.addProduct(a[lane], b[lane])
          c1.addProduct(a[r1 * Panels.width + lane], b[lane])
          c2.addProduct(a[r2 * Panels.width + lane], b[lane])
          c3.addProduct(a[r3 * Panels.width + lane], b[lane])
        }
      }
      let target = dx.element(0, row)
      target[0] = c0
      if count > 1 { target[1] = c1 }
      if count > 2 { target[2] = c2 }
      if count > 3 { target[3] = c3 }
      row += count
    }
  }

  /// The bias's gradient, Σₙ dy in sample order, and its step. dy: [n, o]   θ: [1, o]
  package static func updateBias(_ θ: Parameter, _ dy: Panels, _ rule: UpdateRule) {
    for panel in 0..<dy.panelCount {
      var sum = Lanes()
      for n in 0..<dy.rows { sum += dy.lanes(panel, n).lanes }
      θ.step(panel, 0, gradient: sum, rule)
    }
  }

  /// b = aᵀ. a: [m, n]   b: [n, m]
  package static func transpose(_ a: Panels, into b: Panels) {
    precondition(a.rows <= b.columns && a.columns <= b.rows)
    for row in 0..<a.rows {
      let target = b.base + (row / Panels.width * b.stride + row % Panels.width)
      for panel in 0..<a.panelCount {
        let source = a.lanes(panel, row)
        let first = panel * Panels.width
        for lane in 0..<min(Panels.width, a.columns - first) {
          target[(first + lane) * Panels.width] = source[lane]
        }
      }
    }
  }
}
