import MLPRun
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

/// `Reference` holds what PyTorch computes in float64; Reference/constants.py wrote it.
@Suite("Layers compute what PyTorch's do")
struct LayerAgreementTests {
  @Test func fullyConnected() throws {
    let parameters = [
      Tensor([4, 2], elements: Reference.weight), Tensor([2], elements: Reference.bias),
    ]
    try expect(
      "fc 4 2", parameters, y: Reference.fcY, dx: Reference.fcDX,
      gradients: [Reference.fcDW, Reference.fcDB])
  }

  @Test func withoutBias() throws {
    let y = Reference.fcY.enumerated().map { $0.element - Reference.bias[$0.offset % 2] }
    try expect(
      "fc 4 2 bias no", [Tensor([4, 2], elements: Reference.weight)], y: y, dx: Reference.fcDX,
      gradients: [Reference.fcDW])
  }

  @Test func relu() throws {
    try expect("relu", y: Reference.reluY, dx: Reference.reluDX)
  }

  @Test func leakyRelu() throws {
    try expect("leaky_relu", y: Reference.leakyReluY, dx: Reference.leakyReluDX)
    try expect("leaky_relu 0.2", y: Reference.leakyRelu2Y, dx: Reference.leakyRelu2DX)
  }

  @Test func sigmoid() throws {
    try expect("sigmoid", y: Reference.sigmoidY, dx: Reference.sigmoidDX)
  }

  @Test func tanh() throws {
    try expect("tanh", y: Reference.tanhY, dx: Reference.tanhDX)
  }

  @Test func softmax() throws {
    try expect("softmax", y: Reference.softmaxY, dx: Reference.softmaxDX)
  }

  @Test func batchnormInTraining() throws {
    try expect(
      "batchnorm", batchnormParameters, y: Reference.batchnormY, dx: Reference.batchnormDX,
      gradients: [Reference.batchnormDScale, Reference.batchnormDShift])
  }

  @Test("batchnorm's running statistics, and what evaluation makes of them")
  func batchnormInEvaluation() throws {
    let layer = try layer("batchnorm")
    var parameters = batchnormParameters
    _ = layer.forward(Tensor([3, 4], elements: Reference.x), &parameters, pass(.train))
    close(parameters[2].elements, Reference.batchnormMean)
    close(parameters[3].elements, Reference.batchnormVariance)
    _ = layer.forward(Tensor([3, 4], elements: Reference.x2), &parameters, pass(.train))
    close(parameters[2].elements, Reference.batchnormMean2)
    close(parameters[3].elements, Reference.batchnormVariance2)
    let y = layer.forward(Tensor([3, 4], elements: Reference.x), &parameters, pass(.evaluate)).y
    close(y.elements, Reference.batchnormEvaluated)
  }

  @Test("the slopes at a kink are PyTorch's")
  func kinks() throws {
    let x = Tensor([1, 4], elements: [0.0, -0.0, 1e-300, -1e-300])
    for (text, expected) in [
      ("relu", Reference.reluKinkDX), ("leaky_relu 0.2", Reference.leakyReluKinkDX),
    ] {
      let layer = try layer(text)
      var parameters: [Tensor<Double>] = []
      let saved = layer.forward(x, &parameters, pass(.train)).saved
      let dx = layer.backward(Tensor([1, 4], repeating: 1.0), [], saved, pass(.train)).dx
      #expect(dx.elements == expected)
    }
  }

  @Test("dropout keeps x/(1 - rate) or nothing, forgets a share of rate, and is away in evaluation")
  func dropout() throws {
    let layer = try layer("dropout 0.3")
    let x = Tensor<Double>.normal([50, 40], seed: 3, stream: 0)
    var none: [Tensor<Double>] = []
    let forward = layer.forward(x, &none, pass(.train))
    let dx = layer.backward(Tensor([50, 40], repeating: 1.0), [], forward.saved, pass(.train)).dx
    let kept = x.count - forward.y.elements.count { $0 == 0 }
    #expect(abs(Double(kept) / Double(x.count) - 0.7) < 0.03)
    for k in 0..<x.count {
      #expect(dx.elements[k] == 0 || dx.elements[k] == 1 / 0.7)
      #expect(forward.y.elements[k] == x.elements[k] * dx.elements[k])
    }
    #expect(layer.forward(x, &none, pass(.evaluate)).y == x)
  }

  @Test("dropout 0 forgets nothing")
  func dropoutOfNothing() throws {
    let x = Tensor<Double>.normal([5, 4], seed: 3, stream: 0)
    var none: [Tensor<Double>] = []
    #expect(try layer("dropout 0").forward(x, &none, pass(.train)).y == x)
  }

  @Test("softmax and sigmoid keep finite far from 0")
  func extremes() throws {
    let x = Tensor<Float>([1, 4], elements: [3e38, -3e38, 1000, -1000])
    var none: [Tensor<Float>] = []
    let shares = try layer("softmax").forward(x, &none, pass(.train)).y
    #expect(shares.elements == [1, 0, 0, 0])
    #expect(try layer("sigmoid").forward(x, &none, pass(.train)).y.elements == [1, 0, 1, 0])
    #expect(try layer("tanh").forward(x, &none, pass(.train)).y.elements == [1, -1, 1, -1])
  }

  // MARK: Means

  private var batchnormParameters: [Tensor<Double>] {
    [
      Tensor([4], elements: Reference.scale), Tensor([4], elements: Reference.shift),
      Tensor([4], repeating: 0), Tensor([4], repeating: 1),
    ]
  }

  private func layer(_ text: String) throws -> any Layer {
    let net = try Experiment("net fc 1 4 -> \(text) -> fc 2 -> softmax_ce").net
    return try #require(net.layers.dropFirst().first).layer
  }

  private func pass(_ mode: Pass.Mode) -> Pass {
    Pass(mode, random: Random(seed: 1, purpose: .dropout))
  }

  private func expect(
    _ text: String, _ parameters: [Tensor<Double>] = [], y: [Double], dx: [Double],
    gradients: [[Double]] = [], at location: SourceLocation = #_sourceLocation
  ) throws {
    let layer = try layer(text)
    expect(layer, Double.self, parameters, y: y, dx: dx, gradients, location)
    expect(layer, Float.self, parameters, y: y, dx: dx, gradients, location)
  }

  /// Forward on x and backward from dy, as far as its columns go.
  private func expect<S: Scalar>(
    _ layer: any Layer, _ scalar: S.Type, _ parameters: [Tensor<Double>], y: [Double], dx: [Double],
    _ gradients: [[Double]], _ location: SourceLocation
  ) {
    let x = Tensor([3, 4], elements: Reference.x.map { S($0) })
    var parameters: [Tensor<S>] = parameters.map { $0.converted() }
    let forward = layer.forward(x, &parameters, pass(.train))
    let columns = forward.y.columns
    let dy = Tensor(
      [3, columns],
      elements: (0..<3 * columns).map { S(Reference.dy[$0 / columns * 4 + $0 % columns]) })
    let backward = layer.backward(dy, parameters, forward.saved, pass(.train))
    close(forward.y.elements, y, location)
    close(backward.dx.elements, dx, location)
    #expect(backward.gradients.count == gradients.count, sourceLocation: location)
    for (found, expected) in zip(backward.gradients, gradients) {
      close(found.elements, expected, location)
    }
  }

  private func close<S: Scalar>(
    _ found: [S], _ expected: [Double], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(Closeness.error(found, expected) <= S.fewRoundings, sourceLocation: location)
  }
}
