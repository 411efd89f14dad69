import MLPLibrary
import MLPTensor

/// Turns a network's layers into stages.
struct PlanBuilder {
  private let experiment: Experiment
  private let stateCount: Int
  private let capacity: Int
  private let cut: PlanChunks
  private let threads: Int
  let input: PlanInput
  private(set) var stages: [any PlanStage] = []
  private(set) var segments: [[Int]] = []

  init(
    _ experiment: Experiment, stateCount: Int, capacity: Int, cut: PlanChunks, scaling: Scaling,
    density: Double, recurring: Samples?, threads: Int
  ) {
    self.experiment = experiment
    self.stateCount = stateCount
    self.capacity = capacity
    self.cut = cut
    self.threads = threads
    input = PlanInput(
      features: experiment.net.input.count, cut: cut, capacity: capacity, scaling: scaling,
      density: experiment.net.beginsDense ? density : 1, recurring: recurring)
  }

  mutating func build() {
    let layers = experiment.net.layers
    if !experiment.net.beginsDense { stages.append(InputStage(input, capacity: capacity)) }
    var index = 0
    while index < layers.count { index += addStage(for: index) }
    for (index, stage) in stages.enumerated() {
      if stage.isSampleWise, let last = segments.last?.last, stages[last].isSampleWise {
        segments[segments.count - 1].append(index)
      } else {
        segments.append([index])
      }
    }
  }

  /// Adds the stage of layer `index`, and returns how many layers it stands for.
  private mutating func addStage(for index: Int) -> Int {
    let placed = experiment.net.layers[index]
    let tensors: [Tensor<Float>] = experiment.initialisation.parameters(
      of: placed, index: index, seed: experiment.training.seed)
    if case .dense = placed.layer.planned { return addDense(placed, index, tensors) }
    guard let previous = stages.last else { preconditionFailure("an input stage stands first") }
    switch placed.layer.planned {
    case .activation(let activation):
      stages.append(ActivationStage(activation, after: previous, capacity: capacity))
    case .softmax:
      stages.append(SoftmaxStage(after: previous, capacity: capacity))
    case .dropout(let rate):
      stages.append(DropoutStage(rate: rate, layer: index, after: previous, capacity: capacity))
    case .normalisation(let momentum, let epsilon):
      stages.append(
        NormalisationStage(
          momentum: momentum, epsilon: epsilon, parameters: tensors, stateCount: stateCount,
          after: previous, capacity: capacity))
    case .dense, .reference:
      stages.append(
        ReferenceStage(
          placed, index: index, parameters: tensors, stateCount: stateCount, after: previous,
          capacity: capacity))
    }
    return 1
  }

  private mutating func addDense(
    _ placed: PlacedLayer, _ index: Int, _ tensors: [Tensor<Float>]
  ) -> Int {
    var activation = Activation.identity
    var layerCount = 1
    if index + 1 < experiment.net.layers.count,
      case .activation(let next) = experiment.net.layers[index + 1].layer.planned
    {
      activation = next
      layerCount = 2
    }
    let trainsBefore = experiment.net.layers[..<index].contains { $0.trainedCount > 0 }
    stages.append(
      DenseStage(
        stages.last.map { .stage($0) } ?? .input(input), parameters: tensors,
        activation: activation, layerCount: layerCount, capacity: capacity, cut: cut,
        stateCount: stateCount,
        threads: experiment.training.batch == 1 ? 1 : threads, needsInputGradient: trainsBefore))
    return layerCount
  }
}

extension CheckedNet {
  /// Whether the first layer can read the samples itself.
  var beginsDense: Bool {
    if case .dense? = layers.first?.layer.planned { true } else { false }
  }
}
