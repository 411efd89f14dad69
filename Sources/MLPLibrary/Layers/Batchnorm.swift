import MLPTensor

/// Standardises each feature over the batch; of a picture, each channel over batch and pixels.
package struct Batchnorm: Layer {
  package static let schema = Schema(
    "batchnorm",
    "Gives each feature mean 0 and variance 1 over the batch, then scales and shifts it. Of a picture, the features are its channels, and each pixel of the batch counts as a sample.",
    formula: """
      training:    μ, v = mean and variance (divided by n) of x over the batch
                   running mean ← (1 - momentum)·running mean + momentum·μ
                   running variance ← (1 - momentum)·running variance + momentum·v·n/(n - 1)
                   (with v for v·n/(n - 1) where n is 1)
      evaluation:  μ, v = running mean and variance
      x̂ = (x - μ) / √(v + epsilon)
      y = scale·x̂ + shift
      dscale = Σ_n dy·x̂,  dshift = Σ_n dy
      dx = scale / √(v + epsilon) · (dy - dshift/n - x̂·dscale/n)
      """,
    source: "Ioffe, Szegedy, \"Batch normalization\", 2015, with PyTorch's running statistics",
    settings: [
      Setting(
        "momentum", .number(Bounds(0, 1, excludesLower: true)), .value(.number(0.1)),
        "how much of the running statistics each batch replaces"),
      Setting(
        "epsilon", .number(.positive), .value(.number(1e-5)), "added to the variance"),
    ],
    examples: [
      "net fc 3 4 -> batchnorm -> relu -> fc 2 -> softmax_ce",
      "net reshape 2x2x3 -> batchnorm -> fc 2 -> softmax_ce",
    ])

  package let momentum: Double
  package let epsilon: Double
  /// Of the picture that it was fitted to.
  private var channels: Int?

  package init(_ values: Values) {
    momentum = values.number("momentum")
    epsilon = values.number("epsilon")
  }

  package var planned: PlannedLayer { .normalisation(momentum: momentum, epsilon: epsilon) }

  package func fitted(to input: Shape) -> Batchnorm {
    var fitted = self
    fitted.channels = input.rank == 3 ? input.sizes[2] : nil
    return fitted
  }

  package func parameters(for input: Shape) -> [ParameterSpec] {
    let count = input.rank == 3 ? input.sizes[2] : input.count
    func spec(_ name: String, _ role: ParameterSpec.Role) -> ParameterSpec {
      ParameterSpec(name, [count], role, fanIn: count, fanOut: count)
    }
    return [
      spec("scale", .constant(1)), spec("shift", .constant(0)),
      spec("running_mean", .statistic(0)), spec("running_variance", .statistic(1)),
    ]
  }

  // x: [n, k]   p: scale, shift, running mean, running variance: [k]   saved: x̂: [n, k], 1/√(v + ε): [k]

  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let (y, normalised, inverse) = normalise(features(of: x), &p, pass)
    return Forward(y.reshaped(x.sizes), saving: normalised, inverse)
  }

  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    let (dx, dscale, dshift) = gradients(features(of: dy), p, saved)
    return Backward(dx.reshaped(dy.sizes), dscale, dshift)
  }

  /// Of a picture, one row a pixel.
  private func features<S: Scalar>(of x: Tensor<S>) -> Tensor<S> {
    channels.map { x.reshaped([x.count / $0, $0]) } ?? x
  }

  @_specialize(where S == Float)
  private func normalise<S: Scalar>(
    _ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass
  ) -> (y: Tensor<S>, normalised: Tensor<S>, inverse: Tensor<S>) {
    var (mean, variance) = (p[2], p[3])
    if pass.mode == .train {
      (mean, variance) = statistics(of: x)
      keep(mean, variance, of: x.rows, in: &p)
    }
    let inverse = variance.map { 1 / ($0 + S(epsilon)).squareRoot() }
    var normalised = x
    var y = x
    for k in x.elements.indices {
      let column = k % x.columns
      let value = (x.elements[k] - mean.elements[column]) * inverse.elements[column]
      normalised.elements[k] = value
      y.elements[k] = p[1].elements[column].addingProduct(p[0].elements[column], value)
    }
    return (y, normalised, inverse)
  }

  @_specialize(where S == Float)
  private func gradients<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>]
  ) -> (dx: Tensor<S>, dscale: Tensor<S>, dshift: Tensor<S>) {
    let (normalised, inverse) = (saved[0], saved[1])
    var dscale = Tensor<S>([dy.columns])
    for k in dy.elements.indices {
      dscale.elements[k % dy.columns].addProduct(dy.elements[k], normalised.elements[k])
    }
    let dshift = Kernel.sumRows(dy)
    let share = 1 / S(dy.rows)
    var dx = dy
    for k in dy.elements.indices {
      let column = k % dy.columns
      let fromScale = normalised.elements[k] * (dscale.elements[column] * share)
      let rest = dy.elements[k] - dshift.elements[column] * share - fromScale
      dx.elements[k] = p[0].elements[column] * inverse.elements[column] * rest
    }
    return (dx, dscale, dshift)
  }

  /// Mean and variance (divided by n) of each column, summed in sample order.
  @_specialize(where S == Float)
  private func statistics<S: Scalar>(of x: Tensor<S>) -> (mean: Tensor<S>, variance: Tensor<S>) {
    let share = 1 / S(x.rows)
    let mean = Kernel.sumRows(x).map { $0 * share }
    var variance = Tensor<S>([x.columns])
    for k in x.elements.indices {
      let difference = x.elements[k] - mean.elements[k % x.columns]
      variance.elements[k % x.columns].addProduct(difference, difference)
    }
    return (mean, variance.map { $0 * share })
  }

  /// Moves the running statistics towards the batch's. A batch of one has no variance to give.
  @_specialize(where S == Float)
  private func keep<S: Scalar>(
    _ mean: Tensor<S>, _ variance: Tensor<S>, of n: Int, in p: inout [Tensor<S>]
  ) {
    let rate = S(momentum)
    let unbiased = n > 1 ? S(n) / S(n - 1) : 1
    p[2] = p[2].zip(mean) { old, new in (old * (1 - rate)).addingProduct(rate, new) }
    p[3] = p[3].zip(variance) { old, new in (old * (1 - rate)).addingProduct(rate, new * unbiased) }
  }
}
