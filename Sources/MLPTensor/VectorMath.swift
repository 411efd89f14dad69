/// Elementary functions on vectors of `Float`, of fixed operations lane by lane: width can't change a
/// bit, and the scalar functions are these.
///
/// They are transparent: inlined before they are specialised, so that no vector goes through memory.
///
/// The error is at most 2 units in the last place everywhere, subnormal results included. NaN gives NaN.
package enum VectorMath {
  /// Adding it rounds to a whole number and leaves that number in the low bits.
  private static let roundingShift: Float = 0x1.8p23
  private static let roundingShiftBits: Int32 = 0x4B40_0000

  /// e^x: x = n·ln 2 + r with |r| ≤ ln 2 / 2, Taylor series of e^r to the 7th power, times 2^n.
  @_transparent
  package static func exp<V: SIMD>(_ argument: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let magnitude = bits(argument) & magnitudeBits
    // Beyond ±104 the result is 0 or infinite anyway; a magnitude beyond infinity's is NaN, which stays.
    let isModerate = isLess(magnitude, than: bits104)
    let isNaN = isLess(V.MaskStorage(repeating: infinityBits), than: magnitude)
    let limit = bits(argument) & signBit | bits104
    let x: V = choose(isModerate | isNaN, bits(argument), limit)
    let shifted = V(repeating: roundingShift).addingProduct(x, V(repeating: 1.442_695_04))
    let n = shifted - roundingShift
    var r = x.addingProduct(n, V(repeating: -0x1.62e4p-1))
    r = r.addingProduct(n, V(repeating: -0x1.7f7d1cp-20))
    var sum = V(repeating: 1.0 / 5040)
    sum = V(repeating: 1.0 / 720).addingProduct(sum, r)
    sum = V(repeating: 1.0 / 120).addingProduct(sum, r)
    sum = V(repeating: 1.0 / 24).addingProduct(sum, r)
    sum = V(repeating: 1.0 / 6).addingProduct(sum, r)
    sum = V(repeating: 0.5).addingProduct(sum, r)
    sum = V(repeating: 1).addingProduct(sum, r)
    sum = V(repeating: 1).addingProduct(sum, r)
    // 2^n in two factors: n reaches -150 and 128, beyond what one exponent field holds.
    let exponent = bits(shifted) &- roundingShiftBits
    let half = exponent &>> 1
    return sum * powerOfTwo(half, as: V.self) * powerOfTwo(exponent &- half, as: V.self)
  }

  /// Natural logarithm: x = m·2^n with m in [√½, √2), log m by the series of 2·artanh(f/(2 + f)) with
  /// f = m - 1, arranged so that the large part f is added last.
  @_transparent
  package static func log<V: SIMD>(_ argument: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let isSubnormal = isLess(bits(argument), than: smallestNormalBits)
    let x: V = choose(isSubnormal, bits(argument * 0x1p23), bits(argument))
    let offset = bits(x) &- rootHalfBits
    let exponent = offset &>> 23
    let mantissa = bits(x) &- (exponent &<< 23)
    let shifted = unsafeBitCast(exponent &+ roundingShiftBits, to: V.self)
    let whole = shifted - roundingShift
    let n: V = choose(isSubnormal, bits(whole - 23), bits(whole))
    let f = unsafeBitCast(mantissa, to: V.self) - 1
    let s = f / (f + 2)
    let z = s * s
    var series = V(repeating: 2.0 / 11)
    series = V(repeating: 2.0 / 9).addingProduct(series, z)
    series = V(repeating: 2.0 / 7).addingProduct(series, z)
    series = V(repeating: 2.0 / 5).addingProduct(series, z)
    series = V(repeating: 2.0 / 3).addingProduct(series, z)
    let halfSquare = f * f * 0.5
    let tail = (n * 0x1.7f7d1cp-20).addingProduct(s, halfSquare.addingProduct(series, z))
    let result = (n * 0x1.62e4p-1) - ((halfSquare - tail) - f)
    // Infinity and NaN give themselves, other negative numbers NaN, zeros -∞.
    let isSpecial = isLess(V.MaskStorage(repeating: infinityBits &- 1), than: bits(argument))
    let isZero = isLess(bits(argument) & magnitudeBits, than: 1)
    let isNegative = bits(argument) &>> 31
    let special: V = choose(isSpecial, bits(argument), bits(result))
    let signed: V = choose(isNegative, nanBits | bits(argument), bits(special))
    return choose(isZero, V.MaskStorage(repeating: minusInfinityBits), bits(signed))
  }

  /// tanh x: an odd polynomial below 0.625, 1 - 2/(e^(2|x|) + 1) above.
  @_transparent
  package static func tanh<V: SIMD>(_ x: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let sign = bits(x) & signBit
    let magnitude = unsafeBitCast(bits(x) & magnitudeBits, to: V.self)
    let z = magnitude * magnitude
    var series = V(repeating: -5.704_988_7e-3)
    series = V(repeating: 2.063_908_9e-2).addingProduct(series, z)
    series = V(repeating: -5.373_971_5e-2).addingProduct(series, z)
    series = V(repeating: 1.333_144_2e-1).addingProduct(series, z)
    series = V(repeating: -3.333_328_2e-1).addingProduct(series, z)
    let small = magnitude.addingProduct(magnitude * z, series)
    let large = V(repeating: 1) - V(repeating: 2) / (exp(magnitude + magnitude) + 1)
    let isSmall = isLess(bits(magnitude), than: bits0625)
    return choose(isSmall, bits(small) | sign, bits(large) | sign)
  }

  /// 1/(1 + e^-x), written so that the small side keeps its precision: c/(1 + e) with e = e^-|x| and c = e or 1.
  ///
  /// The quotient is corrected by what is left of c, and by what was lost when 1 + e was rounded.
  @_transparent
  package static func sigmoid<V: SIMD>(_ x: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let e = exp(unsafeBitCast(bits(x) | signBit, to: V.self))
    let c: V = choose(bits(x) &>> 31, bits(e), V.MaskStorage(repeating: oneBits))
    let sum = e + 1
    let lost = e - (sum - 1)
    let inverse = 1 / sum
    let quotient = c * inverse
    let rest = c.addingProduct(-quotient, sum).addingProduct(-quotient, lost)
    return quotient.addingProduct(rest, inverse)
  }

  /// 2^n for n in -127 ... 127; zero for -127.
  @_transparent
  private static func powerOfTwo<V: SIMD>(_ n: V.MaskStorage, as: V.Type) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    unsafeBitCast((n &+ 127) &<< 23, to: V.self)
  }

  // MARK: Bits
  //
  // Comparing vectors of any width is compiled lane by lane; comparing their bits as integers is not. For numbers
  // that aren't negative the order is the same, with NaN above infinity.

  private static let signBit = Int32.min
  private static let magnitudeBits = Int32.max
  private static let infinityBits: Int32 = 0x7F80_0000
  private static let minusInfinityBits = Int32(bitPattern: 0xFF80_0000)
  private static let nanBits: Int32 = 0x7FC0_0000
  private static let oneBits: Int32 = 0x3F80_0000
  private static let smallestNormalBits: Int32 = 0x0080_0000
  private static let rootHalfBits: Int32 = 0x3F35_04F3
  private static let bits0625: Int32 = 0x3F20_0000
  private static let bits104: Int32 = 0x42D0_0000

  @_transparent
  private static func bits<V: SIMD>(_ x: V) -> V.MaskStorage where V.Scalar == Float {
    unsafeBitCast(x, to: V.MaskStorage.self)
  }

  /// All bits set where a < b; the difference must not overflow.
  @_transparent
  private static func isLess<M: SIMD>(_ a: M, than b: M) -> M where M.Scalar == Int32 {
    (a &- b) &>> 31
  }

  @_transparent
  private static func isLess<M: SIMD>(_ a: M, than b: Int32) -> M where M.Scalar == Int32 {
    (a &- b) &>> 31
  }

  /// a where the mask's bits are set, else b.
  @_transparent
  private static func choose<V: SIMD>(
    _ mask: V.MaskStorage, _ a: V.MaskStorage, _ b: V.MaskStorage
  ) -> V where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    unsafeBitCast(b ^ ((a ^ b) & mask), to: V.self)
  }
}
