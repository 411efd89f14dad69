extension Digits {
  /// A sheet of 28 x 28 pixels that collects strokes, then shows them as grey bytes.
  struct Canvas {
    static let side = 28
    static let pixels = side * side
    private static let blocks = 4  // of 8 columns; the last 4 columns lie outside of the image
    private static let columns = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) + 0.5

    /// (distance to the nearest stroke / its radius)², row by row, 8 columns an element.
    private var field = [SIMD8<Float>](
      repeating: .init(repeating: .infinity), count: side * blocks)

    mutating func clear() {
      for i in field.indices { field[i] = .init(repeating: .infinity) }
    }

    /// Draws the straight line from `a` to `b`, in pixels, pixel 0 being 0 ... 1.
    ///
    /// - Parameter reach: how far from the line pixels can still be inked.
    mutating func line(
      from a: SIMD2<Float>, to b: SIMD2<Float>, radius: Float, reach: Float
    ) {
      let low = pointwiseMin(a, b) - (reach + 0.5)
      let high = pointwiseMax(a, b) + (reach - 0.5)
      let rows = Self.clamp(low.y, Self.side)...Self.clamp(high.y, Self.side)
      let across = Self.clamp(low.x, Self.side) / 8...Self.clamp(high.x, Self.side) / 8
      let d = b - a
      let inverseLength2 = 1 / max(d.x * d.x + d.y * d.y, 1e-6)
      let inverseRadius2 = 1 / (radius * radius)
      for block in across {
        let x = Self.columns + (Float(8 * block) - a.x)
        let alongX = x * d.x
        for row in rows {
          let y = Float(row) + 0.5 - a.y
          let t = Self.unit((alongX + y * d.y) * inverseLength2)
          let ex = x - t * d.x
          let ey = y - t * d.y
          let q = (ex * ex + ey * ey) * inverseRadius2
          let i = row * Self.blocks + block
          field[i].replace(with: q, where: q .< field[i])
        }
      }
    }

    /// Writes ink · clamp((radius - distance) / softness + 1/2, 0, 1) as bytes, each less a random
    /// share of it below `grain`; pixels without ink are left as they are.
    func develop(
      _ hand: Hand, _ draws: inout Draws, into pixels: UnsafeMutableBufferPointer<UInt8>
    ) {
      let slope = hand.radius / hand.softness
      let offset = slope + 0.5
      let grain = hand.ink * hand.grain / 256
      let limit = SIMD8<Float>(repeating: hand.reach * hand.reach / (hand.radius * hand.radius))
      for row in 0..<Self.side {
        for block in 0..<Self.blocks {
          let q = field[row * Self.blocks + block]
          guard any(q .< limit) else { continue }
          let cover = Self.unit(offset - slope * q.squareRoot())
          let grey = cover * (hand.ink - grain * draws.bytes()) + 0.5
          let start = row * Self.side + 8 * block
          for lane in 0..<(block == Self.blocks - 1 ? 4 : 8) {
            pixels[start + lane] = UInt8(truncatingIfNeeded: Int32(grey[lane]))
          }
        }
      }
    }

    /// Each number clamped to 0 ... 1.
    private static func unit(_ x: SIMD8<Float>) -> SIMD8<Float> {
      let positive = x.replacing(with: 0, where: x .< 0)
      return positive.replacing(with: 1, where: positive .> 1)
    }

    /// `x` as an index in 0..<count.
    private static func clamp(_ x: Float, _ count: Int) -> Int {
      min(max(Int(x.rounded(.toNearestOrEven)), 0), count - 1)
    }
  }
}
