import MLPLibrary
import MLPTensor

extension Model {
  /// Where a step's first number comes from that is not finite; nil where outputs, loss and gradients all are.
  mutating func firstPlaceNotFinite(
    _ x: Tensor<S>, labels: [Int32], _ solver: any Solver, at moment: Moment
  ) -> RunFailure.Divergence.Place? {
    var y = x
    var saved: [[Tensor<S>]] = []
    for (index, placed) in net.layers.enumerated() {
      let result = placed.layer.forward(
        y, &parameters[index], pass(.train, layer: index, step: moment.step))
      guard result.y.isFinite else { return .output(layer: index) }
      y = result.y
      saved.append(result.saved)
    }
    guard BatchScore(y, labels: labels, net.loss).isFinite else { return .loss }
    let scale = solver.averagesGradient ? 1 / S(labels.count) : 1
    var dx = net.loss.gradient(y, labels: labels, scale: scale)
    for (index, placed) in net.layers.enumerated().reversed() {
      let result = placed.layer.backward(
        dx, parameters[index], saved[index], pass(.train, layer: index, step: moment.step))
      guard result.dx.isFinite, result.gradients.allSatisfy({ $0.isFinite }) else {
        return .gradient(layer: index)
      }
      dx = result.dx
    }
    return nil
  }
}

extension Tensor {
  fileprivate var isFinite: Bool { elements.allSatisfy { $0.isFinite } }
}
