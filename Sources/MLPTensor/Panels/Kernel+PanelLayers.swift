extension Kernel {
  // MARK: Softmax inside the network

  /// Each row becomes its softmax. y: [n, k]
  package static func softmax(_ y: Panels) {
    for n in 0..<y.rows {
      let sum = exponentials(y, n).sum
      for panel in 0..<y.panelCount { y.lanes(panel, n).lanes /= Lanes(repeating: sum) }
    }
  }

  /// dy ← y·(dy - Σ_j dy[j]·y[j]), the sum in index order. y, dy: [n, k]
  package static func softmaxBackward(_ dy: Panels, _ y: Panels) {
    for n in 0..<y.rows {
      var dot: Float = 0
      for k in 0..<y.columns { dot.addProduct(dy.element(n, k).pointee, y.element(n, k).pointee) }
      for panel in 0..<y.panelCount {
        let pointer = dy.lanes(panel, n)
        pointer.lanes = y.lanes(panel, n).lanes * (pointer.lanes - Lanes(repeating: dot))
      }
    }
  }

  // MARK: Dropout

  /// mask ← 0 with probability `rate`, else 1/(1 - rate); y ← y·mask. Row r of y is row `first` + r of the batch,
  /// and draws by its place there.
  package static func dropout(
    _ y: Panels, mask: Panels, firstRow: Int, rate: Double, _ random: Random
  ) {
    let scale = Float(1 / (1 - rate))
    for row in 0..<y.rows {
      for column in 0..<y.columns {
        let kept = random.uniform((firstRow + row) * y.columns + column) >= rate
        mask.element(row, column).pointee = kept ? scale : 0
      }
    }
    multiply(y, by: mask)
  }

  /// y ← y·other. Both: [n, k]
  package static func multiply(_ y: Panels, by other: Panels) {
    for panel in 0..<y.panelCount {
      for row in 0..<y.rows { y.lanes(panel, row).lanes *= other.lanes(panel, row).lanes }
    }
  }

  // MARK: Batch normalisation, one panel of 16 features at a time

  /// What batch normalisation keeps for a panel's features. All: [1, k] but x̂: [n, k]
  package struct Normalisation {
    package let scale: Panels
    package let shift: Panels
    package let runningMean: Panels
    package let runningVariance: Panels
    package let normalised: Panels
    package let inverse: Panels
    package let momentum: Float
    package let epsilon: Float

    package init(
      scale: Panels, shift: Panels, runningMean: Panels, runningVariance: Panels,
      normalised: Panels, inverse: Panels, momentum: Float, epsilon: Float
    ) {
      self.scale = scale
      self.shift = shift
      self.runningMean = runningMean
      self.runningVariance = runningVariance
      self.normalised = normalised
      self.inverse = inverse
      self.momentum = momentum
      self.epsilon = epsilon
    }
  }

  /// y ← scale·(y - μ)/√(v + ε) + shift, with the batch's statistics where `trains`, else the running ones.
  package static func normalise(
    _ y: Panels, panel: Int, _ bn: Normalisation, trains: Bool
  ) {
    var mean = bn.runningMean.lanes(panel, 0).lanes
    var variance = bn.runningVariance.lanes(panel, 0).lanes
    if trains {
      (mean, variance) = statistics(y, panel)
      keep(mean, variance, of: y.rows, panel, bn)
    }
    let inverse = Lanes(repeating: 1) / (variance + bn.epsilon).squareRoot()
    bn.inverse.lanes(panel, 0).lanes = inverse
    let scale = bn.scale.lanes(panel, 0).lanes
    let shift = bn.shift.lanes(panel, 0).lanes
    for n in 0..<y.rows {
      let value = (y.lanes(panel, n).lanes - mean) * inverse
      if trains { bn.normalised.lanes(panel, n).lanes = value }
      y.lanes(panel, n).lanes = shift.addingProduct(scale, value)
    }
    clearPadding(y, panel)
  }

  /// dy becomes dx; the gradients of scale and shift go straight into their step.
  package static func normaliseBackward(
    _ dy: Panels, panel: Int, _ bn: Normalisation, scale θ: Parameter, shift: Parameter,
    _ rule: UpdateRule
  ) {
    var dscale = Lanes()
    var dshift = Lanes()
    for n in 0..<dy.rows {
      dscale.addProduct(dy.lanes(panel, n).lanes, bn.normalised.lanes(panel, n).lanes)
      dshift += dy.lanes(panel, n).lanes
    }
    let share = Lanes(repeating: 1 / Float(dy.rows))
    let factor = bn.scale.lanes(panel, 0).lanes * bn.inverse.lanes(panel, 0).lanes
    for n in 0..<dy.rows {
      let fromScale = bn.normalised.lanes(panel, n).lanes * (dscale * share)
      let rest = dy.lanes(panel, n).lanes - dshift * share - fromScale
      dy.lanes(panel, n).lanes = factor * rest
    }
    clearPadding(dy, panel)
    θ.step(panel, 0, gradient: dscale, rule)
    shift.step(panel, 0, gradient: dshift, rule)
  }

  private static func statistics(_ x: Panels, _ panel: Int) -> (mean: Lanes, variance: Lanes) {
    let share = Lanes(repeating: 1 / Float(x.rows))
    var sum = Lanes()
    for n in 0..<x.rows { sum += x.lanes(panel, n).lanes }
    let mean = sum * share
    var variance = Lanes()
    for n in 0..<x.rows {
      let difference = x.lanes(panel, n).lanes - mean
      variance.addProduct(difference, difference)
    }
    return (mean, variance * share)
  }

  private static func keep(
    _ mean: Lanes, _ variance: Lanes, of n: Int, _ panel: Int, _ bn: Normalisation
  ) {
    let rate = Lanes(repeating: bn.momentum)
    let rest = Lanes(repeating: 1 - bn.momentum)
    let unbiased = Lanes(repeating: n > 1 ? Float(n) / Float(n - 1) : 1)
    let means = bn.runningMean.lanes(panel, 0)
    let variances = bn.runningVariance.lanes(panel, 0)
    means.lanes = (means.lanes * rest).addingProduct(rate, mean)
    variances.lanes = (variances.lanes * rest).addingProduct(rate, variance * unbiased)
  }
}

extension Kernel {
  /// target ← source, padding included. Both: [n, k]
  package static func copy(_ source: Panels, to target: Panels) {
    precondition(source.rows == target.rows && source.columns == target.columns)
    for panel in 0..<source.panelCount {
      target.lanes(panel, 0).update(
        from: source.lanes(panel, 0), count: source.rows * Panels.width)
    }
  }
}
