import MLPTensor

/// What adam and adamw share: running means of the gradient and of its square.
struct Moments: Sendable {
  let beta1: Double
  let beta2: Double
  let epsilon: Double

  static let settings = [
    Setting("lr", .number(.positive), .value(.number(0.001)), "the learning rate"),
    Setting(
      "beta1", .number(.fraction), .value(.number(0.9)), "how much of the gradient's mean is kept"),
    Setting(
      "beta2", .number(.fraction), .value(.number(0.999)),
      "how much of the squared gradient's mean is kept"),
    Setting("epsilon", .number(.positive), .value(.number(1e-8)), "added to the denominator"),
  ]

  init(_ values: Values) {
    beta1 = values.number("beta1")
    beta2 = values.number("beta2")
    epsilon = values.number("epsilon")
  }

  /// The step of `update`, for the plan.
  func rule(rate: Double, step: Int, coupled: Double, shrink: Double) -> UpdateRule {
    .moments(
      UpdateRule.Moments(
        beta1: Float(beta1), beta2: Float(beta2), rest1: Float(1 - beta1), rest2: Float(1 - beta2),
        epsilon: Float(epsilon), stepSize: Float(rate / (1 - power(beta1, step))),
        rootCorrection: Float((1 - power(beta2, step)).squareRoot()), decay: Float(coupled),
        shrink: Float(shrink)))
  }

  /// One step. `coupled` adds λθ to the gradient, `shrink` multiplies θ beforehand.
  @_specialize(where S == Float)
  func update<S: Scalar>(
    _ θ: inout Tensor<S>, _ g: Tensor<S>, _ state: inout [Tensor<S>], rate: Double, step: Int,
    coupled: Double, shrink: Double
  ) {
    let (b1, b2, ε) = (S(beta1), S(beta2), S(epsilon))
    let (rest1, rest2) = (S(1 - beta1), S(1 - beta2))
    let stepSize = S(rate / (1 - power(beta1, step)))
    let rootCorrection = S((1 - power(beta2, step)).squareRoot())
    let (λ, shrink) = (S(coupled), S(shrink))
    for k in θ.elements.indices {
      var g = g.elements[k]
      if λ != 0 { g.addProduct(λ, θ.elements[k]) }
      let m = (rest1 * g).addingProduct(b1, state[0].elements[k])
      let v = (rest2 * g * g).addingProduct(b2, state[1].elements[k])
      state[0].elements[k] = m
      state[1].elements[k] = v
      let denominator = v.squareRoot() / rootCorrection + ε
      θ.elements[k] = (θ.elements[k] * shrink) - stepSize * (m / denominator)
    }
  }

  /// x^n for n ≥ 1 by squaring: fixed operations.
  private func power(_ x: Double, _ n: Int) -> Double {
    var (result, base, rest) = (1.0, x, n)
    while rest > 0 {
      if rest & 1 == 1 { result *= base }
      base *= base
      rest >>= 1
    }
    return result
  }
}
