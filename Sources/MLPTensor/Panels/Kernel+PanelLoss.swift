/// The loss at the end of a plan.
package enum LossRule: Sendable {
  case softmaxCrossEntropy
  /// factor·Σ_k (o_k - t_k)², with gradient gradientFactor·scale·(o - t).
  case squared(factor: Double, divisor: Double, gradientFactor: Float, gradientDivisor: Float)
  case binaryCrossEntropy
}

extension Kernel {
  /// Each sample's loss and prediction, and do = scale·∂loss/∂o in place of o where that is asked for.
  ///
  /// o: [n, k]. `losses`, `labels` and `hits` have n elements; a hit is 1 where the prediction is the label.
  package static func loss(
    _ o: Panels, _ labels: UnsafePointer<Int32>, _ rule: LossRule, scale: Float?,
    losses: UnsafeMutablePointer<Double>, hits: UnsafeMutablePointer<UInt8>
  ) {
    for n in 0..<o.rows {
      let label = Int(labels[n])
      switch rule {
      case .softmaxCrossEntropy:
        hits[n] = firstMaximum(o, n) == label ? 1 : 0
        losses[n] = softmaxCrossEntropy(o, n, label, scale)
      case .squared(let factor, let divisor, let gradientFactor, let gradientDivisor):
        hits[n] = firstMaximum(o, n) == label ? 1 : 0
        losses[n] = factor * squaredDistance(o, n, label) / divisor
        if let scale {
          subtractTarget(o, n, label, factor: gradientFactor * scale / gradientDivisor)
        }
      case .binaryCrossEntropy:
        hits[n] = (o.element(n, 0).pointee > 0 ? 1 : 0) == label ? 1 : 0
        losses[n] = binaryCrossEntropy(o, n, label, scale)
      }
    }
  }

  private static func firstMaximum(_ o: Panels, _ n: Int) -> Int {
    var best = 0
    var maximum = o.element(n, 0).pointee
    for k in 1..<max(1, o.columns) where o.element(n, k).pointee > maximum {
      best = k
      maximum = o.element(n, k).pointee
    }
    return best
  }

  private static func softmaxCrossEntropy(
    _ o: Panels, _ n: Int, _ label: Int, _ scale: Float?
  ) -> Double {
    let target = Double(o.element(n, label).pointee)
    let (maximum, sum) = exponentials(o, n)
    if let scale {
      for panel in 0..<o.panelCount { o.lanes(panel, n).lanes /= Lanes(repeating: sum) }
      o.element(n, label).pointee -= 1
      for panel in 0..<o.panelCount { o.lanes(panel, n).lanes *= Lanes(repeating: scale) }
    }
    return Double(maximum) + Double.log(Double(sum)) - target
  }

  /// o ← e^(o - max) with 0 in the padding; the sum in index order.
  static func exponentials(_ o: Panels, _ n: Int) -> (maximum: Float, sum: Float) {
    var maximum = o.element(n, 0).pointee
    for k in 0..<o.columns where o.element(n, k).pointee > maximum {
      maximum = o.element(n, k).pointee
    }
    var sum: Float = 0
    for panel in 0..<o.panelCount {
      let pointer = o.lanes(panel, n)
      pointer.lanes = VectorMath.exp(pointer.lanes - Lanes(repeating: maximum))
      let used = min(Panels.width, o.columns - panel * Panels.width)
      for lane in 0..<used { sum += pointer[lane] }
      for lane in used..<Panels.width { pointer[lane] = 0 }
    }
    return (maximum, sum)
  }

  private static func squaredDistance(_ o: Panels, _ n: Int, _ label: Int) -> Double {
    var sum = 0.0
    for k in 0..<o.columns {
      let difference = Double(o.element(n, k).pointee - (k == label ? 1 : 0))
      sum += difference * difference
    }
    return sum
  }

  private static func subtractTarget(_ o: Panels, _ n: Int, _ label: Int, factor: Float) {
    o.element(n, label).pointee -= 1
    for panel in 0..<o.panelCount { o.lanes(panel, n).lanes *= Lanes(repeating: factor) }
  }

  private static func binaryCrossEntropy(
    _ o: Panels, _ n: Int, _ label: Int, _ scale: Float?
  ) -> Double {
    let output = o.element(n, 0).pointee
    if let scale {
      o.element(n, 0).pointee = (Float.sigmoid(output) - Float(label)) * scale
    }
    let x = Double(output)
    return max(x, 0) - x * Double(label) + Double.log(1 + Double.exp(-abs(x)))
  }
}
