/// How a tile walks through its left factor: `outer` times `inner` numbers of a row, the last time `lastInner`.
struct Walk {
  /// From one row of the tile to the next.
  let rowStride: Int
  /// From one number of a row to the next.
  let innerStride: Int
  /// From one run of numbers to the next.
  let outerStride: Int
  let inner: Int
  let outer: Int
  let lastInner: Int

  /// Along the rows of panels: `count` columns from a panel's first column on.
  init(alongRowsOf a: Panels, count: Int) {
    rowStride = Panels.width
    innerStride = 1
    outerStride = a.stride
    inner = Panels.width
    outer = (count + Panels.width - 1) / Panels.width
    lastInner = count - (outer - 1) * Panels.width
  }

  /// Down the columns of one panel: `count` rows.
  init(downColumns count: Int) {
    rowStride = 1
    innerStride = Panels.width
    outerStride = 0
    inner = count
    outer = 1
    lastInner = count
  }
}

extension Kernel {
  // c[r, 0 ..< 16] += Σ_k a(r, k)·b[k, 0 ..< 16]: each element one chain of fused multiply-adds in the order of k,
  // held in registers. Six rows of 16 columns are twelve chains of eight lanes: enough to hide the
  // multiply-add's latency, and with the factors they fill the sixteen registers of AVX2.

  /// `rows` (1 to 6) rows of a product, 16 columns wide; c's rows lie side by side.
  @inline(__always)
  static func tile(
    _ rows: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ walk: Walk, continuing: Bool
  ) {
    switch rows {
    case 6: tile6(a, b, c, walk, continuing: continuing)
    case 5: tile5(a, b, c, walk, continuing: continuing)
    case 4: tile4(a, b, c, walk, continuing: continuing)
    case 3: tile3(a, b, c, walk, continuing: continuing)
    case 2: tile2(a, b, c, walk, continuing: continuing)
    default: tile1(a, b, c, walk, continuing: continuing)
    }
  }

  /// 6 rows.
  @inline(never)
  fileprivate static func tile6(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ walk: Walk, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var c1 = continuing ? (c + 16).lanes : Lanes()
    var c2 = continuing ? (c + 32).lanes : Lanes()
    var c3 = continuing ? (c + 48).lanes : Lanes()
    var c4 = continuing ? (c + 64).lanes : Lanes()
    var c5 = continuing ? (c + 80).lanes : Lanes()
    var b = b
    var panel = a
    let row = walk.rowStride
    for outer in 0..<walk.outer {
      var a = panel
      for _ in 0..<(outer == walk.outer - 1 ? walk.lastInner : walk.inner) {
        let lanes = b.lanes
        c0.addProduct(Lanes(repeating: a.pointee), lanes)
        c1.addProduct(Lanes(repeating: (a + row).pointee), lanes)
        c2.addProduct(Lanes(repeating: (a + 2 * row).pointee), lanes)
        c3.addProduct(Lanes(repeating: (a + 3 * row).pointee), lanes)
        c4.addProduct(Lanes(repeating: (a + 4 * row).pointee), lanes)
        c5.addProduct(Lanes(repeating: (a + 5 * row).pointee), lanes)
        a += walk.innerStride
        b += Panels.width
      }
      panel += walk.outerStride
    }
    c.lanes = c0
    (c + 16).lanes = c1
    (c + 32).lanes = c2
    (c + 48).lanes = c3
    (c + 64).lanes = c4
    (c + 80).lanes = c5
  }

  /// 5 rows.
  @inline(never)
  fileprivate static func tile5(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ walk: Walk, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var c1 = continuing ? (c + 16).lanes : Lanes()
    var c2 = continuing ? (c + 32).lanes : Lanes()
    var c3 = continuing ? (c + 48).lanes : Lanes()
    var c4 = continuing ? (c + 64).lanes : Lanes()
    var b = b
    var panel = a
    let row = walk.rowStride
    for outer in 0..<walk.outer {
      var a = panel
      for _ in 0..<(outer == walk.outer - 1 ? walk.lastInner : walk.inner) {
        let lanes = b.lanes
        c0.addProduct(Lanes(repeating: a.pointee), lanes)
        c1.addProduct(Lanes(repeating: (a + row).pointee), lanes)
        c2.addProduct(Lanes(repeating: (a + 2 * row).pointee), lanes)
        c3.addProduct(Lanes(repeating: (a + 3 * row).pointee), lanes)
        c4.addProduct(Lanes(repeating: (a + 4 * row).pointee), lanes)
        a += walk.innerStride
        b += Panels.width
      }
      panel += walk.outerStride
    }
    c.lanes = c0
    (c + 16).lanes = c1
    (c + 32).lanes = c2
    (c + 48).lanes = c3
    (c + 64).lanes = c4
  }

  /// 4 rows.
  @inline(never)
  fileprivate static func tile4(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ walk: Walk, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var c1 = continuing ? (c + 16).lanes : Lanes()
    var c2 = continuing ? (c + 32).lanes : Lanes()
    var c3 = continuing ? (c + 48).lanes : Lanes()
    var b = b
    var panel = a
    let row = walk.rowStride
    for outer in 0..<walk.outer {
      var a = panel
      for _ in 0..<(outer == walk.outer - 1 ? walk.lastInner : walk.inner) {
        let lanes = b.lanes
        c0.addProduct(Lanes(repeating: a.pointee), lanes)
        c1.addProduct(Lanes(repeating: (a + row).pointee), lanes)
        c2.addProduct(Lanes(repeating: (a + 2 * row).pointee), lanes)
        c3.addProduct(Lanes(repeating: (a + 3 * row).pointee), lanes)
        a += walk.innerStride
        b += Panels.width
      }
      panel += walk.outerStride
    }
    c.lanes = c0
    (c + 16).lanes = c1
    (c + 32).lanes = c2
    (c + 48).lanes = c3
  }

  /// 3 rows.
  @inline(never)
  fileprivate static func tile3(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ walk: Walk, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var c1 = continuing ? (c + 16).lanes : Lanes()
    var c2 = continuing ? (c + 32).lanes : Lanes()
    var b = b
    var panel = a
    let row = walk.rowStride
    for outer in 0..<walk.outer {
      var a = panel
      for _ in 0..<(outer == walk.outer - 1 ? walk.lastInner : walk.inner) {
        let lanes = b.lanes
        c0.addProduct(Lanes(repeating: a.pointee), lanes)
        c1.addProduct(Lanes(repeating: (a + row).pointee), lanes)
        c2.addProduct(Lanes(repeating: (a + 2 * row).pointee), lanes)
        a += walk.innerStride
        b += Panels.width
      }
      panel += walk.outerStride
    }
    c.lanes = c0
    (c + 16).lanes = c1
    (c + 32).lanes = c2
  }

  /// 2 rows.
  @inline(never)
  fileprivate static func tile2(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ walk: Walk, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var c1 = continuing ? (c + 16).lanes : Lanes()
    var b = b
    var panel = a
    let row = walk.rowStride
    for outer in 0..<walk.outer {
      var a = panel
      for _ in 0..<(outer == walk.outer - 1 ? walk.lastInner : walk.inner) {
        let lanes = b.lanes
        c0.addProduct(Lanes(repeating: a.pointee), lanes)
        c1.addProduct(Lanes(repeating: (a + row).pointee), lanes)
        a += walk.innerStride
        b += Panels.width
      }
      panel += walk.outerStride
    }
    c.lanes = c0
    (c + 16).lanes = c1
  }

  /// 1 row.
  @inline(never)
  fileprivate static func tile1(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ walk: Walk, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var b = b
    var panel = a
    for outer in 0..<walk.outer {
      var a = panel
      for _ in 0..<(outer == walk.outer - 1 ? walk.lastInner : walk.inner) {
        let lanes = b.lanes
        c0.addProduct(Lanes(repeating: a.pointee), lanes)
        a += walk.innerStride
        b += Panels.width
      }
      panel += walk.outerStride
    }
    c.lanes = c0
  }
}
