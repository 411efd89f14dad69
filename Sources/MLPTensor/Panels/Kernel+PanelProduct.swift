import CProcessor

extension Kernel {
  /// How many steps of a sum are done before the next columns: 256 rows of one panel are 16 KB, half of a
  /// first-level cache.
  private static let block = 256

  /// Rows of the left factor that are worked on together: of a block of a tall one, 132 KB stay in a second-level
  /// cache while all columns of the right one pass.
  private static let band = 22 * tileRows

  /// c = a·b, each element one chain in the order of a's columns.
  ///
  /// a: [m, k]   b: [k, n]   c: [m, n]. The layer's forward product (x·W), and its input gradient with the
  /// samples as columns (dxᵀ = W·dyᵀ).
  package static func product(_ a: Panels, _ b: Panels, into c: Panels) {
    precondition(a.columns == b.rows && a.rows <= c.rows && b.columns == c.columns)
    for start in Swift.stride(from: 0, to: max(1, b.rows), by: block) {
      for first in Swift.stride(from: 0, to: a.rows, by: band) {
        let rows = first..<min(first + band, a.rows)
        var next = Approach(of: a, after: rows, start, of: b)
        for panel in 0..<b.panelCount {
          product(a, b, into: c, rows: rows, panel: panel, start: start, &next)
        }
      }
    }
  }

  /// Some rows of one panel of c, and one block of their sums; meanwhile the next panel of b is brought near, and
  /// some of the left factor's next band.
  @inline(__always)
  private static func product(
    _ a: Panels, _ b: Panels, into c: Panels, rows: Range<Int>, panel: Int, start: Int,
    _ nextBand: inout Approach
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
      let left = PanelRows(
        base: a.lanes(start / Panels.width, row), stride: a.stride, count: count)
      tile(height, left, b.lanes(panel, start), c.lanes(panel, row), continuing: start > 0)
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
  static func prefetch(
    _ address: UnsafePointer<Float>, lines: Int, from row: Int, _ height: Int, of rows: Int
  ) {
    for line in row * lines / rows..<(row + height) * lines / rows {
      mlpc_processor_prefetch(address + line * Panels.width)
    }
  }

  /// dx = dy·wᵀ for a single sample, each element one chain in the order of dy's columns.
  ///
  /// dy: [1, o]   w: [i, o]   dx: [1, i]. There is no second sample to fill a vector with: eight chains at a time
  /// hide the multiply-add's latency.
  package static func inputGradient(ofSingle dy: Panels, _ w: Panels, into dx: Panels) {
    precondition(dy.rows == 1 && dy.columns == w.columns && dx.columns == w.rows)
    for first in Swift.stride(from: 0, to: w.rows, by: 8) {
      inputGradient(ofSingle: dy, w, rows: first..<min(first + 8, w.rows), into: dx)
    }
  }

  /// Up to eight of its elements. Rows beyond the last one repeat it.
  @inline(__always)
  private static func inputGradient(
    ofSingle dy: Panels, _ w: Panels, rows: Range<Int>, into dx: Panels
  ) {
    @inline(__always)
    func offset(_ row: Int) -> Int { min(row, rows.count - 1) * Panels.width }
    let (r1, r2, r3, r4) = (offset(1), offset(2), offset(3), offset(4))
    let (r5, r6, r7) = (offset(5), offset(6), offset(7))
    var (c0, c1, c2, c3): (Float, Float, Float, Float) = (0, 0, 0, 0)
    var (c4, c5, c6, c7): (Float, Float, Float, Float) = (0, 0, 0, 0)
    for panel in 0..<w.panelCount {
      let a = w.lanes(panel, rows.lowerBound)
      let b = dy.lanes(panel, 0)
      for lane in 0..<min(Panels.width, w.columns - panel * Panels.width) {
        let (a, b) = (a + lane, b[lane])
        c0.addProduct(a[0], b)
        c1.addProduct(a[r1], b)
        c2.addProduct(a[r2], b)
        c3.addProduct(a[r3], b)
        c4.addProduct(a[r4], b)
        c5.addProduct(a[r5], b)
        c6.addProduct(a[r6], b)
        c7.addProduct(a[r7], b)
      }
    }
    let target = dx.element(0, rows.lowerBound)
    let result = HalfLanes(c0, c1, c2, c3, c4, c5, c6, c7)
    if rows.count == 8 { return target.halfLanes = result }
    for row in 0..<rows.count { target[row] = result[row] }
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
