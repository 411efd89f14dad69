import MLPLibrary
import MLPTensor

/// y and dy of a stage that keeps its input's shape, copied from the stage before.
class ShapeKeepingStage {
  private let buffers: (y: PanelBuffer, dy: PanelBuffer)
  let previous: any PlanStage
  var y: Panels { buffers.y.panels }
  var dy: Panels { buffers.dy.panels }
  var parameters: [[Panels]] { [[]] }
  var solverState: [[[Panels]]] { [[]] }

  init(after previous: any PlanStage, capacity: Int) {
    self.previous = previous
    buffers = (
      PanelBuffer(rows: capacity, columns: previous.y.columns),
      PanelBuffer(rows: capacity, columns: previous.y.columns)
    )
  }

  /// y ← the stage before's y, for the rows given.
  func take(_ rows: Range<Int>) { Kernel.copy(previous.y.rows(rows), to: y.rows(rows)) }

  /// The stage before's dy ← dy.
  func give(_ rows: Range<Int>) { Kernel.copy(dy.rows(rows), to: previous.dy.rows(rows)) }
}

/// An activation that follows no fully connected layer.
final class ActivationStage: ShapeKeepingStage, PlanStage {
  private let activation: Activation

  init(_ activation: Activation, after previous: any PlanStage, capacity: Int) {
    self.activation = activation
    super.init(after: previous, capacity: capacity)
  }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    take(chunk.rows)
    Kernel.activate(y.rows(chunk.rows), bias: nil, activation)
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    Kernel.deactivate(dy.rows(chunk.rows), y.rows(chunk.rows), activation)
    give(chunk.rows)
  }
}

/// Softmax inside the network.
final class SoftmaxStage: ShapeKeepingStage, PlanStage {
  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    take(chunk.rows)
    Kernel.softmax(y.rows(chunk.rows))
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    Kernel.softmaxBackward(dy.rows(chunk.rows), y.rows(chunk.rows))
    give(chunk.rows)
  }
}

/// Dropout; in evaluation it does nothing.
final class DropoutStage: ShapeKeepingStage, PlanStage {
  private let rate: Double
  private let layer: Int
  private let mask: PanelBuffer

  /// - Parameter layer: its index in the network, by which it draws.
  init(rate: Double, layer: Int, after previous: any PlanStage, capacity: Int) {
    self.rate = rate
    self.layer = layer
    mask = PanelBuffer(rows: capacity, columns: previous.y.columns)
    super.init(after: previous, capacity: capacity)
  }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    take(chunk.rows)
    guard pass.trains else { return }
    Kernel.dropout(
      y.rows(chunk.rows), mask: mask.panels.rows(chunk.rows), firstRow: chunk.rows.lowerBound,
      rate: rate, .dropout(seed: pass.seed, layer: layer, step: pass.step))
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    Kernel.multiply(dy.rows(chunk.rows), by: mask.panels.rows(chunk.rows))
    give(chunk.rows)
  }
}

/// Batch normalisation: the one layer that needs the whole batch.
final class NormalisationStage: ShapeKeepingStage, PlanStage {
  private let buffers: [PanelBuffer]
  /// Of pictures, y and dy with one row a pixel.
  private let pixels: (count: Int, y: Panels, dy: Panels)?
  private let normalisation: Kernel.Normalisation
  private let scale: Parameter
  private let shift: Parameter
  /// The batch's gradients of scale and shift.
  private let gradients: (scale: Parameter, shift: Parameter)
  private var rule: UpdateRule?

  init(
    momentum: Double, epsilon: Double, parameters: [Tensor<Float>], stateCount: Int,
    after previous: any PlanStage, capacity: Int
  ) {
    let count = parameters[0].count
    let pixelCount = previous.y.columns / count
    var buffers: [PanelBuffer] = []
    func panels(_ rows: Int) -> Panels {
      buffers.append(PanelBuffer(rows: rows, columns: count))
      return buffers[buffers.count - 1].panels
    }
    let own = parameters.map { tensor in
      let values = panels(1)
      values.fill(from: tensor.elements)
      return values
    }
    scale = Parameter(own[0], state: (0..<stateCount).map { _ in panels(1) })
    shift = Parameter(own[1], state: (0..<stateCount).map { _ in panels(1) })
    gradients = (Parameter(panels(1), state: []), Parameter(panels(1), state: []))
    normalisation = Kernel.Normalisation(
      scale: own[0], shift: own[1], runningMean: own[2], runningVariance: own[3],
      normalised: panels(capacity * pixelCount), inverse: panels(1), momentum: Float(momentum),
      epsilon: Float(epsilon))
    pixels =
      pixelCount > 1
      ? (pixelCount, panels(capacity * pixelCount), panels(capacity * pixelCount)) : nil
    self.buffers = buffers
    super.init(after: previous, capacity: capacity)
  }

  var isSampleWise: Bool { false }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    take(chunk.rows)
    let y = y.rows(chunk.rows)
    guard let pixels else { return normalise(y, pass) }
    let rows = pixels.y.prefix(chunk.rows.count * pixels.count)
    Kernel.copy(y, toPixels: rows)
    normalise(rows, pass)
    Kernel.copy(pixels: rows, to: y)
  }

  private func normalise(_ y: Panels, _ pass: PlanPass) {
    for panel in 0..<y.panelCount {
      Kernel.normalise(y, panel: panel, normalisation, trains: pass.trains)
    }
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    let dy = dy.rows(chunk.rows)
    if let pixels {
      let rows = pixels.dy.prefix(chunk.rows.count * pixels.count)
      Kernel.copy(dy, toPixels: rows)
      differentiate(rows)
      Kernel.copy(pixels: rows, to: dy)
    } else {
      differentiate(dy)
    }
    give(chunk.rows)
  }

  /// dy becomes dx, and the gradients of scale and shift are found.
  private func differentiate(_ dy: Panels) {
    Kernel.clear(gradients.scale.values)
    Kernel.clear(gradients.shift.values)
    for panel in 0..<dy.panelCount {
      Kernel.normaliseBackward(
        dy, panel: panel, normalisation, scale: gradients.scale, shift: gradients.shift, .sum)
    }
  }

  func prepare(weights: UpdateRule, others: UpdateRule) { rule = others }

  var updateCount: Int { 1 }

  func update(_ part: Int, _ pass: PlanPass) {
    guard let rule else { preconditionFailure("prepare comes first") }
    Kernel.update(scale, gradients.scale.values, rule)
    Kernel.update(shift, gradients.shift.values, rule)
  }

  override var parameters: [[Panels]] {
    let n = normalisation
    return [[n.scale, n.shift, n.runningMean, n.runningVariance]]
  }

  override var solverState: [[[Panels]]] { [[scale.state, shift.state, [], []]] }
}
