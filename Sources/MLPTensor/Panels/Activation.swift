/// The elementwise functions that the plan fuses with the product before them.
package enum Activation: Sendable {
  case identity
  case relu
  case leakyRelu(slope: Float)
  case sigmoid
  case tanh
}

extension Kernel {
  /// y ← f(y + b), row by row. y: [n, o]   b: [1, o], or none
  package static func activate(_ y: Panels, bias: Panels?, _ f: Activation) {
    for panel in 0..<y.panelCount {
      let b = bias.map { $0.lanes(panel, 0).lanes } ?? Lanes()
      let hasBias = bias != nil
      switch f {
      case .identity: map(y, panel) { hasBias ? $0 + b : $0 }
      case .relu:
        map(y, panel) {
          let x = hasBias ? $0 + b : $0
          return x.replacing(with: Lanes(), where: x .< Lanes())
        }
      case .leakyRelu(let slope):
        map(y, panel) {
          let x = hasBias ? $0 + b : $0
          return x.replacing(with: slope * x, where: x .< Lanes())
        }
      case .sigmoid: map(y, panel) { VectorMath.sigmoid(hasBias ? $0 + b : $0) }
      case .tanh: map(y, panel) { VectorMath.tanh(hasBias ? $0 + b : $0) }
      }
      clearPadding(y, panel)
    }
  }

  /// dy ← dy·f′, from y = f(x). y, dy: [n, o]
  package static func deactivate(_ dy: Panels, _ y: Panels, _ f: Activation) {
    let one = Lanes(repeating: 1)
    for panel in 0..<y.panelCount {
      switch f {
      case .identity: return
      case .relu:
        zip(dy, y, panel) { dy, y in Lanes().replacing(with: dy, where: y .> Lanes()) }
      case .leakyRelu(let slope):
        zip(dy, y, panel) { dy, y in (slope * dy).replacing(with: dy, where: y .> Lanes()) }
      case .sigmoid: zip(dy, y, panel) { dy, y in dy * (y * (one - y)) }
      case .tanh: zip(dy, y, panel) { dy, y in dy * (one - y * y) }
      }
    }
  }

  @inline(__always)
  private static func map(_ y: Panels, _ panel: Int, _ f: (Lanes) -> Lanes) {
    var pointer = y.lanes(panel, 0)
    for _ in 0..<y.rows {
      pointer.lanes = f(pointer.lanes)
      pointer += Panels.width
    }
  }

  @inline(__always)
  private static func zip(_ dy: Panels, _ y: Panels, _ panel: Int, _ f: (Lanes, Lanes) -> Lanes) {
    var pointer = dy.lanes(panel, 0)
    var other = y.lanes(panel, 0)
    for _ in 0..<y.rows {
      pointer.lanes = f(pointer.lanes, other.lanes)
      pointer += Panels.width
      other += Panels.width
    }
  }

  /// Sets the lanes behind the last column to 0: a function of 0 need not be 0.
  static func clearPadding(_ y: Panels, _ panel: Int) {
    let used = y.columns - panel * Panels.width
    guard used < Panels.width else { return }
    for row in 0..<y.rows {
      let pointer = y.lanes(panel, row)
      for lane in used..<Panels.width { pointer[lane] = 0 }
    }
  }
}
