/// Elementary functions on vectors of `Float`, of fixed operations lane by lane: width can't change a
/// bit, and the scalar functions are these.
///
/// The error is at most 2 units in the last place everywhere, subnormal results included. NaN gives NaN.
package enum VectorMath {
  /// Adding it rounds to a whole number and leaves that number in the low bits.
  private static let roundingShift: Float = 0x1.8p23
  private static let roundingShiftBits: Int32 = 0x4B40_0000

  /// e^x: x = n·ln 2 + r with |r| ≤ ln 2 / 2, Taylor series of e^r to the 7th power, times 2^n.
  @inline(__always)
  package static func exp<V: SIMD>(_ argument: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let x = argument.clamped(toLower: -104, upper: 89)
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
    let exponent = unsafeBitCast(shifted, to: V.MaskStorage.self) &- roundingShiftBits
    let half = exponent &>> 1
    return sum * powerOfTwo(half, as: V.self) * powerOfTwo(exponent &- half, as: V.self)
  }

  /// Natural logarithm: x = m·2^n with m in [√½, √2), log m by the series of 2·artanh(f/(2 + f)) with
  /// f = m - 1, arranged so that the large part f is added last.
  @inline(__always)
  package static func log<V: SIMD>(_ argument: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let isSubnormal = argument .< V(repeating: Float.leastNormalMagnitude)
    let x = argument.replacing(with: argument * 0x1p23, where: isSubnormal)
    let bits =
      unsafeBitCast(x, to: V.MaskStorage.self)
      &- unsafeBitCast(
        V(repeating: Float(0.5).squareRoot()), to: V.MaskStorage.self)
    let exponent = bits &>> 23
    let mantissa = unsafeBitCast(x, to: V.MaskStorage.self) &- (exponent &<< 23)
    let shifted = unsafeBitCast(exponent &+ roundingShiftBits, to: V.self)
    let n = (shifted - roundingShift).replacing(
      with: shifted - roundingShift - 23, where: isSubnormal)
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
    return
      result
      .replacing(with: V(repeating: -.infinity), where: argument .== V(repeating: 0))
      .replacing(with: argument, where: argument .== V(repeating: .infinity))
      .replacing(with: V(repeating: .nan), where: argument .< V(repeating: 0))
      .replacing(with: argument, where: argument .!= argument)
  }

  /// tanh x: an odd polynomial below 0.625, 1 - 2/(e^(2|x|) + 1) above.
  @inline(__always)
  package static func tanh<V: SIMD>(_ x: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let z = x * x
    var series = V(repeating: -5.704_988_7e-3)
    series = V(repeating: 2.063_908_9e-2).addingProduct(series, z)
    series = V(repeating: -5.373_971_5e-2).addingProduct(series, z)
    series = V(repeating: 1.333_144_2e-1).addingProduct(series, z)
    series = V(repeating: -3.333_328_2e-1).addingProduct(series, z)
    let small = x.addingProduct(x * z, series)
    let magnitude = x.replacing(with: -x, where: x .< V(repeating: 0))
    let large = V(repeating: 1) - V(repeating: 2) / (exp(magnitude + magnitude) + 1)
    let signed = large.replacing(with: -large, where: x .< V(repeating: 0))
    let result = signed.replacing(with: small, where: magnitude .< V(repeating: 0.625))
    // The series makes +0 of -0.
    return result.replacing(with: x, where: x .== V(repeating: 0))
  }

  /// 1/(1 + e^-x), written so that the small side keeps its precision: c/(1 + e) with e = e^-|x| and c = e or 1.
  ///
  /// The quotient is corrected by what is left of c, and by what was lost when 1 + e was rounded.
  @inline(__always)
  package static func sigmoid<V: SIMD>(_ x: V) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    let isNegative = x .< V(repeating: 0)
    let e = exp(x.replacing(with: -x, where: x .> V(repeating: 0)))
    let c = V(repeating: 1).replacing(with: e, where: isNegative)
    let sum = e + 1
    let lost = e - (sum - 1)
    let inverse = 1 / sum
    let quotient = c * inverse
    let rest = c.addingProduct(-quotient, sum).addingProduct(-quotient, lost)
    return quotient.addingProduct(rest, inverse)
  }

  /// 2^n for n in -127 ... 127; zero for -127.
  @inline(__always)
  private static func powerOfTwo<V: SIMD>(_ n: V.MaskStorage, as: V.Type) -> V
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    unsafeBitCast((n &+ 127) &<< 23, to: V.self)
  }
}

extension SIMD where Scalar == Float {
  /// Lanes outside the range moved to its ends; NaN stays.
  @inline(__always)
  fileprivate func clamped(toLower lower: Float, upper: Float) -> Self {
    let raised = replacing(with: Self(repeating: lower), where: self .< Self(repeating: lower))
    return raised.replacing(with: Self(repeating: upper), where: raised .> Self(repeating: upper))
  }
}
