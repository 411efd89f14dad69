extension Kernel {
  /// Rows `rows` of θ's gradient dW = xᵀ·dy, each element one chain in sample order, and the step of θ.
  ///
  /// The gradient is never stored: a tile of it goes from registers into the update. A panel of dy serves all of
  /// the rows while it is near, and meanwhile the next one is brought.
  ///
  /// x: [n, i]   dy: [n, o]   θ: [i, o]. `rows` begin with a panel of x.
  package static func updateWeights(
    _ θ: Parameter, _ x: Panels, _ dy: Panels, rows: Range<Int>, _ rule: UpdateRule
  ) {
    precondition(rows.lowerBound.isMultiple(of: Panels.width))
    if let rate = rule.plainRate { return update(θ, x, dy, rows, PlainDescent(rate: rate)) }
    switch rule {
    case .descent(let rule): update(θ, x, dy, rows, rule)
    case .moments(let rule): update(θ, x, dy, rows, rule)
    }
  }

  @inline(__always)
  private static func update(
    _ θ: Parameter, _ x: Panels, _ dy: Panels, _ rows: Range<Int>, _ rule: some StepRule
  ) {
    guard x.rows > 1 else { return update(θ, fromSingle: x, dy, rows, rule) }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: tileRows * Panels.width) { scratch in
      guard let c = scratch.baseAddress else { return }
      for panel in 0..<dy.panelCount { update(θ, x, dy, rows, panel: panel, c, rule) }
    }
  }

  /// One panel of θ's columns. c: room for a tile
  @inline(__always)
  private static func update(
    _ θ: Parameter, _ x: Panels, _ dy: Panels, _ rows: Range<Int>, panel: Int,
    _ c: UnsafeMutablePointer<Float>, _ rule: some StepRule
  ) {
    let next = panel + 1 < dy.panelCount ? dy.lanes(panel + 1, 0) : nil
    var row = rows.lowerBound
    while row < rows.upperBound {
      // A tile's rows of θ are columns of one panel of x.
      let end = min((row / Panels.width + 1) * Panels.width, rows.upperBound)
      let height = tileHeight(end - row)
      if let next {
        prefetch(next, lines: x.rows, from: row - rows.lowerBound, height, of: rows.count)
        prefetch(θ.values.lanes(panel + 1, row), lines: height, from: 0, height, of: height)
      }
      let left = PanelColumns(base: x.element(0, row), count: x.rows)
      tile(height, left, dy.lanes(panel, 0), c)
      for r in 0..<height {
        θ.step(panel, row + r, gradient: (c + r * Panels.width).lanes, by: rule)
      }
      row += height
    }
  }

  /// The same for a single sample: each gradient is one product.
  @inline(__always)
  private static func update(
    _ θ: Parameter, fromSingle x: Panels, _ dy: Panels, _ rows: Range<Int>, _ rule: some StepRule
  ) {
    for panel in 0..<dy.panelCount {
      let lanes = dy.lanes(panel, 0).lanes
      for row in rows {
        let x = Lanes(repeating: x.element(0, row).pointee)
        θ.step(panel, row, gradient: Lanes().addingProduct(x, lanes), by: rule)
      }
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
}
