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
    let panels = index * group..<min((index + 1) * group, w.panelCount)
    for block in 0..<x.blocks {
      let weights = w.lanes(panels.lowerBound, x.format.range(of: block).lowerBound)
      for n in rows {
        if block == 0 { x.prefetch(min(n + 2, rows.upperBound - 1)) }
        accumulate(
          x.run(n, block: block), x.table, weights, w.stride, y, panels, n, isFirst: block == 0)
      }
    }
  }

  /// y[n] += Σ x·w over one run of entries, for up to four panels. Where there are fewer, the last is worked on more
  /// than once, for its chains alone would not fill the multiply-add's latency.
  ///
  /// - Parameters:
  ///   - base: the first panel's weights of the block's first feature.
  ///   - stride: numbers from one panel of weights to the next.
  @inline(__always)
  private static func accumulate(
    _ run: UnsafeBufferPointer<SparseFormat.Word>, _ table: UnsafePointer<Float>,
    _ base: UnsafePointer<Float>, _ stride: Int, _ y: Panels, _ panels: Range<Int>, _ n: Int,
    isFirst: Bool
  ) {
    let last = panels.count - 1
    let (p1, p2, p3) = (min(1, last), min(2, last), min(3, last))
    let target = y.lanes(panels.lowerBound, n)
    let (t1, t2, t3) = (target + p1 * y.stride, target + p2 * y.stride, target + p3 * y.stride)
    var (c0, c1, c2, c3) = (Lanes(), Lanes(), Lanes(), Lanes())
    if !isFirst { (c0, c1, c2, c3) = (target.lanes, t1.lanes, t2.lanes, t3.lanes) }
    let (s1, s2, s3) = (p1 * stride, p2 * stride, p3 * stride)
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
      update(θ, run, x.table, dy, row, panels, rule)
    }
  }

  /// The same for a single sample under plain descent, where rows without an entry stay as they are: along its
  /// entries.
  private static func updateWeights(
    _ θ: Panels, _ sample: SparseRows, _ dy: Panels, rows: Range<Int>, _ panels: Range<Int>,
    rate: Float
  ) {
    for block in 0..<sample.blocks {
      let run = sample.run(ofFirstIn: rows, block: block)
      let first = sample.format.range(of: block).lowerBound
      if panels.count == group {
        descend4(θ, first, run, sample.table, dy, panels.lowerBound, rate)
      } else {
        for panel in panels { descend1(θ, first, run, sample.table, dy, panel, rate) }
      }
    }
  }

  @inline(__always)
  private static func descend4(
    _ θ: Panels, _ first: Int, _ run: UnsafeBufferPointer<SparseFormat.Word>,
    _ table: UnsafePointer<Float>, _ dy: Panels, _ panel: Int, _ rate: Float
  ) {
    let source = dy.lanes(panel, 0)
    let (d0, d1) = (source.lanes, (source + dy.stride).lanes)
    let (d2, d3) = ((source + 2 * dy.stride).lanes, (source + 3 * dy.stride).lanes)
    let base = θ.lanes(panel, first)
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
    _ θ: Panels, _ first: Int, _ run: UnsafeBufferPointer<SparseFormat.Word>,
    _ table: UnsafePointer<Float>, _ dy: Panels, _ panel: Int, _ rate: Float
  ) {
    let d = dy.lanes(panel, 0).lanes
    let base = θ.lanes(panel, first)
    let step = Lanes(repeating: -rate)
    for entry in run {
      let row = base + Int(entry >> 8) * Panels.width
      row.lanes.addProduct(step, Lanes(repeating: table[Int(entry & 0xFF)]) * d)
    }
  }

  @inline(__always)
  private static func update(
    _ θ: Parameter, _ run: UnsafeBufferPointer<UInt32>, _ table: UnsafePointer<Float>,
    _ dy: Panels, _ row: Int, _ panels: Range<Int>, _ rule: some StepRule
  ) {
    let (panel, last) = (panels.lowerBound, panels.count - 1)
    var (c0, c1, c2, c3) = (Lanes(), Lanes(), Lanes(), Lanes())
    let base = dy.lanes(panel, 0)
    let (s1, s2) = (min(1, last) * dy.stride, min(2, last) * dy.stride)
    let s3 = min(3, last) * dy.stride
    for entry in run {
      let source = base + Int(entry >> 8) * Panels.width
      let x = Lanes(repeating: table[Int(entry & 0xFF)])
      c0.addProduct(x, source.lanes)
      c1.addProduct(x, (source + s1).lanes)
      c2.addProduct(x, (source + s2).lanes)
      c3.addProduct(x, (source + s3).lanes)
    }
    θ.step(panel, row, gradient: c0, by: rule)
    if last >= 1 { θ.step(panel + 1, row, gradient: c1, by: rule) }
    if last >= 2 { θ.step(panel + 2, row, gradient: c2, by: rule) }
    if last >= 3 { θ.step(panel + 3, row, gradient: c3, by: rule) }
  }
}
