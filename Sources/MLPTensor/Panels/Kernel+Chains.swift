/// One step of some chains of multiply-adds: where its two factors lie.
struct ChainStep {
  let left: Int32
  let right: Int32

  init(_ left: Int, _ right: Int) {
    self.left = Int32(truncatingIfNeeded: left)
    self.right = Int32(truncatingIfNeeded: right)
  }
}

/// Chains that begin at different places of the left factor and go through the same steps.
struct ChainRows {
  let count: Int
  /// Where each chain begins, and where its result belongs; the last is repeated to fill a tile.
  let sources: [Int32]
  let targets: [Int32]
  let steps: [ChainStep]

  /// - Parameter targets: as many as sources; none where the caller knows.
  init(from sources: [Int], to targets: [Int] = [], by steps: [ChainStep]) {
    count = sources.count
    self.sources = Self.filled(sources)
    self.targets = Self.filled(targets)
    self.steps = steps
  }

  private static func filled(_ offsets: [Int]) -> [Int32] {
    guard let last = offsets.last else { return [] }
    return (offsets + Array(repeating: last, count: ChainTile.most - 1)).map {
      Int32(truncatingIfNeeded: $0)
    }
  }
}

/// The columns that a tile of chains is wide, and its rows.
struct ChainTile {
  /// From the first column of the tile's vectors.
  let column: Int
  let isWide: Bool

  /// Six rows of two vectors of AVX2, or eight of one: enough chains to hide the multiply-add's latency.
  var rows: Int { isWide ? 6 : 8 }

  static let most = 8

  /// Tiles that side by side cover `depth` columns, a multiple of 8.
  static func covering(_ depth: Int) -> [ChainTile] {
    let wide = stride(from: 0, to: depth / 16 * 16, by: 16).map {
      ChainTile(column: $0, isWide: true)
    }
    return depth % 16 == 0 ? wide : wide + [ChainTile(column: depth / 16 * 16, isWide: false)]
  }
}

extension Kernel {
  // c[r] += Σ_t a[sources[r] + left_t]·b[right_t ..< right_t + lanes]: each element one chain of fused multiply-adds
  // in the order of t, held in registers. Rows of c are 16 apart.

  @inline(__always)
  static func chains(
    _ tile: ChainTile, _ a: UnsafePointer<Float>, _ sources: UnsafePointer<Int32>,
    _ b: UnsafePointer<Float>, _ steps: UnsafeBufferPointer<ChainStep>,
    _ c: UnsafeMutablePointer<Float>, continuing: Bool
  ) {
    if tile.isWide {
      chains6x16(a, sources, b, steps, c, continuing: continuing)
    } else {
      chains8x8(a, sources, b, steps, c, continuing: continuing)
    }
  }

  /// Computes all rows of a tile's columns, tile by tile, and puts each where it belongs.
  ///
  /// - Parameter finish: does what is left to do on a tile, whose rows are 16 apart.
  @inline(__always)
  static func fill(
    _ rows: ChainRows, _ tile: ChainTile, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, finish: (UnsafeMutablePointer<Float>) -> Void
  ) {
    withScratch { c in
      rows.steps.withUnsafeBufferPointer { steps in
        rows.sources.withUnsafeBufferPointer { sources in
          rows.targets.withUnsafeBufferPointer { targets in
            guard let sources = sources.baseAddress, let targets = targets.baseAddress else {
              return
            }
            for first in stride(from: 0, to: rows.count, by: tile.rows) {
              chains(tile, a, sources + first, b, steps, c, continuing: false)
              finish(c)
              for row in 0..<tile.rows {
                let place = target + (tile.column + Int(targets[first + row]))
                let result = c + row * Panels.width
                if tile.isWide {
                  place.lanes = result.lanes
                } else {
                  place.halfLanes = result.halfLanes
                }
              }
            }
          }
        }
      }
    }
  }

  /// Room for a tile, zeroed.
  @inline(__always)
  static func withScratch(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    let count = ChainTile.most * Panels.width
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { scratch in
      guard let c = scratch.baseAddress else { return }
      c.initialize(repeating: 0, count: count)
      body(c)
    }
  }

  /// 6 rows of 16 columns.
  @inline(never)
  private static func chains6x16(
    _ a: UnsafePointer<Float>, _ sources: UnsafePointer<Int32>, _ b: UnsafePointer<Float>,
    _ steps: UnsafeBufferPointer<ChainStep>, _ c: UnsafeMutablePointer<Float>, continuing: Bool
  ) {
    var c0 = continuing ? c.lanes : Lanes()
    var c1 = continuing ? (c + 16).lanes : Lanes()
    var c2 = continuing ? (c + 32).lanes : Lanes()
    var c3 = continuing ? (c + 48).lanes : Lanes()
    var c4 = continuing ? (c + 64).lanes : Lanes()
    var c5 = continuing ? (c + 80).lanes : Lanes()
    let (s0, s1) = (Int(sources[0]), Int(sources[1]))
    let (s2, s3) = (Int(sources[2]), Int(sources[3]))
    let (s4, s5) = (Int(sources[4]), Int(sources[5]))
    for step in steps {
      let a = a + Int(step.left)
      let lanes = (b + Int(step.right)).lanes
      c0.addProduct(Lanes(repeating: a[s0]), lanes)
      c1.addProduct(Lanes(repeating: a[s1]), lanes)
      c2.addProduct(Lanes(repeating: a[s2]), lanes)
      c3.addProduct(Lanes(repeating: a[s3]), lanes)
      c4.addProduct(Lanes(repeating: a[s4]), lanes)
      c5.addProduct(Lanes(repeating: a[s5]), lanes)
    }
    c.lanes = c0
    (c + 16).lanes = c1
    (c + 32).lanes = c2
    (c + 48).lanes = c3
    (c + 64).lanes = c4
    (c + 80).lanes = c5
  }

  /// 8 rows of 8 columns.
  @inline(never)
  private static func chains8x8(
    _ a: UnsafePointer<Float>, _ sources: UnsafePointer<Int32>, _ b: UnsafePointer<Float>,
    _ steps: UnsafeBufferPointer<ChainStep>, _ c: UnsafeMutablePointer<Float>, continuing: Bool
  ) {
    var c0 = continuing ? c.halfLanes : HalfLanes()
    var c1 = continuing ? (c + 16).halfLanes : HalfLanes()
    var c2 = continuing ? (c + 32).halfLanes : HalfLanes()
    var c3 = continuing ? (c + 48).halfLanes : HalfLanes()
    var c4 = continuing ? (c + 64).halfLanes : HalfLanes()
    var c5 = continuing ? (c + 80).halfLanes : HalfLanes()
    var c6 = continuing ? (c + 96).halfLanes : HalfLanes()
    var c7 = continuing ? (c + 112).halfLanes : HalfLanes()
    let (s0, s1) = (Int(sources[0]), Int(sources[1]))
    let (s2, s3) = (Int(sources[2]), Int(sources[3]))
    let (s4, s5) = (Int(sources[4]), Int(sources[5]))
    let (s6, s7) = (Int(sources[6]), Int(sources[7]))
    for step in steps {
      let a = a + Int(step.left)
      let lanes = (b + Int(step.right)).halfLanes
      c0.addProduct(HalfLanes(repeating: a[s0]), lanes)
      c1.addProduct(HalfLanes(repeating: a[s1]), lanes)
      c2.addProduct(HalfLanes(repeating: a[s2]), lanes)
      c3.addProduct(HalfLanes(repeating: a[s3]), lanes)
      c4.addProduct(HalfLanes(repeating: a[s4]), lanes)
      c5.addProduct(HalfLanes(repeating: a[s5]), lanes)
      c6.addProduct(HalfLanes(repeating: a[s6]), lanes)
      c7.addProduct(HalfLanes(repeating: a[s7]), lanes)
    }
    c.halfLanes = c0
    (c + 16).halfLanes = c1
    (c + 32).halfLanes = c2
    (c + 48).halfLanes = c3
    (c + 64).halfLanes = c4
    (c + 80).halfLanes = c5
    (c + 96).halfLanes = c6
    (c + 112).halfLanes = c7
  }
}
