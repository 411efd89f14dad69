import MLPLibrary
import MLPTensor

/// Writes a model as an ONNX file: input `x`, the numbers as the data have them; outputs `outputs`, the network's,
/// and `probabilities`.
struct ONNXExport {
  private let chain: ExportChain
  private var graph = ONNXGraph()
  /// The name of what was computed last.
  private var value = "x"
  /// Where that is a picture of channels, height, width, as ONNX has them: its shape in our order.
  private var picture: Shape?

  init(_ chain: ExportChain) { self.chain = chain }

  static func bytes(_ chain: ExportChain) -> [UInt8] {
    var export = ONNXExport(chain)
    return export.file()
  }

  private mutating func file() -> [UInt8] {
    scale()
    for step in chain.steps { append(step) }
    flatten()
    graph.node("Identity", [value], output: "outputs")
    appendEnding()
    let provenance = chain.model.file.provenance
    return graph.bytes(
      name: "mlpc", inputs: [.init(name: "x", columns: chain.inputs)],
      outputs: [
        .init(name: "outputs", columns: chain.model.net.output.count),
        .init(name: "probabilities", columns: chain.classes),
      ],
      facts: [
        ("spec", provenance.spec), ("weights_hash", chain.model.file.weightsHash),
        ("scaling", chain.scaling.word),
      ])
  }

  // MARK: Both ends

  private mutating func scale() {
    switch chain.scaling {
    case .raw: break
    case .unit: apply("Div", graph.constant("scaling.highest", 255))
    case .centered:
      apply("Sub", graph.constant("scaling.middle", 128))
      apply("Div", graph.constant("scaling.highest", 255))
    case .ownMean:
      apply("Div", graph.constant("scaling.highest", 255))
      let mean = graph.node(
        "ReduceMean", [value], [("axes", .integers([1])), ("keepdims", .integer(1))])
      apply("Sub", mean)
    case .standard(let mean, let inverse):
      value = graph.node("Cast", [value], [("to", .integer(11))])
      apply("Sub", graph.constant("scaling.mean", mean))
      apply("Mul", graph.constant("scaling.inverse_deviation", inverse))
      value = graph.node("Cast", [value], [("to", .integer(1))])
    }
  }

  private mutating func appendEnding() {
    switch chain.ending {
    case .softmax:
      graph.node("Softmax", ["outputs"], [("axis", .integer(-1))], output: "probabilities")
    case .sigmoidPair:
      let one = graph.node("Sigmoid", ["outputs"])
      let other = graph.node("Sigmoid", [graph.node("Neg", ["outputs"])])
      graph.node("Concat", [other, one], [("axis", .integer(1))], output: "probabilities")
    case .clip:
      let bounds = [graph.constant("probability.least", 0), graph.constant("probability.most", 1)]
      graph.node("Clip", ["outputs"] + bounds, output: "probabilities")
    }
  }

  // MARK: Layers

  private mutating func append(_ step: ExportChain.Step) {
    func name(_ parameter: String) -> String { "\(step.name).\(parameter)" }
    switch step.operation {
    case .dense(let weight, let bias):
      flatten()
      let weight = graph.constant(name("weight"), weight)
      if let bias {
        value = graph.node("Gemm", [value, weight, graph.constant(name("bias"), bias)])
      } else {
        apply("MatMul", weight)
      }
    case .activation(let activation): append(activation)
    case .softmax:
      flatten()
      value = graph.node("Softmax", [value], [("axis", .integer(-1))])
    case .normalisation(let normalisation):
      if let shape = normalisation.picture { makePicture(shape, step.name) } else { flatten() }
      let inputs = [
        graph.constant(name("scale"), normalisation.scale),
        graph.constant(name("shift"), normalisation.shift),
        graph.constant(name("running_mean"), normalisation.mean),
        graph.constant(name("running_variance"), normalisation.variance),
      ]
      value = graph.node(
        "BatchNormalization", [value] + inputs, [("epsilon", .float(Float(normalisation.epsilon)))])
    case .convolution(let window, let weight, let bias):
      makePicture(step.input, step.name)
      var inputs = [value, graph.constant(name("weight"), weight.filtersFirst)]
      if let bias { inputs.append(graph.constant(name("bias"), bias)) }
      value = graph.node("Conv", inputs, Self.attributes(window))
      picture = step.output
    case .maximum(let window):
      makePicture(step.input, step.name)
      value = graph.node("MaxPool", [value], Self.attributes(window, pads: false))
      picture = step.output
    }
  }

  private mutating func append(_ activation: Activation) {
    switch activation {
    case .identity: break
    case .relu: value = graph.node("Relu", [value])
    case .leakyRelu(let slope): value = graph.node("LeakyRelu", [value], [("alpha", .float(slope))])
    case .sigmoid: value = graph.node("Sigmoid", [value])
    case .tanh: value = graph.node("Tanh", [value])
    }
  }

  private static func attributes(
    _ window: Window, pads: Bool = true
  ) -> [(String, ONNXGraph.Attribute)] {
    let sizes: [(String, ONNXGraph.Attribute)] = [
      ("kernel_shape", .integers([window.kernel.height, window.kernel.width])),
      ("strides", .integers([window.stride.height, window.stride.width])),
    ]
    let (before, after) = (window.before, window.after)
    return pads
      ? sizes + [("pads", .integers([before.height, before.width, after.height, after.width]))]
      : sizes
  }

  // MARK: Order

  private mutating func apply(_ type: String, _ other: String) {
    value = graph.node(type, [value, other])
  }

  /// From rows to pictures of channels, height, width.
  private mutating func makePicture(_ shape: Shape, _ name: String) {
    if picture == shape { return }
    flatten()
    let sizes = graph.constant("\(name).picture", [-1] + shape.sizes)
    value = graph.node("Reshape", [value, sizes])
    value = graph.node("Transpose", [value], [("perm", .integers([0, 3, 1, 2]))])
    picture = shape
  }

  /// Back to rows.
  private mutating func flatten() {
    guard let shape = picture else { return }
    value = graph.node("Transpose", [value], [("perm", .integers([0, 2, 3, 1]))])
    let sizes = graph.constant("\(value).row", [-1, shape.count])
    value = graph.node("Reshape", [value, sizes])
    picture = nil
  }
}

extension Tensor where S == Float {
  /// [height, width, in, out] → [out, in, height, width]
  fileprivate var filtersFirst: Tensor<Float> {
    let taps = sizes[0] * sizes[1]
    let (inputs, outputs) = (sizes[2], sizes[3])
    var result: [Float] = []
    result.reserveCapacity(count)
    for o in 0..<outputs {
      for c in 0..<inputs {
        for tap in 0..<taps { result.append(elements[(tap * inputs + c) * outputs + o]) }
      }
    }
    return Tensor([outputs, inputs, sizes[0], sizes[1]], elements: result)
  }
}
