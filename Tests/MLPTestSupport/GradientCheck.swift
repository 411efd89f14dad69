import MLPLibrary
import MLPRun
import MLPTensor

/// Holds backward passes against central differences of the forward passes, in Double.
///
/// A pass with many outputs is made a single number by a random projection Σ r·y. Each check gives what
/// it found wrong, one sentence a place; nothing, where the gradients are right.
package enum GradientCheck {
  /// How far a gradient may be off, relative to itself (or to a thousandth of its tensor's largest).
  package static let tolerance = 1e-6

  /// A tensor that a function depends on.
  package struct Variable {
    let name: String
    var tensor: Tensor<Double>
  }

  /// A point, the function around it, and the gradient that is claimed there.
  struct Claim {
    var variables: [Variable]
    let value: ([Tensor<Double>]) -> Double
    let gradients: [Tensor<Double>]
  }

  /// A layer by itself in training, on `rows` samples: the input and every parameter that is trained.
  package static func faults(
    of layer: any Layer, input: Shape, rows: Int = 4, tolerance: Double = tolerance
  ) -> [String] {
    smooth(tolerance) { LayerCheck(layer: layer, input: input, rows: rows, seed: $0).claim() }
  }

  /// A loss by itself; `outputs` numbers for each of `rows` samples.
  package static func faults(
    of loss: any Loss, outputs: Int, rows: Int = 4, tolerance: Double = tolerance
  ) -> [String] {
    smooth(tolerance) { seed in
      lossClaim(loss, outputs: outputs, rows: rows, seed: seed)
    }
  }

  /// Tries points until the function is smooth around one: a kink between the points that the
  /// differences are taken from says nothing about the gradient.
  private static func smooth(
    _ tolerance: Double, _ claim: (_ seed: UInt64) -> Result<Claim, Malformed>
  ) -> [String] {
    for seed in 1...50 as ClosedRange<UInt64> {
      switch claim(seed) {
      case .failure(let malformed): return [malformed.fault]
      case .success(let claim):
        if let faults = claim.faults(tolerance: tolerance) { return faults }
      }
    }
    return ["no point was found around which the forward pass is smooth"]
  }

  private static func lossClaim(
    _ loss: any Loss, outputs: Int, rows: Int, seed: UInt64
  ) -> Result<Claim, Malformed> {
    let o = Tensor.normal([rows, outputs], seed: seed, stream: 0)
    guard let classes = try? loss.classes(forOutputs: outputs) else {
      return .failure(Malformed(fault: "\(outputs) outputs don't fit the loss"))
    }
    let random = Random(seed: seed, purpose: .test, stream: 1)
    let labels = (0..<rows).map { Int32(random.integer($0, below: classes)) }
    let scale = 0.37
    return .success(
      Claim(
        variables: [Variable(name: "o", tensor: o)],
        value: { scale * loss.losses($0[0], labels: labels).reduce(0, +) },
        gradients: [loss.gradient(o, labels: labels, scale: scale)]))
  }
}

/// A gradient that can't even be compared.
struct Malformed: Error {
  let fault: String
}

extension Tensor where S == Double {
  /// Normally distributed numbers, the same for the same seed and stream.
  package static func normal(_ sizes: [Int], seed: UInt64, stream: UInt64) -> Tensor {
    let random = Random(seed: seed, purpose: .test, stream: stream)
    return Tensor(sizes, elements: (0..<sizes.reduce(1, *)).map { random.normal($0) })
  }
}

/// One layer at one point.
private struct LayerCheck {
  let layer: any Layer
  let input: Shape
  let rows: Int
  let seed: UInt64

  func claim() -> Result<GradientCheck.Claim, Malformed> {
    guard let output = try? layer.output(for: input) else {
      return .failure(Malformed(fault: "the input \(input) doesn't fit the layer"))
    }
    let specs = layer.parameters(for: input)
    let x = Tensor.normal([rows, input.count], seed: seed, stream: 0)
    let parameters = specs.enumerated().map { start($1, stream: UInt64($0 + 1)) }
    let trained = specs.indices.filter { specs[$0].isTrained }
    // The same numbers in every pass: dropout's mask is part of the function.
    let pass = Pass(.train, random: Random(seed: seed, purpose: .dropout))
    var kept = parameters
    let forward = layer.forward(x, &kept, pass)
    guard forward.y.rows == rows, forward.y.columns == output.count else {
      return .failure(
        Malformed(fault: "forward gives \(forward.y.sizes), not \(rows) samples of \(output)"))
    }
    let projection = Tensor.normal(forward.y.sizes, seed: seed, stream: 100)
    let backward = layer.backward(projection, kept, forward.saved, pass)
    guard backward.gradients.count == trained.count else {
      return .failure(
        Malformed(
          fault: "backward gives \(backward.gradients.count) gradients for \(trained.count)"))
    }
    let variables =
      [GradientCheck.Variable(name: "x", tensor: x)]
      + trained.map { GradientCheck.Variable(name: specs[$0].name, tensor: parameters[$0]) }
    return .success(
      GradientCheck.Claim(
        variables: variables,
        value: { tensors in
          var moved = parameters
          for (position, index) in trained.enumerated() { moved[index] = tensors[position + 1] }
          return dot(projection, layer.forward(tensors[0], &moved, pass).y)
        },
        gradients: [backward.dx] + backward.gradients))
  }

  /// Trained parameters at random, so that none hides another by being 0 or 1; statistics as they begin.
  private func start(_ spec: ParameterSpec, stream: UInt64) -> Tensor<Double> {
    if case .statistic(let value) = spec.role { return Tensor(spec.sizes, repeating: value) }
    return Tensor.normal(spec.sizes, seed: seed, stream: stream)
  }
}

func dot(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
  var sum = 0.0
  for k in 0..<a.count { sum += a.elements[k] * b.elements[k] }
  return sum
}
