extension Digits {
  /// How one image is written: what its strokes have in common.
  ///
  /// The ranges are chosen so that linear and hidden-layer networks reach on these digits about what
  /// they reach on MNIST, and so that as many pixels are 0 as there.
  struct Hand {
    /// How far control points stray, in half boxes: 0.035 (neat, the most frequent) to 0.15.
    let jitter: Float
    /// How far whole strokes stray.
    let strokeJitter: Float
    /// Coefficients of x², xy and y² in a smooth warp of the box.
    private let bend: (SIMD2<Float>, SIMD2<Float>, SIMD2<Float>)
    /// The columns of the matrix from the box -1 ... 1 to pixels.
    private let right: SIMD2<Float>
    private let down: SIMD2<Float>
    /// Of the digit's middle from the image's, in pixels.
    let shift: SIMD2<Float>
    /// Half the stroke's thickness, in pixels.
    let radius: Float
    /// Width of the stroke's grey edge, in pixels.
    let softness: Float
    /// The grey of a full pixel.
    let ink: Float
    /// Which share of that the paper's grain can take away.
    let grain: Float

    /// How far from a stroke's middle line there is ink.
    var reach: Float { radius + 0.5 * softness }

    init(_ draws: inout Draws) {
      let haste = draws.uniform()
      // Most hands are neat, a few are wild.
      let wildness = 0.7 + 2.3 * haste * haste * haste
      jitter = 0.05 * wildness
      strokeJitter = 0.05 * wildness
      bend = (
        draws.bell2() * (0.07 * wildness), draws.bell2() * (0.07 * wildness),
        draws.bell2() * (0.07 * wildness)
      )

      let height = 10 * (1 + 0.06 * draws.bell())
      let width = height * (0.8 + 0.13 * draws.bell())
      let slant = 0.12 + 0.16 * wildness * draws.bell()
      // Turned by 2·atan(half): its sine and cosine are exact without either function.
      let half = 0.05 * wildness * draws.bell()
      let cosine = (1 - half * half) / (1 + half * half)
      let sine = 2 * half / (1 + half * half)
      right = SIMD2(cosine, sine) * width
      down = SIMD2(-sine - slant * cosine, cosine - slant * sine) * height

      shift = draws.bell2() * 0.65
      radius = max(0.55, 1.25 + 0.22 * draws.bell())
      softness = draws.uniform(0.8, 1.5)
      ink = min(draws.uniform(235, 335), 255)
      let dryness = draws.uniform()
      grain = 0.2 * dryness * dryness * dryness
    }

    /// The point `p` of the box -1 ... 1 on paper, in pixels from the middle.
    func place(_ p: SIMD2<Float>) -> SIMD2<Float> {
      let q = p + bend.0 * (p.x * p.x) + bend.1 * (p.x * p.y) + bend.2 * (p.y * p.y)
      return right * q.x + down * q.y
    }
  }
}
