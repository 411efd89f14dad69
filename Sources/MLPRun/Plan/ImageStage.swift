import MLPLibrary
import MLPTensor

/// Convolutions and poolings that follow each other, before their buffers are made.
struct ImageChain {
  enum Step {
    case convolution(Window, parameters: [Tensor<Float>], Activation)
    case maximum(Window)

    var window: Window {
      switch self {
      case .convolution(let window, _, _), .maximum(let window): window
      }
    }

    var outputs: Int {
      switch self {
      case .convolution(_, let parameters, _): parameters[0].sizes[3]
      case .maximum(let window): window.channels
      }
    }
  }

  let previous: any PlanStage
  let needsInputGradient: Bool
  private(set) var steps: [Step] = []
  /// The step of each layer; nil where it is fused with the one before.
  private(set) var layers: [Int?] = []

  /// - Parameter needsInputGradient: whether a stage before has something to train.
  init(after previous: any PlanStage, needsInputGradient: Bool) {
    self.previous = previous
    self.needsInputGradient = needsInputGradient
  }

  mutating func addConvolution(
    _ window: Window, _ parameters: [Tensor<Float>], _ activation: Activation
  ) {
    layers.append(steps.count)
    steps.append(.convolution(window, parameters: parameters, activation))
  }

  mutating func addMaximum(_ window: Window) {
    layers.append(steps.count)
    steps.append(.maximum(window))
  }

  /// The layer is done by the step before.
  mutating func addLayerWithoutStep() { layers.append(nil) }
}

/// A chain of convolutions and poolings: each sample goes through all of it before the next, as a picture.
final class ImageStage: PlanStage {
  private let previous: any PlanStage
  private let needsInputGradient: Bool
  private let layers: [Int?]
  private let steps: [any ImageStep]
  /// The first step's input and the last one's output, and their gradients.
  private let first: (x: ImageBuffer, dx: ImageBuffer?)
  private let last: (y: ImageBuffer, dy: ImageBuffer)
  private let buffers: (y: PanelBuffer, dy: PanelBuffer)
  var y: Panels { buffers.y.panels }
  var dy: Panels { buffers.dy.panels }

  init(_ chain: ImageChain, stateCount: Int, capacity: Int) {
    previous = chain.previous
    needsInputGradient = chain.needsInputGradient
    layers = chain.layers
    first = Self.input(of: chain, capacity)
    var (x, dx) = first
    var steps: [any ImageStep] = []
    var last: (y: ImageBuffer, dy: ImageBuffer)?
    var trainsBefore = needsInputGradient
    for (index, step) in chain.steps.enumerated() {
      let next = index + 1 < chain.steps.count ? chain.steps[index + 1] : nil
      let (y, dy) = Self.output(of: step, before: next, capacity, givesGradient: dx != nil)
      switch step {
      case .convolution(let window, let parameters, let activation):
        steps.append(
          ConvolutionStep(
            window, parameters, activation, stateCount: stateCount, from: (x, dx), to: (y, dy)))
        trainsBefore = true
      case .maximum(let window):
        steps.append(MaximumStep(window, from: (x, dx), to: (y, dy)))
      }
      (x, dx) = (y, trainsBefore ? dy : nil)
      last = (y, dy)
    }
    guard let last else { preconditionFailure("a chain has a step") }
    self.last = last
    self.steps = steps
    let columns = last.y.images.height * last.y.images.width * last.y.images.channels
    buffers = (
      PanelBuffer(rows: capacity, columns: columns), PanelBuffer(rows: capacity, columns: columns)
    )
  }

  private static func input(
    of chain: ImageChain, _ capacity: Int
  ) -> (x: ImageBuffer, dx: ImageBuffer?) {
    let window = chain.steps[0].window
    var depth = Images.depth(forChannels: window.channels)
    let dx =
      chain.needsInputGradient
      ? ImageBuffer(
        samples: capacity, window.input, channels: window.channels, depth: depth) : nil
    // A convolution reads its input number by number.
    if case .convolution = chain.steps[0] { depth = window.channels }
    let x = ImageBuffer(
      samples: capacity, window.input, channels: window.channels, depth: depth,
      border: window.inputBorder)
    return (x, dx)
  }

  private static func output(
    of step: ImageChain.Step, before next: ImageChain.Step?, _ capacity: Int, givesGradient: Bool
  ) -> (y: ImageBuffer, dy: ImageBuffer) {
    let depth = Images.depth(forChannels: step.outputs)
    func buffer(_ border: Border) -> ImageBuffer {
      ImageBuffer(
        samples: capacity, step.window.output, channels: step.outputs, depth: depth,
        border: border)
    }
    var gradientBorder = Border.none
    if givesGradient, case .convolution = step { gradientBorder = step.window.gradientBorder }
    return (buffer(next?.window.inputBorder ?? .none), buffer(gradientBorder))
  }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {
    for n in chunk.rows {
      Kernel.copy(row: n, of: previous.y, to: first.x.images)
      for step in steps { step.forward(n) }
      Kernel.copy(sample: n, of: last.y.images, to: y)
    }
  }

  func backward(_ chunk: Chunk, _ pass: PlanPass) {
    for n in chunk.rows {
      Kernel.copy(row: n, of: dy, to: last.dy.images)
      for step in steps.reversed() { step.backward(n) }
      if let dx = first.dx { Kernel.copy(sample: n, of: dx.images, to: previous.dy) }
    }
  }

  func prepare(weights: UpdateRule, others: UpdateRule) {
    for step in steps { step.prepare(weights: weights, others: others) }
  }

  var updateCount: Int { steps.reduce(0) { $0 + $1.updateCount } }

  func update(_ part: Int, _ pass: PlanPass) {
    var part = part
    for step in steps {
      guard part >= step.updateCount else { return step.update(part, samples: pass.rows) }
      part -= step.updateCount
    }
  }

  var parameters: [[Panels]] { layers.map { $0.map { steps[$0].parameters } ?? [] } }
  var solverState: [[[Panels]]] { layers.map { $0.map { steps[$0].solverState } ?? [] } }
}

/// What leaves the numbers as they are.
final class ReshapingStage: PlanStage {
  private let previous: any PlanStage
  var y: Panels { previous.y }
  var dy: Panels { previous.dy }
  var parameters: [[Panels]] { [[]] }
  var solverState: [[[Panels]]] { [[]] }

  init(after previous: any PlanStage) { self.previous = previous }

  func forward(_ chunk: Chunk, _ pass: PlanPass) {}
  func backward(_ chunk: Chunk, _ pass: PlanPass) {}
}
