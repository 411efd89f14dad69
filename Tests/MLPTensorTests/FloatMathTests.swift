import Foundation
import Testing

@testable import MLPTensor

@Suite("Elementary functions of Float")
struct FloatMathTests {
  /// A function of ours, and what it should be.
  struct Function: Sendable, CustomStringConvertible {
    let description: String
    let ours: @Sendable (Float) -> Float
    let exact: @Sendable (Double) -> Double
  }

  static let functions = [
    Function(description: "exp", ours: { Float.exp($0) }, exact: { Foundation.exp($0) }),
    Function(description: "log", ours: { Float.log($0) }, exact: { Foundation.log($0) }),
    Function(description: "tanh", ours: { Float.tanh($0) }, exact: { Foundation.tanh($0) }),
    Function(
      description: "sigmoid", ours: { Float.sigmoid($0) }, exact: { 1 / (1 + Foundation.exp(-$0)) }),
  ]

  @Test("are within 2 units in the last place, at every exponent", arguments: functions)
  func everyExponent(_ function: Function) {
    for exponent in 0...254 as ClosedRange<UInt32> {
      let worst = Self.worst(function, exponents: exponent...exponent, stride: 16_411)
      #expect(worst.error <= 2, "\(function)(\(worst.x)) is \(worst.error) units off")
    }
  }

  @Test("are so where they bend, between 2^-10 and 2^7", arguments: functions)
  func whereTheyBend(_ function: Function) {
    let worst = Self.worst(function, exponents: 117...133, stride: 769)
    #expect(worst.error <= 2, "\(function)(\(worst.x)) is \(worst.error) units off")
  }

  @Test("are so where the result is subnormal")
  func subnormalResults() {
    for step in 0..<4000 {
      let x = -87 - Float(step) * 0.005
      #expect(Self.error(Float.exp(x), Foundation.exp(Double(x))) <= 2)
      #expect(Self.error(Float.sigmoid(x), Foundation.exp(Double(x))) <= 2)
    }
  }

  @Test("keep to their limits")
  func limits() {
    #expect(
      [Float.exp(.infinity), .exp(89), .exp(-.infinity), .exp(-104.1)] == [
        .infinity, .infinity, 0, 0,
      ])
    #expect([Float.exp(0), .exp(-0.0)] == [1, 1])
    #expect(
      [Float.log(0), .log(-0.0), .log(.infinity), .log(1)] == [
        -.infinity, -.infinity, .infinity, 0,
      ])
    #expect([Float.tanh(.infinity), .tanh(-.infinity), .tanh(10)] == [1, -1, 1])
    #expect([Float.sigmoid(.infinity), .sigmoid(-.infinity), .sigmoid(0)] == [1, 0, 0.5])
    #expect(Float.log(-.leastNonzeroMagnitude).isNaN && Float.log(-.infinity).isNaN)
    #expect(Float.exp(.greatestFiniteMagnitude) == .infinity)
    #expect(Float.exp(-.greatestFiniteMagnitude) == 0)
  }

  @Test("tanh keeps the sign of zero, and is x itself beside it")
  func tanhAtZero() {
    for x in [0, -0.0, .leastNonzeroMagnitude, 1e-20, -1e-40] as [Float] {
      #expect(Float.tanh(x).bitPattern == x.bitPattern)
    }
  }

  @Test("give NaN for NaN, and only then where they are defined")
  func notANumber() {
    for function in Self.functions {
      #expect(function.ours(.nan).isNaN && function.ours(-.signalingNaN).isNaN, "\(function)")
    }
  }

  @Test("never pass their bounds")
  func bounds() {
    for step in -3000...3000 {
      let x = Float(step) / 100
      #expect((-1...1).contains(Float.tanh(x)))
      #expect((0...1).contains(Float.sigmoid(x)))
      #expect(Float.exp(x) > 0)
    }
  }

  @Test("give the same bits in vectors of 4, 8 and 16")
  func widths() {
    for step in 0..<300 {
      // All exponents and both signs, subnormals and NaN among them.
      let x = Float(bitPattern: UInt32(truncatingIfNeeded: step &* 14_316_557))
      #expect(Self.bits(SIMD4(repeating: 0.7), x) == Self.scalarBits(x))
      #expect(Self.bits(SIMD8(repeating: 0.7), x) == Self.scalarBits(x))
      #expect(Self.bits(SIMD16(repeating: 0.7), x) == Self.scalarBits(x))
    }
  }

  // MARK: Means

  /// The bits of the four functions in a lane between other numbers.
  private static func bits<V: SIMD>(_ others: V, _ x: Float) -> [UInt32]
  where V.Scalar == Float, V.MaskStorage.Scalar == Int32 {
    var vector = others
    vector[V.scalarCount - 1] = x
    let results = [
      VectorMath.exp(vector), VectorMath.log(vector), VectorMath.tanh(vector),
      VectorMath.sigmoid(vector),
    ]
    return results.map { canonical($0[V.scalarCount - 1]) }
  }

  private static func scalarBits(_ x: Float) -> [UInt32] {
    functions.map { canonical($0.ours(x)) }
  }

  /// One pattern for all that isn't a number: processors differ there.
  private static func canonical(_ x: Float) -> UInt32 {
    x.isNaN ? Float.nan.bitPattern : x.bitPattern
  }

  /// The largest error over both signs and a stride of mantissas of some exponents.
  private static func worst(
    _ function: Function, exponents: ClosedRange<UInt32>, stride step: Int
  ) -> (error: Double, x: Float) {
    var worst = (error: 0.0, x: Float(0))
    let last = Int(exponents.upperBound << 23 | 0x7F_FFFF)
    for bits in stride(from: Int(exponents.lowerBound << 23), through: last, by: step) {
      for sign in [0, 0x8000_0000] as [UInt32] {
        let x = Float(bitPattern: sign | UInt32(bits))
        let error = error(function.ours(x), function.exact(Double(x)))
        if error > worst.error { worst = (error, x) }
      }
    }
    return worst
  }

  /// In units of Float's last place at the exact result; infinity counts as 2^128.
  private static func error(_ found: Float, _ exact: Double) -> Double {
    if exact.isNaN || found.isNaN { return exact.isNaN == found.isNaN ? 0 : .infinity }
    if exact.isInfinite { return Double(found) == exact ? 0 : .infinity }
    let limit = 0x1p128
    let value = found.isInfinite ? (found > 0 ? limit : -limit) : Double(found)
    let bounded = min(max(exact, -limit), limit)
    let exponent = bounded == 0 ? -126 : min(max(Int(bounded.exponent), -126), 127)
    return abs(value - bounded) / Double(sign: .plus, exponent: exponent - 23, significand: 1)
  }
}
