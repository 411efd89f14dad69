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
    switch rule {
    case .descent(let rule): step(panel, row, gradient: gradient, by: rule)
    case .moments(let rule): step(panel, row, gradient: gradient, by: rule)
    }
  }

  /// The same where the rule's kind is known, so that nothing is decided for each step.
  @inline(__always)
  func step(_ panel: Int, _ row: Int, gradient: Lanes, by rule: some StepRule) {
    let offset = panel * values.stride + row * Panels.width
    rule.step(values.base + offset, first + offset, second + offset, gradient)
  }
}

/// One kind of step, on 16 parameters and what the solver keeps for them.
protocol StepRule {
  /// Whether a gradient of 0 leaves parameter and state as they are.
  var keepsWithoutGradient: Bool { get }

  func step(
    _ θ: UnsafeMutablePointer<Float>, _ first: UnsafeMutablePointer<Float>,
    _ second: UnsafeMutablePointer<Float>, _ gradient: Lanes)
}

/// θ ← θ - rate·g, and nothing else.
struct PlainDescent: StepRule {
  let rate: Float
  var keepsWithoutGradient: Bool { true }

  @inline(__always)
  func step(
    _ θ: UnsafeMutablePointer<Float>, _ first: UnsafeMutablePointer<Float>,
    _ second: UnsafeMutablePointer<Float>, _ gradient: Lanes
  ) {
    θ.lanes.addProduct(Lanes(repeating: -rate), gradient)
  }
}

extension UpdateRule.Descent: StepRule {
  var keepsWithoutGradient: Bool { decay == 0 && momentum == 0 }

  @inline(__always)
  func step(
    _ θ: UnsafeMutablePointer<Float>, _ first: UnsafeMutablePointer<Float>,
    _ second: UnsafeMutablePointer<Float>, _ gradient: Lanes
  ) {
    let old = θ.lanes
    var g = gradient
    if decay != 0 { g.addProduct(Lanes(repeating: decay), old) }
    if momentum != 0 {
      let v = g.addingProduct(Lanes(repeating: momentum), first.lanes)
      first.lanes = v
      g = nesterov ? g.addingProduct(Lanes(repeating: momentum), v) : v
    }
    θ.lanes = old.addingProduct(Lanes(repeating: -rate), g)
  }
}

extension UpdateRule.Moments: StepRule {
  var keepsWithoutGradient: Bool { false }

  @inline(__always)
  func step(
    _ θ: UnsafeMutablePointer<Float>, _ first: UnsafeMutablePointer<Float>,
    _ second: UnsafeMutablePointer<Float>, _ gradient: Lanes
  ) {
    let old = θ.lanes
    var g = gradient
    if decay != 0 { g.addProduct(Lanes(repeating: decay), old) }
    let m = (rest1 * g).addingProduct(Lanes(repeating: beta1), first.lanes)
    let v = (rest2 * g * g).addingProduct(Lanes(repeating: beta2), second.lanes)
    first.lanes = m
    second.lanes = v
    let denominator = v.squareRoot() / rootCorrection + epsilon
    θ.lanes = (old * shrink) - stepSize * (m / denominator)
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
