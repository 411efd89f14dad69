extension Kernel {
  /// Whether every number is finite.
  package static func isFinite(_ x: Panels) -> Bool {
    // 0 times what is not finite is not a number, and a sum never loses that again.
    var trace = Lanes()
    for panel in 0..<x.panelCount {
      let pointer = x.lanes(panel, 0)
      for row in 0..<x.rows { trace += (pointer + row * Panels.width).lanes * 0 }
    }
    return (0..<Lanes.scalarCount).allSatisfy { trace[$0] == 0 }
  }

  /// The sum of squares in double precision: each column's down its rows, then the columns' in order.
  package static func squareSum(_ x: Panels) -> Double {
    var sum = 0.0
    for panel in 0..<x.panelCount {
      let pointer = x.lanes(panel, 0)
      var squares = SIMD16<Double>()
      for row in 0..<x.rows {
        let numbers = SIMD16<Double>((pointer + row * Panels.width).lanes)
        squares += numbers * numbers
      }
      for lane in 0..<min(Panels.width, x.columns - panel * Panels.width) { sum += squares[lane] }
    }
    return sum
  }

  /// x ← x·factor
  package static func scale(_ x: Panels, by factor: Float) {
    for panel in 0..<x.panelCount {
      let pointer = x.lanes(panel, 0)
      for row in 0..<x.rows {
        let place = pointer + row * Panels.width
        place.lanes *= Lanes(repeating: factor)
      }
    }
  }

  /// x ← 0
  package static func clear(_ x: Panels) {
    for panel in 0..<x.panelCount {
      let pointer = x.lanes(panel, 0)
      pointer.update(repeating: 0, count: x.rows * Panels.width)
    }
  }
}

extension UpdateRule {
  /// Adds the gradient to the parameter: from 0, the gradient itself.
  package static let sum = UpdateRule.descent(
    Descent(rate: -1, decay: 0, momentum: 0, nesterov: false))
}
