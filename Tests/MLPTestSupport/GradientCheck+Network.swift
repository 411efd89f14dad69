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

  func faults(_ tolerance: Double) -> [String]? {
    let scale = 1 / Double(labels.count)
    var forward = model
    let (o, saved) = forward.forward(x, .train, step: 7)
    let dy = net.loss.gradient(o, labels: labels, scale: scale)
    let (dx, gradients) = model.backward(dy, saved, step: 7)
    var faults: [String] = []
    func compare(_ name: String, _ expected: Double?, _ found: Double) -> Bool {
      guard let expected else { return false }
      if abs(found - expected) > tolerance * max(abs(found), abs(expected), 1e-5) {
        faults.append("\(name): the gradient gives \(found), the differences \(expected)")
      }
      return true
    }
    let direction = Tensor.normal(x.sizes, seed: seed, stream: 2)
    let alongX = Differences.derivative { loss(model, moved(x, along: direction, by: $0)) }
    guard compare("input", alongX, dot(dx, direction)) else { return nil }
    for (index, layer) in net.layers.enumerated() {
      let trained = layer.parameters.indices.filter { layer.parameters[$0].isTrained }
      guard gradients[index].count == trained.count else {
        return ["layer \(index): \(gradients[index].count) gradients for \(trained.count)"]
      }
      for (position, parameter) in trained.enumerated() {
        let name = "layer \(index), \(layer.text), \(layer.parameters[parameter].name)"
        let direction = Tensor.normal(
          layer.parameters[parameter].sizes, seed: seed,
          stream: UInt64(100 + index * 16 + parameter))
        let expected = Differences.derivative { step in
          var other = model
          other.parameters[index][parameter] = moved(
            model.parameters[index][parameter], along: direction, by: step)
          return loss(other, x)
        }
        guard compare(name, expected, dot(gradients[index][position], direction)) else {
          return nil
        }
      }
    }
    return faults
  }

  /// The batch's mean loss in training.
  private func loss(_ model: Model<Double>, _ x: Tensor<Double>) -> Double {
    var model = model
    let o = model.forward(x, .train, step: 7).y
    return net.loss.losses(o, labels: labels).reduce(0, +) / Double(labels.count)
  }

  private func moved(
    _ tensor: Tensor<Double>, along direction: Tensor<Double>, by step: Double
  ) -> Tensor<Double> {
    tensor.zip(direction) { $0 + step * $1 }
  }
}
