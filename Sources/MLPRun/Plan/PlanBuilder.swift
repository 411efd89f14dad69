import MLPLibrary
import MLPTensor

/// Turns a network's layers into stages.
struct PlanBuilder {
  private let experiment: Experiment
  private let stateCount: Int
  private let capacity: Int
  private let cut: PlanChunks
  private let team: Team
  let input: PlanInput
  private(set) var stages: [any PlanStage] = []
  private(set) var segments: [[Int]] = []

  /// Samples of a batch below which the threads had too little to do from one meeting to the next.
  private static let leastWide = 32

  init(
    _ experiment: Experiment, stateCount: Int, capacity: Int, cut: PlanChunks, scaling: Scaling,
    density: Double, recurring: Samples?, team: Team
  ) {
    self.experiment = experiment
    self.stateCount = stateCount
    self.capacity = capacity
    self.cut = cut
    self.team = team
    input = PlanInput(
      features: experiment.net.input.count, cut: cut, capacity: capacity, scaling: scaling,
      density: experiment.net.beginsDense ? density : 1, recurring: recurring)
  }

  mutating func build() {
    let layers = experiment.net.layers
    if !experiment.net.beginsDense { stages.append(InputStage(input, capacity: capacity)) }
    var index = 0
    // Before a fully connected layer that reads the samples itself stands nothing but reshaping.
    while stages.isEmpty, case .reshaping = layers[index].layer.planned { index += 1 }
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
    if case .dense = placed.layer.planned { return addDense(index) }
    guard let previous = stages.last else { preconditionFailure("an input stage stands first") }
    switch placed.layer.planned {
    case .convolution, .maximum: return addImages(from: index, after: previous)
    case .reshaping: stages.append(ReshapingStage(after: previous))
    case .activation(let activation):
      stages.append(ActivationStage(activation, after: previous, capacity: capacity))
    case .softmax:
      stages.append(SoftmaxStage(after: previous, capacity: capacity))
    case .dropout(let rate):
      stages.append(DropoutStage(rate: rate, layer: index, after: previous, capacity: capacity))
    case .normalisation(let momentum, let epsilon):
      stages.append(
        NormalisationStage(
          momentum: momentum, epsilon: epsilon, parameters: tensors(index), stateCount: stateCount,
          after: previous, capacity: capacity))
    case .dense, .reference:
      stages.append(
        ReferenceStage(
          placed, index: index, parameters: tensors(index), stateCount: stateCount, after: previous,
          capacity: capacity))
    }
    return 1
  }

  /// One stage of all convolutions and poolings that follow each other, with the activations behind convolutions.
  private mutating func addImages(from first: Int, after previous: any PlanStage) -> Int {
    var chain = ImageChain(after: previous, needsInputGradient: trainsBefore(first))
    var index = first
    while index < experiment.net.layers.count {
      let placed = experiment.net.layers[index]
      switch placed.layer.planned {
      case .convolution(let window):
        let activation = activation(behind: index)
        chain.addConvolution(window, tensors(index), activation ?? .identity)
        if activation != nil {
          chain.addLayerWithoutStep()
          index += 1
        }
      case .maximum(let window): chain.addMaximum(window)
      default:
        stages.append(ImageStage(chain, stateCount: stateCount, capacity: capacity))
        return index - first
      }
      index += 1
    }
    stages.append(ImageStage(chain, stateCount: stateCount, capacity: capacity))
    return index - first
  }

  /// How a layer's parameters begin.
  private func tensors(_ index: Int) -> [Tensor<Float>] {
    experiment.initialisation.parameters(
      of: experiment.net.layers[index], index: index, seed: experiment.training.seed, team: team)
  }

  private func activation(behind index: Int) -> Activation? {
    guard index + 1 < experiment.net.layers.count,
      case .activation(let next) = experiment.net.layers[index + 1].layer.planned
    else { return nil }
    return next
  }

  private func trainsBefore(_ index: Int) -> Bool {
    experiment.net.layers[..<index].contains { $0.trainedCount > 0 }
  }

  private mutating func addDense(_ index: Int) -> Int {
    let activation = activation(behind: index)
    let layerCount = activation == nil ? 1 : 2
    let batch = experiment.training.batch
    // The loss behind the last layer goes chunk by chunk.
    let isLast = index + layerCount == experiment.net.layers.count
    stages.append(
      DenseStage(
        stages.last.map { .stage($0) } ?? .input(input), parameters: tensors(index),
        activation: activation ?? .identity, layersBefore: stages.isEmpty ? index : 0,
        layerCount: layerCount, dividesWide: !isLast && batch >= Self.leastWide,
        capacity: capacity, cut: cut, stateCount: stateCount,
        needsInputGradient: trainsBefore(index), team: batch == 1 ? .single : team))
    return layerCount
  }
}

extension CheckedNet {
  /// The first layer, where it can read the samples itself: a fully connected one, behind nothing but reshaping.
  var firstDense: PlacedLayer? {
    for placed in layers {
      switch placed.layer.planned {
      case .reshaping: continue
      case .dense: return placed
      default: return nil
      }
    }
    return nil
  }

  var beginsDense: Bool { firstDense != nil }
}
