import CProcessor

extension Kernel {
  /// How many steps of a sum are done before the next columns: 256 rows of one panel are 16 KB, half of a
  /// first-level cache.
  private static let block = 256

  private static let tileRows = 6
  /// Rows of the left factor that are worked on together: of a block of a tall one, 66 KB stay in a second-level
  /// cache while all columns of the right one pass.
  private static let band = 11 * tileRows

  /// c = a·b, each element one chain in the order of a's columns.
  ///
  /// a: [m, k]   b: [k, n]   c: [m, n]. The layer's forward product (x·W), and its input gradient with the
  /// samples as columns (dxᵀ = W·dyᵀ).
  package static func product(_ a: Panels, _ b: Panels, into c: Panels) {
    precondition(a.columns == b.rows && a.rows <= c.rows && b.columns == c.columns)
    for start in Swift.stride(from: 0, to: max(1, b.rows), by: block) {
      let walk = Walk(alongRowsOf: a, count: min(block, b.rows - start))
      for first in Swift.stride(from: 0, to: a.rows, by: band) {
        let rows = first..<min(first + band, a.rows)
        for panel in 0..<b.panelCount {
          product(a, b, into: c, rows: rows, panel: panel, start: start, walk)
        }
      }
    }
  }

  /// Some rows of one panel of c, and one block of their sums; meanwhile the next panel of b is brought near.
  @inline(__always)
  private static func product(
    _ a: Panels, _ b: Panels, into c: Panels, rows: Range<Int>, panel: Int, start: Int, _ walk: Walk
  ) {
    let count = min(block, b.rows - start)
    let next = panel + 1 < b.panelCount ? b.lanes(panel + 1, start) : nil
    let lines = (count * tileRows + rows.count - 1) / rows.count
    var row = rows.lowerBound
    while row < rows.upperBound {
      let height = min(tileRows, rows.upperBound - row)
      if let next {
        let place = (row - rows.lowerBound) / tileRows * lines
        prefetch(next + place * Panels.width, lines: min(lines, count - place))
      }
      tile(
        height, a.lanes(start / Panels.width, row), b.lanes(panel, start), c.lanes(panel, row),
        walk, continuing: start > 0)
      row += height
    }
  }

  /// Asks for memory that is read soon, from where the processor wouldn't guess.
  @inline(__always)
  private static func prefetch(_ address: UnsafePointer<Float>, lines: Int) {
    for line in 0..<max(0, lines) { mlpc_processor_prefetch(address + line * Panels.width) }
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
      // A panel has three tiles of rows.
      let share = (x.rows + 2) / 3
      for panel in 0..<dy.panelCount {
        let next = panel + 1 < dy.panelCount ? dy.lanes(panel + 1, 0) : nil
        var row = rows.lowerBound
        while row < rows.upperBound {
          let count = min(tileRows, rows.upperBound - row)
          if let next {
            let part = (row - rows.lowerBound) / tileRows
            prefetch(next + part * share * Panels.width, lines: share)
            prefetch(θ.values.lanes(panel + 1, row), lines: count)
          }
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
