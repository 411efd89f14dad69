import MLPLibrary
import MLPTensor

/// A fully connected layer and the activation behind it.
final class DenseStage: PlanStage {
  /// Where x comes from: the input, or the stage before.
  enum Source {
    case input(PlanInput)
    case stage(any PlanStage)

    var isSparse: Bool {
      if case .input(let input) = self { input.isSparse } else { false }
    }
  }

  /// A product needs its right factor's columns side by side, so something is transposed for dx: the smaller of the
  /// two ways.
  private enum Transposed {
    /// Wᵀ.
    case weights(PanelBuffer)
    /// dyᵀ and dxᵀ.
    case samples(dy: PanelBuffer, dx: PanelBuffer)

    init(inputs: Int, outputs: Int, rows: Int) {
      if inputs * outputs < rows * (inputs + outputs) {
        self = .weights(PanelBuffer(rows: outputs, columns: inputs))
      } else {
        self = .samples(
          dy: PanelBuffer(rows: outputs, columns: rows),
          dx: PanelBuffer(rows: inputs, columns: rows))
      }
    }
  }

  private let source: Source
  private let weight: Parameter
  private let bias: Parameter?
  private let activation: Activation
  private let buffers: [PanelBuffer]
  /// For each chunk, what dx = dy·Wᵀ is worked out with. Empty where nothing before needs a gradient.
  private let transposed: [Transposed]
  /// How the whole batch goes through at once; nil where it goes chunk by chunk.
  private let wide: WideProduct?
  private var weightRule: UpdateRule?
  private var otherRule: UpdateRule?
  private let layersBefore: Int
  private let layerCount: Int
  private let partRows: Int
  private let weightParts: Int
  let y: Panels
  let dy: Panels

  /// - Parameters:
  ///   - layersBefore: layers without a stage, which only give the samples another shape.
  ///   - layerCount: the layers that this stage stands for: 2 where an activation is fused.
  ///   - dividesWide: whether a whole batch may go through at once, where the weights are far.
  ///   - needsInputGradient: whether a stage before has something to train.
  ///   - team: of one thread where batches are too small to share.
  init(
    _ source: Source, parameters: [Tensor<Float>], activation: Activation, layersBefore: Int,
    layerCount: Int, dividesWide: Bool, capacity: Int, cut: PlanChunks, stateCount: Int,
    needsInputGradient: Bool, team: Team
  ) {
    self.source = source
    self.activation = activation
    self.layersBefore = layersBefore
    self.layerCount = layerCount
    let (inputs, outputs) = (parameters[0].rows, parameters[0].columns)
    partRows = Self.partRows(source, rows: inputs, threads: team.size)
    weightParts = (inputs + partRows - 1) / partRows
    var buffers: [PanelBuffer] = []
    func panels(_ rows: Int, _ columns: Int) -> Panels {
      let buffer = PanelBuffer(rows: rows, columns: columns)
      buffers.append(buffer)
      return buffer.panels
    }
    func parameter(_ tensor: Tensor<Float>, _ rows: Int) -> Parameter {
      let values = panels(rows, outputs)
      values.fill(from: tensor.elements)
      return Parameter(values, state: (0..<stateCount).map { _ in panels(rows, outputs) })
    }
    weight = parameter(parameters[0], inputs)
    bias = parameters.count > 1 ? parameter(parameters[1], 1) : nil
    y = panels(capacity, outputs)
    sparseGroups = source.isSparse ? Kernel.groups(ofPanels: y.panelCount) : 0
    dy = panels(capacity, outputs)
    wide =
      dividesWide && !source.isSparse
      ? WideProduct(
        weight.values, capacity: capacity, needsInputGradient: needsInputGradient, team: team)
      : nil
    transposed =
      needsInputGradient && wide == nil
      ? (0..<cut.maximumCount).map { _ in
        Transposed(inputs: inputs, outputs: outputs, rows: cut.maximumRows)
      } : []
    self.buffers = buffers
  }

  /// Groups of columns of a sparse product; 0 where the input is dense. A thread keeps to its groups, so that
  /// their weights stay in its cache.
  let sparseGroups: Int

  /// One group's columns of a chunk's sparse product, which `forward` finds done.
  func multiply(_ chunk: Chunk, group: Int) {
    guard case .input(let input) = source, let sparse = input.sparse else {
      preconditionFailure("the input is dense")
    }
    Kernel.product(sparse, weight.values, into: y, rows: chunk.rows, group: group)
  }

  var isSampleWise: Bool { wide == nil }

  /// The samples' numbers, where they are dense.
  private func x(_ rows: Range<Int>) -> Panels? {
    switch source {
    case .input(let input): input.isSparse ? nil : input.panels.rows(rows)
    case .stage(let stage): stage.y.rows(rows)
    }
  }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    let output = y.rows(chunk.rows)
    let x = x(chunk.rows)
    if let wide, let x { return wide.forward(x, into: output, bias: bias?.values, activation) }
    if let x { Kernel.product(x, weight.values, into: output) }
    Kernel.activate(output, bias: bias?.values, activation)
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    let gradient = dy.rows(chunk.rows)
    if let wide {
      var target: Panels?
      if case .stage(let stage) = source { target = stage.dy.rows(chunk.rows) }
      return wide.backward(gradient, y.rows(chunk.rows), activation, into: target)
    }
    Kernel.deactivate(gradient, y.rows(chunk.rows), activation)
    guard !transposed.isEmpty, case .stage(let stage) = source else { return }
    let target = stage.dy.rows(chunk.rows)
    guard chunk.rows.count > 1 else {
      return Kernel.inputGradient(ofSingle: gradient, weight.values, into: target)
    }
    switch transposed[chunk.index] {
    case .weights(let buffer):
      Kernel.transpose(weight.values, into: buffer.panels)
      Kernel.product(gradient, buffer.panels, into: target)
    case .samples(let dy, let dx):
      let (dy, dx) = (
        dy.panels.prefix(columns: chunk.rows.count), dx.panels.prefix(columns: chunk.rows.count)
      )
      Kernel.transpose(gradient, into: dy)
      Kernel.product(weight.values, dy, into: dx)
      Kernel.transpose(dx, into: target)
    }
  }

  func prepare(weights: UpdateRule, others: UpdateRule) {
    weightRule = weights
    otherRule = others
  }

  /// Rows of the weight, group by group where the product is sparse, and the bias.
  var updateCount: Int { weightParts * max(1, sparseGroups) + (bias == nil ? 0 : 1) }

  /// Rows of one part. Where x is sparse, so many that dy's rows stay in the first-level cache for long; where it is
  /// dense, up to eight of its panels, which a second-level cache holds while dy passes once for all of them, but
  /// parts enough for the threads to share.
  private static func partRows(_ source: Source, rows: Int, threads: Int) -> Int {
    if source.isSparse { return threads == 1 ? rows : 4 * Panels.width }
    let panels = (rows + Panels.width - 1) / Panels.width
    return max(1, min(8, panels / (4 * threads))) * Panels.width
  }

  func update(_ part: Int, _ pass: PlanPass) {
    guard let weightRule, let otherRule else { preconditionFailure("prepare comes first") }
    let gradient = dy.prefix(pass.rows)
    guard part < weightParts * max(1, sparseGroups) else {
      if let bias { Kernel.updateBias(bias, gradient, otherRule) }
      return
    }
    let first = part % weightParts * partRows
    let rows = first..<min(first + partRows, weight.values.rows)
    if case .input(let input) = source, let sparse = input.sparse {
      let group = part / weightParts
      Kernel.updateWeights(weight, sparse, gradient, rows: rows, group: group, weightRule)
    } else if let x = x(0..<pass.rows) {
      Kernel.updateWeights(weight, x, gradient, rows: rows, weightRule)
    }
  }

  var parameters: [[Panels]] {
    let own = [weight.values] + (bias.map { [$0.values] } ?? [])
    let before: [[Panels]] = Array(repeating: [], count: layersBefore)
    return before + [own] + Array(repeating: [], count: layerCount - 1)
  }

  var solverState: [[[Panels]]] {
    let own = [weight.state] + (bias.map { [$0.state] } ?? [])
    let before: [[[Panels]]] = Array(repeating: [], count: layersBefore)
    return before + [own] + Array(repeating: [], count: layerCount - 1)
  }
}
