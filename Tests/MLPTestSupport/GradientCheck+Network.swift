import MLPLibrary
import MLPRun
import MLPTensor

extension GradientCheck {
  /// A whole network with its loss, through the model that trains it: the derivative of the batch's mean
  /// loss along a random direction of each trained parameter and of the input.
  package static func faults(
    ofNetworkIn experiment: Experiment, rows: Int = 5, tolerance: Double = tolerance
  ) -> [String] {
    for seed in 1...50 {
      let check = NetworkCheck(experiment, rows: rows, seed: seed)
      if let faults = check.faults(tolerance) { return faults }
    }
    return ["no point was found around which the network is smooth"]
  }
}

/// One network at one point.
private struct NetworkCheck {
  /// Any step: dropout draws the same mask in each pass of it.
  private static let step = 7

  let net: CheckedNet
  let model: Model<Double>
  let x: Tensor<Double>
  let labels: [Int32]
  let seed: UInt64

  init(_ experiment: Experiment, rows: Int, seed: Int) {
    net = experiment.net
    model = Model(experiment.net, experiment.initialisation, seed: seed)
    self.seed = UInt64(seed)
    x = Tensor.normal([rows, net.input.count], seed: self.seed, stream: 0)
    let random = Random(seed: self.seed, purpose: .test, stream: 1)
    let classes = experiment.net.classes
    labels = (0..<rows).map { Int32(random.integer($0, below: classes)) }
  }

  /// What is wrong; nil where the network isn't smooth around the point.
  func faults(_ tolerance: Double) -> [String]? {
    var forward = model
    let (o, saved) = forward.forward(x, .train, step: Self.step)
    let dy = net.loss.gradient(o, labels: labels, scale: 1 / Double(labels.count))
    let (dx, gradients) = model.backward(dy, saved, step: Self.step)
    guard gradients.map({ $0.count }) == trained.map({ $0.count }) else {
      return [
        "gradients for \(gradients.map { $0.count }) parameters, not \(trained.map { $0.count })"
      ]
    }
    var claims = [Claim(name: "input", gradient: dx, start: x) { loss(model, $0) }]
    for (layer, parameters) in trained.enumerated() {
      for (gradient, parameter) in zip(gradients[layer], parameters) {
        claims.append(claim(layer, parameter, gradient))
      }
    }
    return faults(claims, tolerance)
  }

  /// One tensor's gradient, and the loss as a function of that tensor.
  private struct Claim {
    let name: String
    let gradient: Tensor<Double>
    let start: Tensor<Double>
    let loss: (Tensor<Double>) -> Double
  }

  /// The places of each layer's trained parameters.
  private var trained: [[Int]] {
    net.layers.map { layer in layer.parameters.indices.filter { layer.parameters[$0].isTrained } }
  }

  private func claim(_ layer: Int, _ parameter: Int, _ gradient: Tensor<Double>) -> Claim {
    let placed = net.layers[layer]
    let name = "layer \(layer), \(placed.text), \(placed.parameters[parameter].name)"
    return Claim(name: name, gradient: gradient, start: model.parameters[layer][parameter]) {
      var other = model
      other.parameters[layer][parameter] = $0
      return loss(other, x)
    }
  }

  /// Compares along one random direction a tensor.
  private func faults(_ claims: [Claim], _ tolerance: Double) -> [String]? {
    var faults: [String] = []
    for (index, claim) in claims.enumerated() {
      let direction = Tensor.normal(claim.start.sizes, seed: seed, stream: UInt64(2 + index))
      let expected = Differences.derivative { step in
        claim.loss(claim.start.zip(direction) { $0 + step * $1 })
      }
      guard let expected else { return nil }
      let found = dot(claim.gradient, direction)
      if abs(found - expected) <= tolerance * max(abs(found), abs(expected), 1e-5) { continue }
      faults.append("\(claim.name): the gradient gives \(found), the differences \(expected)")
    }
    return faults
  }

  /// The batch's mean loss in training.
  private func loss(_ model: Model<Double>, _ x: Tensor<Double>) -> Double {
    var model = model
    let o = model.forward(x, .train, step: Self.step).y
    return net.loss.losses(o, labels: labels).reduce(0, +) / Double(labels.count)
  }
}
