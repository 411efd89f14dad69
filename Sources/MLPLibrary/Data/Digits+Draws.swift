import MLPTensor

extension Digits {
  /// Numbers of one stream, one after the other; four of them to a block of the generator.
  struct Draws {
    private let random: Random
    private var next: UInt64 = 0
    private var words = SIMD4<UInt32>()
    private var left = 0

    init(_ random: Random) { self.random = random }

    /// 32 random bits.
    mutating func word() -> UInt32 {
      if left == 0 {
        let (low, high) = random.block(next)
        words = SIMD4(
          UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
          UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
        next += 1
        left = 4
      }
      left -= 1
      return words[left]
    }

    /// An integer in 0..<count.
    mutating func integer(below count: Int) -> Int {
      Int((UInt64(word()) * UInt64(count)) >> 32)
    }

    /// Uniform in [0, 1).
    mutating func uniform() -> Float { Float(word() >> 8) * 0x1p-24 }

    /// Uniform in low..<high.
    mutating func uniform(_ low: Float, _ high: Float) -> Float {
      low + (high - low) * uniform()
    }

    /// Bell-shaped: mean 0, variance 1, never beyond ±3.46; the sum of a word's four bytes.
    mutating func bell() -> Float {
      let word = word()
      let sum = (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + word >> 24
      return (Float(sum) - 510) * (1 / 147.8)
    }

    /// Eight random bytes.
    mutating func bytes() -> SIMD8<Float> {
      let low = word()
      let high = word()
      var bytes = SIMD8<Float>()
      for i in 0..<4 {
        bytes[i] = Float(low >> UInt32(8 * i) & 255)
        bytes[i + 4] = Float(high >> UInt32(8 * i) & 255)
      }
      return bytes
    }

    /// Two bell-shaped numbers.
    mutating func bell2() -> SIMD2<Float> {
      let x = bell()
      return SIMD2(x, bell())
    }
  }
}
