import CProcessor

extension Kernel {
  /// How many steps of a sum are done before the next columns: 256 rows of one panel are 16 KB, half of a
  /// first-level cache.
  private static let block = 256

  private static let tileRows = 6
  /// Rows of the left factor that are worked on together: of a block of a tall one, 132 KB stay in a second-level
  /// cache while all columns of the right one pass.
  private static let band = 22 * tileRows

  /// The height of the next tile where so many rows are left: no last one so low that its chains can't hide the
  /// multiply-add's latency.
  @inline(__always)
  private static func tileHeight(_ left: Int) -> Int {
    left == 7 || left == 8 ? 4 : min(tileRows, left)
  }

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
        var next = Approach(of: a, after: rows, start, of: b)
        for panel in 0..<b.panelCount {
          product(a, b, into: c, rows: rows, panel: panel, start: start, walk, &next)
        }
      }
    }
  }

  /// Some rows of one panel of c, and one block of their sums; meanwhile the next panel of b is brought near, and
  /// some of the left factor's next band.
  @inline(__always)
  private static func product(
    _ a: Panels, _ b: Panels, into c: Panels, rows: Range<Int>, panel: Int, start: Int,
    _ walk: Walk, _ nextBand: inout Approach
  ) {
    let count = min(block, b.rows - start)
    let next = panel + 1 < b.panelCount ? b.lanes(panel + 1, start) : nil
    var row = rows.lowerBound
    while row < rows.upperBound {
      let height = tileHeight(rows.upperBound - row)
      if let next {
        prefetch(next, lines: count, from: row - rows.lowerBound, height, of: rows.count)
      }
      nextBand.bringShare()
      tile(
        height, a.lanes(start / Panels.width, row), b.lanes(panel, start), c.lanes(panel, row),
        walk, continuing: start > 0)
      row += height
    }
  }

  /// A band of the left factor on its way from far memory, a share with each tile of the band before it.
  private struct Approach {
    private var line: UnsafePointer<Float>
    private var row = 0
    private var panelsLeft: Int
    private let rows: Int
    private let share: Int
    private let stride: Int

    /// The band after these rows in the block of sums from `start` on, or the next block's first.
    init(of a: Panels, after rows: Range<Int>, _ start: Int, of b: Panels) {
      let isLast = rows.upperBound == a.rows
      let first = isLast ? 0 : rows.upperBound
      let from = isLast ? start + block : start
      self.rows = min(band, a.rows - first)
      let panels = (max(0, min(block, a.columns - from)) + Panels.width - 1) / Panels.width
      // A single band is near already, after the first block's or the stage before.
      panelsLeft = a.rows > band ? panels : 0
      line = UnsafePointer(a.base)
      if panelsLeft > 0 { line = UnsafePointer(a.lanes(from / Panels.width, first)) }
      let tiles = (rows.count + tileRows - 1) / tileRows * b.panelCount
      share = (panels * self.rows + tiles - 1) / tiles
      stride = a.stride
    }

    @inline(__always)
    mutating func bringShare() {
      guard panelsLeft > 0 else { return }
      for _ in 0..<share where panelsLeft > 0 {
        mlpc_processor_prefetch(line + row * Panels.width)
        row += 1
        guard row == rows else { continue }
        row = 0
        line += stride
        panelsLeft -= 1
      }
    }
  }

  /// Asks for memory that is read soon, from where the processor wouldn't guess: of so many lines, the share that
  /// falls to `height` rows of `rows`, from row `row` on.
  @inline(__always)
  private static func prefetch(
    _ address: UnsafePointer<Float>, lines: Int, from row: Int, _ height: Int, of rows: Int
  ) {
    for line in row * lines / rows..<(row + height) * lines / rows {
      mlpc_processor_prefetch(address + line * Panels.width)
    }
  }

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
    guard x.rows > 1 else { return updateWeights(θ, fromSingle: x, dy, rows: rows, rule) }
    let walk = Walk(downColumns: x.rows)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: tileRows * Panels.width) { scratch in
      guard let c = scratch.baseAddress else { return }
      for panel in 0..<dy.panelCount {
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
          tile(height, x.element(0, row), dy.lanes(panel, 0), c, walk, continuing: false)
          for r in 0..<height {
            θ.step(panel, row + r, gradient: (c + r * Panels.width).lanes, rule)
          }
          row += height
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
