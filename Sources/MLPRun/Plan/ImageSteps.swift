import MLPTensor

/// A layer of an `ImageStage`: from pictures to pictures, sample by sample.
protocol ImageStep: AnyObject {
  /// y from x.
  func forward(_ n: Int)

  /// dx from dy, where it is asked for.
  func backward(_ n: Int)

  /// Sets the step's rules, and readies what the samples will need of the parameters.
  func prepare(weights: UpdateRule, others: UpdateRule)

  var updateCount: Int { get }
  func update(_ part: Int, samples: Int)

  /// In the order of the layer's specs.
  var parameters: [Panels] { get }

  /// What the solver keeps, by parameter.
  var solverState: [[Panels]] { get }
}

/// A convolution and the activation behind it.
final class ConvolutionStep: ImageStep {
  private let convolution: Convolution
  private let activation: Activation
  private let weight: Parameter
  private let bias: Parameter?
  private var rules: (weights: UpdateRule, others: UpdateRule)?
  /// Kept because kernels hold their memory's address alone.
  private let images: [ImageBuffer]
  private let buffers: [PanelBuffer]

  init(
    _ window: Window, _ parameters: [Tensor<Float>], _ activation: Activation, stateCount: Int,
    from input: (x: ImageBuffer, dx: ImageBuffer?), to output: (y: ImageBuffer, dy: ImageBuffer)
  ) {
    let outputs = parameters[0].sizes[3]
    var buffers: [PanelBuffer] = []
    func panels(_ rows: Int) -> Panels {
      buffers.append(PanelBuffer(rows: rows, columns: outputs))
      return buffers[buffers.count - 1].panels
    }
    func parameter(_ tensor: Tensor<Float>, rows: Int) -> Parameter {
      let values = panels(rows)
      values.fill(from: tensor.elements)
      return Parameter(values, state: (0..<stateCount).map { _ in panels(rows) })
    }
    weight = parameter(parameters[0], rows: window.taps)
    bias = parameters.count > 1 ? parameter(parameters[1], rows: 1) : nil
    self.buffers = buffers
    self.activation = activation
    images = [input.x, output.y, output.dy] + (input.dx.map { [$0] } ?? [])
    convolution = Convolution(
      window, outputs: outputs, from: input.x.images, to: output.y.images,
      gradient: output.dy.images, inputGradient: input.dx?.images)
  }

  func forward(_ n: Int) {
    convolution.forward(n, weights: weight.values, bias: bias?.values, activation)
  }

  func backward(_ n: Int) {
    convolution.deactivate(n, activation)
    convolution.inputGradient(n)
  }

  func prepare(weights: UpdateRule, others: UpdateRule) {
    rules = (weights, others)
    convolution.pack(weight.values)
  }

  var updateCount: Int { convolution.partCount + (bias == nil ? 0 : 1) }

  func update(_ part: Int, samples: Int) {
    guard let rules else { preconditionFailure("prepare comes first") }
    if part < convolution.partCount {
      convolution.update(part, samples: samples, weight, rules.weights)
    } else if let bias {
      convolution.updateBias(samples: samples, bias, rules.others)
    }
  }

  var parameters: [Panels] { [weight.values] + (bias.map { [$0.values] } ?? []) }
  var solverState: [[Panels]] { [weight.state] + (bias.map { [$0.state] } ?? []) }
}

/// A maximum pooling.
final class MaximumStep: ImageStep {
  private let window: Window
  private let x: ImageBuffer
  private let dx: ImageBuffer?
  private let y: ImageBuffer
  private let dy: ImageBuffer

  init(
    _ window: Window, from input: (x: ImageBuffer, dx: ImageBuffer?),
    to output: (y: ImageBuffer, dy: ImageBuffer)
  ) {
    self.window = window
    (x, dx) = input
    (y, dy) = output
  }

  func forward(_ n: Int) { Kernel.maximum(x.images, into: y.images, sample: n, window) }

  func backward(_ n: Int) {
    guard let dx else { return }
    Kernel.maximumBackward(
      dy.images, y.images, x.images, into: dx.images, sample: n, window)
  }

  func prepare(weights: UpdateRule, others: UpdateRule) {}
  var updateCount: Int { 0 }
  func update(_ part: Int, samples: Int) {}
  var parameters: [Panels] { [] }
  var solverState: [[Panels]] { [] }
}
