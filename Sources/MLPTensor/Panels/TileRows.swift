/// Some rows of a tile, 16 columns wide, held in registers.
///
/// A tile of any height is `Row` over `Row` over … `LastRow`, so that there is one text for all heights, and the
/// compiler lays out each one's multiply-adds in full.
protocol TileRows {
  /// Zeros.
  init()

  /// The rows that lie side by side from `c` on.
  init(at c: UnsafePointer<Float>)

  func store(to c: UnsafeMutablePointer<Float>)

  /// row r += a[r · stride]·b
  mutating func addProducts(_ a: UnsafePointer<Float>, stride: Int, _ b: Lanes)
}

struct LastRow: TileRows {
  private var row: Lanes

  @inline(__always)
  init() { row = Lanes() }

  @inline(__always)
  init(at c: UnsafePointer<Float>) { row = c.lanes }

  @inline(__always)
  func store(to c: UnsafeMutablePointer<Float>) { c.lanes = row }

  @inline(__always)
  mutating func addProducts(_ a: UnsafePointer<Float>, stride: Int, _ b: Lanes) {
    row.addProduct(Lanes(repeating: a.pointee), b)
  }
}

/// A row, and those below it.
struct Row<Below: TileRows>: TileRows {
  private var row: Lanes
  private var below: Below

  @inline(__always)
  init() { (row, below) = (Lanes(), Below()) }

  @inline(__always)
  init(at c: UnsafePointer<Float>) { (row, below) = (c.lanes, Below(at: c + Panels.width)) }

  @inline(__always)
  func store(to c: UnsafeMutablePointer<Float>) {
    c.lanes = row
    below.store(to: c + Panels.width)
  }

  @inline(__always)
  mutating func addProducts(_ a: UnsafePointer<Float>, stride: Int, _ b: Lanes) {
    row.addProduct(Lanes(repeating: a.pointee), b)
    below.addProducts(a + stride, stride: stride, b)
  }
}
