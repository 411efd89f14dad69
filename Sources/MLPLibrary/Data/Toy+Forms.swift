import MLPTensor

extension Toy.Form {
  /// Point `k` without noise, and its class.
  ///
  /// It is made from blocks 4k and 4k + 1 of `random`: normal numbers 4k and 4k + 1, or uniform
  /// numbers 8k and 8k + 1 and, where the class is drawn, number 8k + 2. Blocks 4k + 2 and 4k + 3
  /// are left to the noise.
  func point(_ k: Int, _ random: Random) -> (SIMD2<Double>, Int32) {
    switch self {
    case .ellipse: Self.ellipse(SIMD2(random.normal(4 * k), random.normal(4 * k + 1)))
    case .xor: Self.xor(SIMD2(random.uniform(8 * k), random.uniform(8 * k + 1)) * 2 - 1)
    case .spirals: Self.spiral(random.uniform(8 * k), random.integer(8 * k + 2, below: 2))
    case .moons: Self.moon(random.uniform(8 * k), random.integer(8 * k + 2, below: 2))
    }
  }

  /// class = [xᵀQx > 0.6] with Q = [[1, 0.5], [1, 0.2]].
  private static func ellipse(_ x: SIMD2<Double>) -> (SIMD2<Double>, Int32) {
    let form = x.x * x.x + 1.5 * x.x * x.y + 0.2 * x.y * x.y
    return (x, form > 0.6 ? 1 : 0)
  }

  /// class = [x₀ and x₁ differ in sign].
  private static func xor(_ x: SIMD2<Double>) -> (SIMD2<Double>, Int32) {
    (x, (x.x < 0) != (x.y < 0) ? 1 : 0)
  }

  /// t · (cos a, sin a), a = 2π(1.5t + class/2), t from 0.1 to 1: one arm a class.
  private static func spiral(_ u: Double, _ arm: Int) -> (SIMD2<Double>, Int32) {
    let t = 0.1 + 0.9 * u
    let turns = 1.5 * t + 0.5 * Double(arm)
    return (t * SIMD2(Double.cosine(turns: turns), Double.sine(turns: turns)), Int32(arm))
  }

  /// An upper half circle about (0, 0), and a lower one about (1, ½).
  private static func moon(_ u: Double, _ half: Int) -> (SIMD2<Double>, Int32) {
    let x = SIMD2(Double.cosine(turns: 0.5 * u), Double.sine(turns: 0.5 * u))
    return half == 0 ? (x, 0) : (SIMD2(1 - x.x, 0.5 - x.y), 1)
  }
}
