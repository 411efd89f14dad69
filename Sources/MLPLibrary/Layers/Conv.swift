import MLPTensor

/// Filters that walk over a picture.
package struct Conv: Layer {
  package static let schema = Schema(
    "conv",
    "Convolution: filters that look at a small part of a picture and walk over it, the same weights everywhere.",
    formula: """
      x is a picture of height, width and channels; k the kernel, s the stride, p the padding before
      y[n, i, j, o] = Σ_a Σ_b Σ_c x[n, i·s + a - p, j·s + b - p, c]·W[a, b, c, o] + b[o]
      dW[a, b, c, o] = Σ_n Σ_i Σ_j x[n, i·s + a - p, j·s + b - p, c]·dy[n, i, j, o]
      dx[n, r, q, c] = Σ_i Σ_j Σ_o dy[n, i, j, o]·W[r + p - i·s, q + p - j·s, c, o]
      db[o] = Σ_n Σ_i Σ_j dy[n, i, j, o]
      what lies outside of x, y or W is left out; sums run in the order of their signs
      height and width of y: ⌊(x + 2p - k)/s⌋ + 1
      padding same: ⌈x/s⌉, with t = max(0, (⌈x/s⌉ - 1)·s + k - x) in all and p = ⌊t/2⌋
      """,
    source:
      "LeCun et al., \"Gradient-based learning applied to document recognition\", 1998; PyTorch's torch.nn.Conv2d with channels last, and TensorFlow's \"SAME\"",
    settings: [
      Setting(
        "kernel", .size(rank: 2), .required, "height and width of what a filter sees at once"),
      Setting(
        "in", .integer(1...1_000_000), .absent,
        "number of channels that come in, checked against what stands before; left out, it is taken from there"
      ),
      Setting("out", .integer(1...1_000_000), .required, "number of filters: the channels of y"),
      Setting(
        "stride", .size(rank: 2), .value(.size([1, 1])), "how far the kernel moves, down and across"
      ),
      Setting(
        "padding", .integerOrWord(0...1000, ["same"]), .value(.integer(0)),
        "rows and columns of nothing on each side; `same` gives y the size of x, divided by the stride"
      ),
      Setting("bias", .flag, .value(.flag(true)), "whether b is added"),
      Setting(
        "init", .entry(.initialiser, or: []), .absent,
        "how this layer's weights begin; left out, as the `init` statement says. `in` of the initialisers is kernel height · width · channels in, `out` the same with channels out"
      ),
    ],
    positional: ["kernel", "in", "out"],
    examples: [
      "net reshape 5x4x2 -> conv 3x2 3 -> fc 2 -> softmax_ce",
      "net reshape 5x6x1 -> conv 3x3 1 2 stride 2 padding 1 bias no -> fc 2 -> softmax_ce",
      "net reshape 4x5x1 -> conv 2x4 2 stride 1x2 padding same init he -> fc 2 -> softmax_ce",
    ])

  private let kernel: Window.Extent
  private let inputs: Int?
  private let outputs: Int
  private let stride: Window.Extent
  /// nil: `same`.
  private let padding: Int?
  private let hasBias: Bool
  package let initialiser: (any Initialiser)?
  /// Over the samples that it was fitted to.
  private var window: Window?

  /// - Throws: where some outputs would see nothing but padding.
  package init(_ values: Values) throws(Problem) {
    kernel = Window.Extent(values.size("kernel"))
    inputs = values.optionalInteger("in")
    outputs = values.integer("out")
    stride = Window.Extent(values.size("stride"))
    if case .word? = values["padding"] {
      padding = nil
    } else {
      padding = values.integer("padding")
    }
    hasBias = values.flag("bias")
    initialiser = try values.initialiser("init")
    guard let padding, padding >= min(kernel.height, kernel.width) else { return }
    throw Problem(
      "'padding' must be less than the kernel, which is \(kernel), found \(padding)",
      setting: "padding", help: "outputs at the border would see nothing of the picture")
  }

  package func output(for input: Shape) throws(Problem) -> Shape {
    let output = try window(over: input).output
    return Shape(output.height, output.width, outputs)
  }

  package func fitted(to input: Shape) -> Conv {
    var fitted = self
    fitted.window = try? window(over: input)
    return fitted
  }

  package func inputs(of input: Shape) -> Int { input.sizes[input.rank - 1] }

  private func window(over input: Shape) throws(Problem) -> Window {
    let picture = try Picture(input, for: "conv")
    if let inputs, inputs != picture.channels {
      throw Problem(
        "'conv' takes \(Self.channels(inputs)) here, but \(picture.channels) "
          + (picture.channels == 1 ? "comes in" : "come in"), setting: "in",
        help: channelsFirst(inputs, over: picture))
    }
    let (height, top) = try axis(
      picture.extent.height, kernel.height, stride.height, "rows", picture)
    let (width, left) = try axis(
      picture.extent.width, kernel.width, stride.width, "columns", picture)
    let window = Window(
      input: picture.extent, channels: picture.channels, kernel: kernel, stride: stride,
      before: Window.Extent(height: top, width: left),
      output: Window.Extent(height: height, width: width))
    let most = max(
      window.output.count * outputs, window.paddedCount * picture.channels,
      window.gradientCount * outputs)
    guard most <= Picture.limit else { throw Picture.tooLarge(most) }
    return window
  }

  /// Larger kernels are taken for numbers of filters.
  private static let largestKernel = 15

  /// How a kernel is written that stands behind the channels, as in other frameworks; nil where it can't be that.
  private func channelsFirst(_ inputs: Int, over picture: Picture) -> String? {
    guard kernel == Window.Extent(height: picture.channels, width: picture.channels),
      outputs <= Self.largestKernel
    else {
      return nil
    }
    return "the kernel comes first: 'conv \(outputs) \(picture.channels) \(inputs)'"
  }

  /// The same where no channels are said: `conv 32 3`.
  private var filtersFirst: String? {
    guard inputs == nil, kernel.height == kernel.width, kernel.height > Self.largestKernel,
      outputs <= Self.largestKernel
    else { return nil }
    return "the kernel comes first: 'conv \(outputs) \(kernel.height)'"
  }

  private static func channels(_ count: Int) -> String {
    count == 1 ? "1 channel" : "\(count) channels"
  }

  /// How many outputs there are along an axis, and the padding before the first input.
  private func axis(
    _ input: Int, _ kernel: Int, _ stride: Int, _ name: String, _ picture: Picture
  ) throws(Problem) -> (count: Int, before: Int) {
    guard let padding else {
      let count = (input + stride - 1) / stride
      return (count, max(0, (count - 1) * stride + kernel - input) / 2)
    }
    let padded = input + 2 * padding
    guard kernel <= padded else {
      let found =
        padding == 0 ? "\(input) come in" : "\(input) come in, with the padding \(padded)"
      throw Problem(
        "the kernel \(self.kernel) needs \(kernel) \(name), but \(found)", setting: "kernel",
        help: filtersFirst ?? picture.channelsLast(for: "conv")
          ?? "take a smaller kernel, or 'padding same'")
    }
    return ((padded - kernel) / stride + 1, padding)
  }

  package func parameters(for input: Shape) -> [ParameterSpec] {
    let channels = inputs(of: input)
    let (fanIn, fanOut) = (kernel.count * channels, kernel.count * outputs)
    let weight = ParameterSpec(
      "weight", [kernel.height, kernel.width, channels, outputs], .weight, fanIn: fanIn,
      fanOut: fanOut)
    let bias = ParameterSpec("bias", [outputs], .bias, fanIn: fanIn, fanOut: fanOut)
    return hasBias ? [weight, bias] : [weight]
  }

  package func multiplyAdds(for input: Shape) -> Int {
    guard let window = try? window(over: input) else { return 0 }
    return window.output.count * window.taps * outputs
  }

  package func workingNumbers(for input: Shape) -> Int {
    guard let window = try? window(over: input) else { return 0 }
    let pixels = window.output.count + window.gradientCount
    return pixels * Images.depth(forChannels: outputs) + window.paddedCount * window.channels
  }

  package var planned: PlannedLayer { window.map { .convolution($0) } ?? .reference }

  // x: [n, h·w·c]   p[0] = W: [kh, kw, c, o]   p[1] = b: [o]   y: [n, i·j·o]

  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let window = fittedWindow
    var y = Kernel.convolve(x, p[0], window).reshaped([x.rows * window.output.count, outputs])
    if hasBias { Kernel.add(p[1], toRowsOf: &y) }
    return Forward(y.reshaped([x.rows, window.output.count * outputs]), saving: x)
  }

  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    let window = fittedWindow
    let dx = Kernel.convolutionInputGradient(dy, p[0], window)
    let dw = Kernel.convolutionWeightGradient(saved[0], dy, window, outputs: outputs)
    guard hasBias else { return Backward(dx, dw) }
    let pixels = dy.reshaped([dy.rows * window.output.count, outputs])
    return Backward(dx, dw, Kernel.sumRows(pixels))
  }

  private var fittedWindow: Window {
    guard let window else { preconditionFailure("fitted(to:) comes first") }
    return window
  }
}
