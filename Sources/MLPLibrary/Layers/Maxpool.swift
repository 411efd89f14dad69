import MLPTensor

/// The greatest number of each small part of a picture.
package struct Maxpool: Layer {
  package static let schema = Schema(
    "maxpool", "Maximum pooling: keeps the greatest number of each window, channel by channel.",
    formula: """
      x is a picture of height, width and channels; k the size, s the stride
      y[n, i, j, c] = max over a < k, b < k of x[n, i·s + a, j·s + b, c]
      dx[n, r, q, c] = Σ_i Σ_j dy[n, i, j, c]   where (r, q) is the first place of the maximum of (i, j), row by row
      height and width of y: ⌊(x - k)/s⌋ + 1; rows and columns that fill no window are left out
      """,
    source: "PyTorch's torch.nn.MaxPool2d with channels last",
    settings: [
      Setting("size", .size(rank: 2), .required, "height and width of the window"),
      Setting(
        "stride", .size(rank: 2), .same(as: "size"),
        "how far the window moves, down and across"),
    ],
    positional: ["size"],
    examples: [
      "net reshape 4x5x2 -> maxpool 2 -> fc 2 -> softmax_ce",
      "net reshape 4x5x1 -> maxpool 3x2 stride 1 -> fc 2 -> softmax_ce",
    ])

  private let size: Window.Extent
  private let stride: Window.Extent
  /// Over the samples that it was fitted to.
  private var window: Window?

  package init(_ values: Values) {
    size = Window.Extent(values.size("size"))
    stride = values["stride"] == nil ? size : Window.Extent(values.size("stride"))
  }

  package func output(for input: Shape) throws(Problem) -> Shape {
    let window = try window(over: input)
    return Shape(window.output.height, window.output.width, window.channels)
  }

  package func fitted(to input: Shape) -> Maxpool {
    var fitted = self
    fitted.window = try? window(over: input)
    return fitted
  }

  private func window(over input: Shape) throws(Problem) -> Window {
    let picture = try Picture(input, for: "maxpool")
    guard size.height <= picture.extent.height, size.width <= picture.extent.width else {
      throw Problem(
        "the window \(size) is larger than what comes in, \(picture.extent)", setting: "size")
    }
    let output = Window.Extent(
      height: (picture.extent.height - size.height) / stride.height + 1,
      width: (picture.extent.width - size.width) / stride.width + 1)
    return Window(
      input: picture.extent, channels: picture.channels, kernel: size, stride: stride,
      before: Window.Extent(height: 0, width: 0), output: output)
  }

  package func workingNumbers(for input: Shape) -> Int {
    guard let window = try? window(over: input) else { return 0 }
    return 2 * window.output.count * Images.depth(forChannels: window.channels)
  }

  package var planned: PlannedLayer { window.map { .maximum($0) } ?? .reference }

  // x: [n, h·w·c]   y: [n, i·j·c]

  @_specialize(where S == Float)
  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    let places = Kernel.maxima(x, fittedWindow)
    let y = Tensor([x.rows, places.count / x.rows], elements: places.map { x.elements[$0] })
    return Forward(y, saving: x)
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    var dx = Tensor<S>(saved[0].sizes)
    for (index, place) in Kernel.maxima(saved[0], fittedWindow).enumerated() {
      dx.elements[place] += dy.elements[index]
    }
    return Backward(dx)
  }

  private var fittedWindow: Window {
    guard let window else { preconditionFailure("fitted(to:) comes first") }
    return window
  }
}
