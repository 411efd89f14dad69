import MLPLibrary
import MLPTensor

/// A network with its numbers: the reference.
///
/// It is the layers' own mathematics, one after the other, in any scalar: slow, plain, and what everything
/// faster is held against.
package struct Model<S: Scalar>: Sendable {
  package let net: CheckedNet
  package let seed: Int
  package let team: Team
  /// The greatest norm of a step's gradient; nil where it is not limited.
  package var clip: Double?
  /// By layer, in the order of the layer's specs.
  package var parameters: [[Tensor<S>]]
  /// What the solver keeps: by layer, by trained parameter.
  private(set) var solverState: [[[Tensor<S>]]] = []

  package init(_ net: CheckedNet, _ initialisation: Initialisation, seed: Int, team: Team = .single)
  {
    self.net = net
    self.seed = seed
    self.team = team
    parameters = net.layers.indices.map { index in
      initialisation.parameters(of: net.layers[index], index: index, seed: seed, team: team)
    }
  }

  /// The outputs for a batch in evaluation. x: [n, input]
  package mutating func outputs(_ x: Tensor<S>) -> Tensor<S> {
    forward(x, .evaluate, step: 0).y
  }

  /// Outputs and what each layer saved for backward.
  package mutating func forward(
    _ x: Tensor<S>, _ mode: Pass.Mode, step: Int
  ) -> (y: Tensor<S>, saved: [[Tensor<S>]]) {
    var y = x
    var saved: [[Tensor<S>]] = []
    for (index, placed) in net.layers.enumerated() {
      let result = placed.layer.forward(y, &parameters[index], pass(mode, layer: index, step: step))
      y = result.y
      saved.append(result.saved)
    }
    return (y, saved)
  }

  /// The gradients of all trained parameters, by layer, and that of the input, from that of the outputs.
  package func backward(
    _ dy: Tensor<S>, _ saved: [[Tensor<S>]], step: Int
  ) -> (dx: Tensor<S>, gradients: [[Tensor<S>]]) {
    var dx = dy
    var gradients: [[Tensor<S>]] = net.layers.map { _ in [] }
    for (index, placed) in net.layers.enumerated().reversed() {
      let result = placed.layer.backward(
        dx, parameters[index], saved[index], pass(.train, layer: index, step: step))
      gradients[index] = result.gradients
      dx = result.dx
    }
    return (dx, gradients)
  }

  /// One step on a batch: forward, backward, update.
  ///
  /// - Returns: the losses and hits before the update. Where a loss isn't finite, or the gradient whose norm is
  ///   limited, nothing is updated.
  package mutating func train(
    _ x: Tensor<S>, labels: [Int32], _ solver: any Solver, at moment: Moment
  ) -> BatchScore {
    let (o, saved) = forward(x, .train, step: moment.step)
    let score = BatchScore(o, labels: labels, net.loss)
    guard score.isFinite else { return score }
    let scale = solver.averagesGradient ? 1 / S(labels.count) : 1
    let dy = net.loss.gradient(o, labels: labels, scale: scale)
    let gradients = backward(dy, saved, step: moment.step).gradients
    if let clipped = clipped(gradients) { update(clipped, solver, at: moment) }
    return score
  }

  private mutating func update(
    _ gradients: [[Tensor<S>]], _ solver: any Solver, at moment: Moment
  ) {
    if solverState.isEmpty { solverState = emptyState(solver) }
    let rate = solver.rate(at: moment)
    for (index, placed) in net.layers.enumerated() {
      let trained = placed.parameters.indices.filter { placed.parameters[$0].isTrained }
      for (position, parameter) in trained.enumerated() {
        solver.update(
          &parameters[index][parameter], gradients[index][position],
          &solverState[index][position], rate: rate, step: moment.step + 1,
          decay: solver.decay(on: placed.parameters[parameter]))
      }
    }
  }

  private func emptyState(_ solver: any Solver) -> [[[Tensor<S>]]] {
    net.layers.map { placed in
      placed.parameters.filter { $0.isTrained }.map { spec in
        (0..<solver.stateCount).map { _ in Tensor(spec.sizes) }
      }
    }
  }

  /// Layer `index`'s random numbers in a step depend on seed, layer and step alone.
  func pass(_ mode: Pass.Mode, layer index: Int, step: Int) -> Pass {
    Pass(mode, random: .dropout(seed: seed, layer: index, step: step), team: team)
  }
}

extension Random {
  /// The numbers of one layer in one step.
  static func dropout(seed: Int, layer: Int, step: Int) -> Random {
    let stream = UInt64(layer) << 36 | UInt64(step) & 0xF_FFFF_FFFF
    return Random(seed: UInt64(seed), purpose: .dropout, stream: stream)
  }
}

extension Solver {
  /// λ for one parameter.
  package func decay(on spec: ParameterSpec) -> Double {
    spec.role == .weight || decaysBiases ? decay : 0
  }
}

extension Initialisation {
  /// How a layer's parameters begin. Parameter p of layer l draws from stream l·16 + p.
  ///
  /// - Parameter team: divides the draws, each of which has a number of its own.
  package func parameters<S: Scalar>(
    of placed: PlacedLayer, index: Int, seed: Int, team: Team = .single
  ) -> [Tensor<S>] {
    placed.parameters.enumerated().map { position, spec in
      let random = Random(
        seed: UInt64(seed), purpose: .initialisation, stream: UInt64(index * 16 + position))
      let own = placed.layer.initialiser ?? weights
      switch spec.role {
      case .weight: return own.tensor(spec, random, team)
      case .bias: return (biases ?? own).tensor(spec, random, team)
      case .constant(let value), .statistic(let value):
        return Tensor(spec.sizes, repeating: S(value))
      }
    }
  }
}

extension Initialiser {
  fileprivate func tensor<S: Scalar>(
    _ spec: ParameterSpec, _ random: Random, _ team: Team
  ) -> Tensor<S> {
    Tensor(
      spec.sizes,
      elements: values(
        spec.count, fanIn: spec.fanIn, fanOut: spec.fanOut, random, as: S.self, team: team))
  }
}
