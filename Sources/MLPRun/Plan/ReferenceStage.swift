import MLPLibrary
import MLPTensor

/// A layer that the plan has no kernels for: it calls the layer's own mathematics on the whole batch.
final class ReferenceStage: PlanStage {
  private let layer: any Layer
  private let index: Int
  private let specs: [ParameterSpec]
  private let previous: any PlanStage
  private let own: [Parameter]
  private let buffers: [PanelBuffer]
  private var saved: [Tensor<Float>] = []
  private var gradients: [Tensor<Float>] = []
  private var rules: (weights: UpdateRule, others: UpdateRule)?
  let y: Panels
  let dy: Panels

  /// - Parameter index: the layer's in the network, by which it draws.
  init(
    _ placed: PlacedLayer, index: Int, parameters: [Tensor<Float>], stateCount: Int,
    after previous: any PlanStage, capacity: Int
  ) {
    layer = placed.layer
    self.index = index
    specs = placed.parameters
    self.previous = previous
    var buffers: [PanelBuffer] = []
    func panels(_ rows: Int, _ columns: Int) -> Panels {
      buffers.append(PanelBuffer(rows: rows, columns: columns))
      return buffers[buffers.count - 1].panels
    }
    own = parameters.map { tensor in
      let values = panels(tensor.rows, tensor.columns)
      values.fill(from: tensor.elements)
      return Parameter(
        values, state: (0..<stateCount).map { _ in panels(tensor.rows, tensor.columns) })
    }
    y = panels(capacity, placed.output.count)
    dy = panels(capacity, placed.output.count)
    self.buffers = buffers
  }

  var isSampleWise: Bool { false }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    let x = tensor(previous.y.rows(chunk.rows))
    var tensors = tensors
    let result = layer.forward(x, &tensors, layerPass(pass))
    for (parameter, tensor) in zip(own, tensors) { parameter.values.fill(from: tensor.elements) }
    saved = result.saved
    y.rows(chunk.rows).fill(from: result.y.elements)
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    let result = layer.backward(
      tensor(dy.rows(chunk.rows)), tensors, saved, layerPass(pass))
    gradients = result.gradients
    previous.dy.rows(chunk.rows).fill(from: result.dx.elements)
  }

  func prepare(weights: UpdateRule, others: UpdateRule) { rules = (weights, others) }

  var updateCount: Int { specs.contains { $0.isTrained } ? 1 : 0 }

  func update(_ part: Int, _ pass: PlanPass) {
    guard let rules else { preconditionFailure("prepare comes first") }
    let trained = specs.indices.filter { specs[$0].isTrained }
    for (position, index) in trained.enumerated() {
      let gradient = PanelBuffer(rows: own[index].values.rows, columns: own[index].values.columns)
      gradient.panels.fill(from: gradients[position].elements)
      let rule = specs[index].role == .weight ? rules.weights : rules.others
      Kernel.update(own[index], gradient.panels, rule)
    }
  }

  var parameters: [[Panels]] { [own.map { $0.values }] }

  var solverState: [[[Panels]]] { [zip(own, specs).map { $1.isTrained ? $0.state : [] }] }

  private var tensors: [Tensor<Float>] {
    zip(own, specs).map { Tensor($1.sizes, elements: $0.values.rowMajor) }
  }

  private func tensor(_ panels: Panels) -> Tensor<Float> {
    Tensor([panels.rows, panels.columns], elements: panels.rowMajor)
  }

  private func layerPass(_ pass: PlanPass) -> Pass {
    Pass(
      pass.trains ? .train : .evaluate,
      random: .dropout(seed: pass.seed, layer: index, step: pass.step))
  }
}

/// The samples as a stage, for networks that don't begin with a fully connected layer.
final class InputStage: PlanStage {
  private let input: PlanInput
  private let gradient: PanelBuffer

  init(_ input: PlanInput, capacity: Int) {
    self.input = input
    gradient = PanelBuffer(rows: capacity, columns: input.features)
  }

  var y: Panels { input.panels }
  var dy: Panels { gradient.panels }
  var parameters: [[Panels]] { [] }
  var solverState: [[[Panels]]] { [] }
  func forward(_ chunk: Chunk, _ pass: PlanPass) {}
  func backward(_ chunk: Chunk, _ pass: PlanPass) {}
}
