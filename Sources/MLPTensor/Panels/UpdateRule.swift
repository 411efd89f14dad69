/// A solver's step on 16 parameters at once: the same operations as the solver's plain mathematics.
package enum UpdateRule: Sendable {
  case descent(Descent)
  case moments(Moments)

  /// g ← g + decay·θ;  v ← momentum·v + g;  θ ← θ - rate·v
  package struct Descent: Sendable {
    let rate: Float
    let decay: Float
    let momentum: Float
    let nesterov: Bool

    package init(rate: Float, decay: Float, momentum: Float, nesterov: Bool) {
      self.rate = rate
      self.decay = decay
      self.momentum = momentum
      self.nesterov = nesterov
    }
  }

  /// Adam's step; `decay` is added to the gradient, `shrink` multiplies θ beforehand.
  package struct Moments: Sendable {
    let beta1: Float
    let beta2: Float
    let rest1: Float
    let rest2: Float
    let epsilon: Float
    let stepSize: Float
    let rootCorrection: Float
    let decay: Float
    let shrink: Float

    package init(
      beta1: Float, beta2: Float, rest1: Float, rest2: Float, epsilon: Float, stepSize: Float,
      rootCorrection: Float, decay: Float, shrink: Float
    ) {
      self.beta1 = beta1
      self.beta2 = beta2
      self.rest1 = rest1
      self.rest2 = rest2
      self.epsilon = epsilon
      self.stepSize = stepSize
      self.rootCorrection = rootCorrection
      self.decay = decay
      self.shrink = shrink
    }
  }

  /// The rate of a descent without decay and momentum: a gradient of 0 leaves the parameter as it is.
  package var plainRate: Float? {
    guard case .descent(let rule) = self, rule.decay == 0, rule.momentum == 0 else { return nil }
    return rule.rate
  }
}

/// A parameter with what the solver keeps for it, all in panels of the same shape.
package struct Parameter {
  package let values: Panels
  /// None, momentum's velocity, or adam's two moments.
  package let state: [Panels]

  private let first: UnsafeMutablePointer<Float>
  private let second: UnsafeMutablePointer<Float>

  package init(_ values: Panels, state: [Panels]) {
    self.values = values
    self.state = state
    first = state.first?.base ?? values.base
    second = state.last?.base ?? values.base
  }

  /// One step on 16 columns of a row.
  @inline(__always)
  func step(_ panel: Int, _ row: Int, gradient: Lanes, _ rule: UpdateRule) {
    let offset = panel * values.stride + row * Panels.width
    switch rule {
    case .descent(let rule): descend(offset, gradient, rule)
    case .moments(let rule): move(offset, gradient, rule)
    }
  }

  @inline(__always)
  private func descend(_ offset: Int, _ gradient: Lanes, _ rule: UpdateRule.Descent) {
    let old = (values.base + offset).lanes
    var g = gradient
    if rule.decay != 0 { g.addProduct(Lanes(repeating: rule.decay), old) }
    if rule.momentum != 0 {
      let v = g.addingProduct(Lanes(repeating: rule.momentum), (first + offset).lanes)
      (first + offset).lanes = v
      g = rule.nesterov ? g.addingProduct(Lanes(repeating: rule.momentum), v) : v
    }
    (values.base + offset).lanes = old.addingProduct(Lanes(repeating: -rule.rate), g)
  }

  @inline(__always)
  private func move(_ offset: Int, _ gradient: Lanes, _ rule: UpdateRule.Moments) {
    let old = (values.base + offset).lanes
    var g = gradient
    if rule.decay != 0 { g.addProduct(Lanes(repeating: rule.decay), old) }
    let m = (rule.rest1 * g).addingProduct(Lanes(repeating: rule.beta1), (first + offset).lanes)
    let v = (rule.rest2 * g * g).addingProduct(
      Lanes(repeating: rule.beta2), (second + offset).lanes)
    (first + offset).lanes = m
    (second + offset).lanes = v
    let denominator = v.squareRoot() / rule.rootCorrection + rule.epsilon
    (values.base + offset).lanes = (old * rule.shrink) - rule.stepSize * (m / denominator)
  }
}

extension Kernel {
  /// One step of a whole parameter from its gradient, in panels of the same shape.
  package static func update(_ θ: Parameter, _ gradient: Panels, _ rule: UpdateRule) {
    for panel in 0..<gradient.panelCount {
      for row in 0..<gradient.rows {
        θ.step(panel, row, gradient: gradient.lanes(panel, row).lanes, rule)
      }
    }
  }
}
