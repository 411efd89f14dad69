import MLPTensor

/// Fully connected: every input goes into every output.
package struct Fc: Layer {
  package static let schema = Schema(
    "fc", "Fully connected layer: every output is a weighted sum of all inputs.",
    formula: """
      y[n, o] = Σ_i x[n, i]·W[i, o] + b[o]
      dx[n, i] = Σ_o dy[n, o]·W[i, o]
      dW[i, o] = Σ_n x[n, i]·dy[n, o]
      db[o] = Σ_n dy[n, o]
      """,
    source: "PyTorch's torch.nn.Linear, with W transposed",
    settings: [
      Setting(
        "in", .integer(1...1_000_000), .absent,
        "number of inputs, checked against what stands before; left out, it is taken from there"),
      Setting("out", .integer(1...1_000_000), .required, "number of outputs"),
      Setting("bias", .flag, .value(.flag(true)), "whether b is added"),
      Setting(
        "init", .entry(.initialiser, or: []), .absent,
        "how this layer's weights begin; left out, as the `init` statement says"),
    ],
    positional: ["in", "out"],
    examples: [
      "net fc 3 5 -> softmax_ce", "net fc 4 2 bias no -> softmax_ce",
      "net fc 3 3 init normal std 0.1 -> softmax_ce",
    ])

  package let inputs: Int?
  package let outputs: Int
  package let hasBias: Bool
  package let initialiser: (any Initialiser)?

  package init(_ values: Values) throws(Problem) {
    inputs = values.optionalInteger("in")
    outputs = values.integer("out")
    hasBias = values.flag("bias")
    initialiser = try values.initialiser("init")
  }

  package var expectedInput: Shape? { inputs.map { Shape($0) } }

  package var planned: PlannedLayer { .dense }

  package func output(for input: Shape) throws(Problem) -> Shape {
    if let inputs, inputs != input.count {
      throw Problem(
        "'fc' takes \(inputs) inputs here, but \(input.count) come in", setting: "in",
        help: "write \(input.count) here, or let \(inputs) come out of what stands before")
    }
    return Shape(outputs)
  }

  package func parameters(for input: Shape) -> [ParameterSpec] {
    let fanIn = input.count
    let weight = ParameterSpec(
      "weight", [fanIn, outputs], .weight, fanIn: fanIn, fanOut: outputs)
    let bias = ParameterSpec("bias", [outputs], .bias, fanIn: fanIn, fanOut: outputs)
    return hasBias ? [weight, bias] : [weight]
  }

  // x: [n, i]   p[0] = W: [i, o]   p[1] = b: [o]   y: [n, o]

  package func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<
    S
  > {
    var y = Kernel.product(x, p[0], pass.team)
    if hasBias { Kernel.add(p[1], toRowsOf: &y) }
    return Forward(y, saving: x)
  }

  package func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    let dx = Kernel.product(dy, transposed: p[0], pass.team)
    let dw = Kernel.product(transposed: saved[0], dy, pass.team)
    return hasBias ? Backward(dx, dw, Kernel.sumRows(dy)) : Backward(dx, dw)
  }
}
