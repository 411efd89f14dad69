import MLPTensor

extension Digits {
  /// Draws images one after the other, with the same scratch space.
  struct Writer {
    /// The largest height and width of a digit's middle lines, in pixels.
    private static let frame: Float = 20.5

    private var canvas = Canvas()
    /// A stroke's control points on paper.
    private var knots: [SIMD2<Float>] = []
    /// All strokes as short lines.
    private var lines: [(from: SIMD2<Float>, to: SIMD2<Float>)] = []

    /// Draws the image of that stream and returns its digit.
    ///
    /// - Parameter pixels: 784 zeros, row by row; inked pixels are written.
    mutating func write(_ random: Random, into pixels: UnsafeMutableBufferPointer<UInt8>) -> Int {
      var draws = Draws(random)
      let digit = draws.integer(below: 10)
      let ways = Digits.glyphs[digit]
      let glyph = ways[draws.integer(below: ways.count)]
      let hand = Hand(&draws)
      lines.removeAll(keepingCapacity: true)
      for stroke in glyph.strokes { flatten(stroke, hand, &draws) }
      trace(hand)
      canvas.develop(hand, &draws, into: pixels)
      return digit
    }

    /// Moves the stroke's points a little and cuts the spline through them into short lines.
    private mutating func flatten(_ stroke: Glyph.Stroke, _ hand: Hand, _ draws: inout Draws) {
      knots.removeAll(keepingCapacity: true)
      let offset = draws.bell2() * hand.strokeJitter
      for point in stroke.points {
        knots.append(hand.place(point + offset + draws.bell2() * hand.jitter))
      }
      for i in 0..<knots.count - 1 {
        span(i, tangent(i, stroke.corners), tangent(i + 1, stroke.corners))
      }
    }

    /// Catmull and Rom's tangent at knot `i`; at corners 0.
    private func tangent(_ i: Int, _ corners: [Bool]) -> SIMD2<Float> {
      if corners[i] { return .zero }
      return (knots[min(i + 1, knots.count - 1)] - knots[max(i - 1, 0)]) * 0.5
    }

    /// Hermite's cubic from knot `i` to the next, as lines of at most about 1.5 pixels.
    private mutating func span(_ i: Int, _ start: SIMD2<Float>, _ end: SIMD2<Float>) {
      let a = knots[i]
      let b = knots[i + 1]
      let d = b - a
      let length = (d.x * d.x + d.y * d.y).squareRoot()
      let steps = min(max(Int(length * 0.7) + 1, 1), 32)
      let c2 = 3 * d - 2 * start - end
      let c3 = start + end - 2 * d
      var last = a
      for step in 1...steps {
        let t = Float(step) / Float(steps)
        let point = a + (start + (c2 + c3 * t) * t) * t
        lines.append((last, point))
        last = point
      }
    }

    /// Shrinks the lines into the frame where need be, centres them and draws them.
    private mutating func trace(_ hand: Hand) {
      var low = SIMD2<Float>(repeating: .infinity)
      var high = -low
      for line in lines {
        low = pointwiseMin(low, pointwiseMin(line.from, line.to))
        high = pointwiseMax(high, pointwiseMax(line.from, line.to))
      }
      let size = high - low
      let fit = min(1, Self.frame / max(size.x, size.y))
      let middle = 14 + hand.shift - (low + high) * (0.5 * fit)
      canvas.clear()
      for line in lines {
        canvas.line(
          from: line.from * fit + middle, to: line.to * fit + middle, radius: hand.radius,
          reach: hand.reach)
      }
    }
  }
}
