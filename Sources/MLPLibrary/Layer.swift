import MLPTensor

/// A word between the arrows.
///
/// The mathematics is written once, plainly and for any scalar: it is the reference that gradient checks run
/// in `Double`, and that the plan must equal bit for bit in `Float`.
package protocol Layer: Entry {
  /// The input that the layer was told to expect; nil where it takes what comes.
  var expectedInput: Shape? { get }

  /// The shape of one sample behind the layer.
  ///
  /// - Throws: a `Problem` where the input doesn't fit.
  func output(for input: Shape) throws(Problem) -> Shape

  /// The layer as it stands behind samples of this shape, which fit it. Only then can it compute.
  func fitted(to input: Shape) -> Self

  /// What the setting `in` means for samples of this shape, where the layer has one.
  func inputs(of input: Shape) -> Int

  /// What the layer learns or keeps, in the order in which `forward` takes it.
  func parameters(for input: Shape) -> [ParameterSpec]

  /// Multiply-adds of one sample on the way forwards.
  func multiplyAdds(for input: Shape) -> Int

  /// Numbers that training keeps for one sample, forwards and backwards.
  func workingNumbers(for input: Shape) -> Int

  /// The initialiser that the layer names for its own weights, instead of the spec's.
  var initialiser: (any Initialiser)? { get }

  /// How the plan does this layer fast; `.reference` where it calls `forward` and `backward` below.
  var planned: PlannedLayer { get }

  /// x: [n, input]; the result's y: [n, output]. `parameters` may change only where a spec says `.statistic`,
  /// and only in training.
  func forward<S: Scalar>(_ x: Tensor<S>, _ parameters: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  >

  /// From dy = ∂L/∂y: dx = ∂L/∂x, and one gradient a parameter that is trained, in their order.
  func backward<S: Scalar>(
    _ dy: Tensor<S>, _ parameters: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S>
}

extension Layer {
  package var expectedInput: Shape? { nil }
  package func output(for input: Shape) throws(Problem) -> Shape { input }
  package func fitted(to input: Shape) -> Self { self }
  package func inputs(of input: Shape) -> Int { input.count }
  package func parameters(for input: Shape) -> [ParameterSpec] { [] }
  package var initialiser: (any Initialiser)? { nil }
  package var planned: PlannedLayer { .reference }

  package func multiplyAdds(for input: Shape) -> Int {
    parameters(for: input).reduce(0) { $0 + ($1.role == .weight ? $1.count : 0) }
  }

  package func workingNumbers(for input: Shape) -> Int {
    2 * ((try? output(for: input)) ?? input).count
  }
}

/// The layers that the plan has kernels for. Each gives the bits of the layer's plain mathematics.
package enum PlannedLayer: Sendable {
  case reference
  /// Parameters: weight, and bias where there is one.
  case dense
  case activation(Activation)
  case softmax
  case dropout(rate: Double)
  /// Parameters: scale, shift, running mean, running variance.
  case normalisation(momentum: Double, epsilon: Double)
  /// Parameters: weight, and bias where there is one.
  case convolution(Window)
  case maximum(Window)
  /// The same numbers in the same order.
  case reshaping
}

/// What forward gives: the output, and what backward will need.
package struct Forward<S: Scalar>: Sendable {
  package let y: Tensor<S>
  package let saved: [Tensor<S>]

  package init(_ y: Tensor<S>, saving saved: Tensor<S>...) {
    self.y = y
    self.saved = saved
  }
}

/// What backward gives.
package struct Backward<S: Scalar>: Sendable {
  package let dx: Tensor<S>
  package let gradients: [Tensor<S>]

  package init(_ dx: Tensor<S>, _ gradients: Tensor<S>...) {
    self.dx = dx
    self.gradients = gradients
  }
}

/// One pass through the network.
package struct Pass: Sendable {
  package enum Mode: Sendable {
    case train
    case evaluate
  }

  package let mode: Mode
  /// The layer's own numbers in this step; element k of a batch draws number k.
  package let random: Random
  package let team: Team

  package init(_ mode: Mode, random: Random, team: Team = .single) {
    self.mode = mode
    self.random = random
    self.team = team
  }
}

/// Something that a layer learns or keeps: name, sizes and how it begins.
package struct ParameterSpec: Equatable, Sendable {
  package enum Role: Equatable, Sendable {
    /// Begins as the spec's initialiser says.
    case weight
    /// Begins as `init … biases` says.
    case bias
    /// Trained, begins as a constant.
    case constant(Double)
    /// Not trained; kept by forward in training.
    case statistic(Double)
  }

  package let name: String
  package let sizes: [Int]
  package let role: Role
  /// How many numbers go into each output, and out of each input, for the initialisers.
  package let fanIn: Int
  package let fanOut: Int

  package init(_ name: String, _ sizes: [Int], _ role: Role, fanIn: Int, fanOut: Int) {
    self.name = name
    self.sizes = sizes
    self.role = role
    self.fanIn = fanIn
    self.fanOut = fanOut
  }

  package var count: Int { sizes.reduce(1, *) }

  package var isTrained: Bool {
    if case .statistic = role { false } else { true }
  }
}
