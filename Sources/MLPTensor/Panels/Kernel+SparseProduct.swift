extension Kernel {
  /// Panels that are worked on together: eight chains of eight lanes hide the multiply-add's latency.
  private static let group = 4

  /// How many groups of panels a product with so many panels falls into.
  package static func groups(ofPanels count: Int) -> Int { (count + group - 1) / group }

  /// Columns of one group of y = x·w, for some rows. x: [n, features]   w: [features, o]   y: [n, o]
  ///
  /// Block by block of features, so that a block's weights come from a near cache for every sample but the first.
  package static func product(
    _ x: SparseRows, _ w: Panels, into y: Panels, rows: Range<Int>, group index: Int
  ) {
    precondition(w.rows == x.features && y.columns == w.columns && rows.upperBound <= y.rows)
    let panel = index * group
    // One sample uses no weight twice: there is nothing to keep in the cache.
    let step = rows.count == 1 ? x.blocks : 1
    for block in Swift.stride(from: 0, to: x.blocks, by: step) {
      for n in rows {
        let run = x.run(n, block..<block + step)
        if w.panelCount - panel >= group {
          accumulate4(run, x.table, w, y, panel, n, isFirst: block == 0)
        } else {
          for single in panel..<w.panelCount {
            accumulate1(run, x.table, w, y, single, n, isFirst: block == 0)
          }
        }
      }
    }
  }

  /// y[n] += Σ x·w over one run of entries, for four panels.
  @inline(__always)
  private static func accumulate4(
    _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>, _ w: Panels, _ y: Panels,
    _ panel: Int, _ n: Int, isFirst: Bool
  ) {
    let target = y.lanes(panel, n)
    let (t1, t2, t3) = (target + y.stride, target + 2 * y.stride, target + 3 * y.stride)
    var (c0, c1, c2, c3) = (Lanes(), Lanes(), Lanes(), Lanes())
    if !isFirst { (c0, c1, c2, c3) = (target.lanes, t1.lanes, t2.lanes, t3.lanes) }
    let base = w.lanes(panel, 0)
    let (s1, s2, s3) = (w.stride, 2 * w.stride, 3 * w.stride)
    for entry in run {
      let row = base + Int(entry >> 8) * Panels.width
      let x = Lanes(repeating: table[Int(entry & 0xFF)])
      c0.addProduct(x, row.lanes)
      c1.addProduct(x, (row + s1).lanes)
      c2.addProduct(x, (row + s2).lanes)
      c3.addProduct(x, (row + s3).lanes)
    }
    target.lanes = c0
    t1.lanes = c1
    t2.lanes = c2
    t3.lanes = c3
  }

  @inline(__always)
  private static func accumulate1(
    _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>, _ w: Panels, _ y: Panels,
    _ panel: Int, _ n: Int, isFirst: Bool
  ) {
    let target = y.lanes(panel, n)
    var c = isFirst ? Lanes() : target.lanes
    let base = w.lanes(panel, 0)
    for entry in run {
      c.addProduct(
        Lanes(repeating: table[Int(entry & 0xFF)]),
        (base + Int(entry >> 8) * Panels.width).lanes)
    }
    target.lanes = c
  }

  // MARK: Weight gradient

  /// Rows `rows` of one group's columns of dW = xᵀ·dy, and the step of θ.
  ///
  /// x: [n, features], found by feature unless n is 1 and the descent plain   dy: [n, o]   θ: [features, o]
  package static func updateWeights(
    _ θ: Parameter, _ x: SparseRows, _ dy: Panels, rows: Range<Int>,
    group index: Int, _ rule: UpdateRule
  ) {
    let panels = index * group..<min((index + 1) * group, dy.panelCount)
    if let rate = rule.plainRate {
      if dy.rows == 1 {
        updateWeights(θ.values, x, dy, rows: rows, panels, rate: rate)
      } else {
        updateRows(θ, x, dy, rows, panels, PlainDescent(rate: rate))
      }
      return
    }
    switch rule {
    case .descent(let rule): updateRows(θ, x, dy, rows, panels, rule)
    case .moments(let rule): updateRows(θ, x, dy, rows, panels, rule)
    }
  }

  @inline(__always)
  private static func updateRows(
    _ θ: Parameter, _ x: SparseRows, _ dy: Panels, _ rows: Range<Int>,
    _ panels: Range<Int>, _ rule: some StepRule
  ) {
    for row in rows {
      let run = x.run(ofFeature: row)
      if rule.keepsWithoutGradient && run.isEmpty { continue }
      if panels.count == group {
        update4(θ, run, x.table, dy, row, panels.lowerBound, rule)
      } else {
        for panel in panels { update1(θ, run, x.table, dy, row, panel, rule) }
      }
    }
  }

  /// The same for a single sample under plain descent, where rows without an entry stay as they are: along its
  /// entries.
  private static func updateWeights(
    _ θ: Panels, _ sample: SparseRows, _ dy: Panels, rows: Range<Int>, _ panels: Range<Int>,
    rate: Float
  ) {
    let run = sample.run(ofFirstIn: rows)
    if panels.count == group {
      descend4(θ, run, sample.table, dy, panels.lowerBound, rate)
    } else {
      for panel in panels { descend1(θ, run, sample.table, dy, panel, rate) }
    }
  }

  @inline(__always)
  private static func descend4(
    _ θ: Panels, _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>, _ dy: Panels,
    _ panel: Int, _ rate: Float
  ) {
    let source = dy.lanes(panel, 0)
    let (d0, d1) = (source.lanes, (source + dy.stride).lanes)
    let (d2, d3) = ((source + 2 * dy.stride).lanes, (source + 3 * dy.stride).lanes)
    let base = θ.lanes(panel, 0)
    let (s1, s2, s3) = (θ.stride, 2 * θ.stride, 3 * θ.stride)
    let step = Lanes(repeating: -rate)
    for entry in run {
      let row = base + Int(entry >> 8) * Panels.width
      let x = Lanes(repeating: table[Int(entry & 0xFF)])
      row.lanes.addProduct(step, x * d0)
      (row + s1).lanes.addProduct(step, x * d1)
      (row + s2).lanes.addProduct(step, x * d2)
      (row + s3).lanes.addProduct(step, x * d3)
    }
  }

  private static func descend1(
    _ θ: Panels, _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>, _ dy: Panels,
    _ panel: Int, _ rate: Float
  ) {
    let d = dy.lanes(panel, 0).lanes
    let base = θ.lanes(panel, 0)
    let step = Lanes(repeating: -rate)
    for entry in run {
      let row = base + Int(entry >> 8) * Panels.width
      row.lanes.addProduct(step, Lanes(repeating: table[Int(entry & 0xFF)]) * d)
    }
  }

  @inline(__always)
  private static func update4(
    _ θ: Parameter, _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>,
    _ dy: Panels, _ row: Int, _ panel: Int, _ rule: some StepRule
  ) {
    var (c0, c1, c2, c3) = (Lanes(), Lanes(), Lanes(), Lanes())
    let base = dy.lanes(panel, 0)
    let (s1, s2, s3) = (dy.stride, 2 * dy.stride, 3 * dy.stride)
    for entry in run {
      let source = base + Int(entry >> 8) * Panels.width
      let x = Lanes(repeating: table[Int(entry & 0xFF)])
      c0.addProduct(x, source.lanes)
      c1.addProduct(x, (source + s1).lanes)
      c2.addProduct(x, (source + s2).lanes)
      c3.addProduct(x, (source + s3).lanes)
    }
    θ.step(panel, row, gradient: c0, by: rule)
    θ.step(panel + 1, row, gradient: c1, by: rule)
    θ.step(panel + 2, row, gradient: c2, by: rule)
    θ.step(panel + 3, row, gradient: c3, by: rule)
  }

  @inline(__always)
  private static func update1(
    _ θ: Parameter, _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>,
    _ dy: Panels, _ row: Int, _ panel: Int, _ rule: some StepRule
  ) {
    var c = Lanes()
    let base = dy.lanes(panel, 0)
    for entry in run {
      c.addProduct(
        Lanes(repeating: table[Int(entry & 0xFF)]),
        (base + Int(entry >> 8) * Panels.width).lanes)
    }
    θ.step(panel, row, gradient: c, by: rule)
  }
}
