import Foundation
import Testing

@testable import MLPTensor

@Suite("Elementary functions of Double")
struct DoubleMathTests {
  @Test("exp is within 2 units in the last place")
  func exp() {
    expect(within: 2, -745...709.7, { Double.exp($0) }, { Foundation.exp($0) })
    expect(within: 2, -1...1, { Double.exp($0) }, { Foundation.exp($0) })
  }

  @Test("log is within 3 units in the last place")
  func log() {
    expect(within: 3, 1e-3...10, { Double.log($0) }, { Foundation.log($0) })
    expect(within: 3, 0.999...1.001, { Double.log($0) }, { Foundation.log($0) })
    expect(within: 3, 1...1e308, { Double.log($0) }, { Foundation.log($0) })
    for exponent in -1074...1023 {
      let x = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(Self.error(.log(x), Foundation.log(x)) <= 3)
    }
  }

  @Test("tanh is within 5 units in the last place")
  func tanh() {
    expect(within: 5, -20...20, { Double.tanh($0) }, { Foundation.tanh($0) })
    expect(within: 5, -0.3...0.3, { Double.tanh($0) }, { Foundation.tanh($0) })
    expect(within: 5, -1e-6...1e-6, { Double.tanh($0) }, { Foundation.tanh($0) })
  }

  @Test("sigmoid is within 4 units in the last place")
  func sigmoid() {
    expect(within: 4, 0...40, { Double.sigmoid($0) }, { 1 / (1 + Foundation.exp(-$0)) })
    expect(within: 4, -700...0, { Double.sigmoid($0) }) {
      Foundation.exp($0) / (1 + Foundation.exp($0))
    }
  }

  @Test("sine and cosine of turns are within 2e-15")
  func circle() {
    for step in -5000...5000 {
      let turns = Double(step) / 5001
      let folded = 2 * Double.pi * (turns - turns.rounded())
      #expect(abs(Double.sine(turns: turns) - Foundation.sin(folded)) < 2e-15)
      #expect(abs(Double.cosine(turns: turns) - Foundation.cos(folded)) < 2e-15)
    }
    #expect([0, 0.25, 0.5, 0.75].map { Double.sine(turns: $0).rounded() } == [0, 1, 0, -1])
    #expect([0, 0.25, 0.5, 0.75].map { Double.cosine(turns: $0).rounded() } == [1, 0, -1, 0])
  }

  @Test("limits are kept")
  func limits() {
    #expect(
      [Double.exp(.infinity), .exp(710), .exp(-.infinity), .exp(-746)] == [
        .infinity, .infinity, 0, 0,
      ])
    #expect([Double.exp(0), .exp(-745.1)] == [1, .leastNonzeroMagnitude])
    #expect(
      [Double.log(0), .log(-0.0), .log(.infinity), .log(1)] == [
        -.infinity, -.infinity, .infinity, 0,
      ])
    #expect(Double.log(-1).isNaN && Double.log(-.infinity).isNaN)
    #expect([Double.tanh(.infinity), .tanh(-.infinity), .tanh(400)] == [1, -1, 1])
    #expect([Double.sigmoid(.infinity), .sigmoid(-.infinity), .sigmoid(0)] == [1, 0, 0.5])
    for f in [Double.exp, Double.log, Double.tanh, Double.sigmoid] { #expect(f(.nan).isNaN) }
  }

  @Test("tanh keeps the sign of zero")
  func tanhAtZero() {
    for x in [0, -0.0, .leastNonzeroMagnitude] as [Double] {
      #expect(Double.tanh(x).bitPattern == x.bitPattern)
    }
  }

  // MARK: Means

  private func expect(
    within limit: Double, _ range: ClosedRange<Double>, _ ours: (Double) -> Double,
    _ exact: (Double) -> Double, at location: SourceLocation = #_sourceLocation
  ) {
    var worst = (error: 0.0, x: 0.0)
    for step in 0..<20_000 {
      let share = (Double(step) + 0.37) / 20_000
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * share
      let error = Self.error(ours(x), exact(x))
      if error > worst.error { worst = (error, x) }
    }
    #expect(worst.error <= limit, "at \(worst.x)", sourceLocation: location)
  }

  private static func error(_ found: Double, _ exact: Double) -> Double {
    found == exact ? 0 : abs(found - exact) / exact.ulp
  }
}
