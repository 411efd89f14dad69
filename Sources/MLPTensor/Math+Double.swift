/// Elementary functions on `Double`, of fixed operations: the same bits on every machine.
///
/// Errors are a few units in the last place; the C library's functions differ from one system to the
/// next and are used nowhere.
extension Double {
  private static let ln2High = 0x1.62e42fefa38p-1
  private static let ln2Low = 0x1.ef35793c7673p-45

  /// e^x: x = n·ln 2 + r with |r| ≤ ln 2 / 2, Taylor series of e^r to the 13th power, times 2^n.
  package static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.8 { return .infinity }
    if x < -745.2 { return 0 }
    let n = (x * 1.4426950408889634).rounded(.toNearestOrEven)
    let r = (-n).fusedMultiplyAdd(ln2Low, (-n).fusedMultiplyAdd(ln2High, x))
    var sum = 1.0 / 6_227_020_800
    for factorial in inverseFactorials { sum = sum.fusedMultiplyAdd(r, factorial) }
    let exponent = Int(n)
    let half = exponent >> 1
    return sum * powerOfTwo(half) * powerOfTwo(exponent - half)
  }

  /// 1/12!, 1/11!, …, 1/1!, 1/0!.
  private static let inverseFactorials: [Double] = [
    1.0 / 479_001_600, 1.0 / 39_916_800, 1.0 / 3_628_800, 1.0 / 362_880, 1.0 / 40_320, 1.0 / 5_040,
    1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1,
  ]

  /// Natural logarithm: x = m·2^n with m in [√½, √2), log m = 2·artanh((m - 1)/(m + 1)).
  package static func log(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x.isInfinite { return x }
    var m = x.significand
    var n = Double(x.exponent)
    if m > 1.4142135623730951 {
      m *= 0.5
      n += 1
    }
    let s = (m - 1) / (m + 1)
    let z = s * s
    var sum = 1.0 / 23
    for odd in stride(from: 21.0, through: 3, by: -2) { sum = sum.fusedMultiplyAdd(z, 1 / odd) }
    let log1 = 2 * s
    let tail = (log1 * z).fusedMultiplyAdd(sum, n * ln2Low)
    return n.fusedMultiplyAdd(ln2High, log1 + tail)
  }

  /// cos(2π·turns), off by less than 2e-15 for |turns| ≤ 1.
  package static func cosine(turns: Double) -> Double { sine(turns: turns + 0.25) }

  /// sin(2π·turns), off by less than 2e-15: folded to |angle| ≤ π/2, Taylor series to the 21st power.
  package static func sine(turns: Double) -> Double {
    var t = turns - turns.rounded(.toNearestOrEven)
    if t > 0.25 { t = 0.5 - t } else if t < -0.25 { t = -0.5 - t }
    let x = t * 6.283185307179586
    let z = -x * x
    var sum = 1.0
    for k in stride(from: 20.0, through: 2, by: -2) {
      sum = sum.fusedMultiplyAdd(z / (k * (k + 1)), 1)
    }
    return x * sum
  }

  /// tanh x = sign(x)·(1 - e)/(1 + e) with e = e^(-2|x|); a series near 0, where that cancels.
  package static func tanh(_ x: Double) -> Double {
    if x == 0 { return x }
    let a = abs(x)
    if a < 0.125 { return x + x * tanhSeries(x * x) }
    let e = exp(-2 * a)
    let t = (1 - e) / (1 + e)
    return x < 0 ? -t : t
  }

  /// tanh(x)/x - 1 as a series in z = x².
  private static func tanhSeries(_ z: Double) -> Double {
    let coefficients = [
      -0.00145583438705131, 0.00359212803657248, -0.00886323552990220, 0.0218694885361552,
      -0.0539682539682540, 0.133333333333333333, -0.333333333333333333,
    ]
    var sum = 0.000590027440945586
    for c in coefficients { sum = sum.fusedMultiplyAdd(z, c) }
    return z * sum
  }

  /// 1/(1 + e^-x), written so that neither side overflows.
  package static func sigmoid(_ x: Double) -> Double {
    let e = exp(-abs(x))
    return (x < 0 ? e : 1) / (1 + e)
  }

  /// 2^n; zero below the normal range, infinite above it.
  static func powerOfTwo(_ n: Int) -> Double {
    Double(sign: .plus, exponent: n, significand: 1)
  }

  /// self·a + b, rounded once.
  fileprivate func fusedMultiplyAdd(_ a: Double, _ b: Double) -> Double { b.addingProduct(self, a) }
}
