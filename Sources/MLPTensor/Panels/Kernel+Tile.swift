extension Kernel {
  // c[r, 0 ..< 16] += Σ_k a(r, k)·b[k, 0 ..< 16]: each element one chain of fused multiply-adds in the order of k,
  // held in registers. Six rows of 16 columns are twelve chains of eight lanes: enough to hide the
  // multiply-add's latency, and with the factors they fill the sixteen registers of AVX2.

  /// The rows of the highest tile.
  static let tileRows = 6

  /// The height of the next tile where so many rows are left: no last one so low that its chains can't hide the
  /// multiply-add's latency.
  @inline(__always)
  static func tileHeight(_ left: Int) -> Int {
    7...10 ~= left ? (left + 1) / 2 : min(tileRows, left)
  }

  private typealias Rows2 = Row<LastRow>
  private typealias Rows3 = Row<Rows2>
  private typealias Rows4 = Row<Rows3>
  private typealias Rows5 = Row<Rows4>
  private typealias Rows6 = Row<Rows5>

  /// Where the numbers of a tile's left factor lie: row r's k-th in row r and column k % 16 of panel k / 16.
  struct PanelRows {
    /// The first row's first number, which is in a panel's first column.
    let base: UnsafePointer<Float>
    /// Numbers from one panel to the next.
    let stride: Int
    /// Numbers of each row.
    let count: Int
  }

  /// `rows` (1 to 6) rows of a product; c's rows lie side by side.
  @inline(__always)
  static func tile(
    _ rows: Int, _ a: PanelRows, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    continuing: Bool
  ) {
    switch rows {
    case 6: tile(Rows6.self, a, b, c, continuing)
    case 5: tile(Rows5.self, a, b, c, continuing)
    case 4: tile(Rows4.self, a, b, c, continuing)
    case 3: tile(Rows3.self, a, b, c, continuing)
    case 2: tile(Rows2.self, a, b, c, continuing)
    default: tile(LastRow.self, a, b, c, continuing)
    }
  }

  /// The same where the left factor is read turned: row r's k-th number in row k and column r of one panel.
  struct PanelColumns {
    /// The first row's first number, in any of the panel's columns.
    let base: UnsafePointer<Float>
    /// Numbers of each row.
    let count: Int
  }

  /// `rows` (1 to 6) rows of a product; c's rows lie side by side.
  @inline(__always)
  static func tile(
    _ rows: Int, _ a: PanelColumns, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
  ) {
    switch rows {
    case 6: tile(Rows6.self, a, b, c)
    case 5: tile(Rows5.self, a, b, c)
    case 4: tile(Rows4.self, a, b, c)
    case 3: tile(Rows3.self, a, b, c)
    case 2: tile(Rows2.self, a, b, c)
    default: tile(LastRow.self, a, b, c)
    }
  }

  @inline(never)
  private static func tile<Rows: TileRows>(
    _: Rows.Type, _ a: PanelRows, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ continuing: Bool
  ) {
    var rows = continuing ? Rows(at: c) : Rows()
    var (panel, b) = (a.base, b)
    for _ in 0..<a.count / Panels.width {
      for k in 0..<Panels.width {
        rows.addProducts(panel + k, stride: Panels.width, (b + k * Panels.width).lanes)
      }
      panel += a.stride
      b += Panels.width * Panels.width
    }
    for k in 0..<a.count % Panels.width {
      rows.addProducts(panel + k, stride: Panels.width, (b + k * Panels.width).lanes)
    }
    rows.store(to: c)
  }

  @inline(never)
  private static func tile<Rows: TileRows>(
    _: Rows.Type, _ a: PanelColumns, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
  ) {
    var rows = Rows()
    for k in 0..<a.count {
      let offset = k * Panels.width
      rows.addProducts(a.base + offset, stride: 1, (b + offset).lanes)
    }
    rows.store(to: c)
  }
}
