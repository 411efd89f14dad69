import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary
@testable import MLPRun

/// The gradient check must itself be able to fail.
@Suite("The gradient check rejects")
struct GradientCheckTests {
  private let shape = Shape(4)

  @Test("nothing in a right layer, kinks and all")
  func acceptsTheRightOne() {
    #expect(GradientCheck.faults(of: Flawed(.none), input: shape) == [])
  }

  @Test("a wrong factor")
  func wrongFactor() {
    #expect(faults(.factor(2)).contains { $0.hasPrefix("x[") })
  }

  @Test("a factor that is wrong by five millionths")
  func slightlyWrongFactor() {
    #expect(!faults(.factor(1.000_005)).isEmpty)
  }

  @Test("a missing term")
  func missingTerm() {
    #expect(faults(.missingTerm).contains { $0.hasPrefix("x[") })
  }

  @Test("a parameter's wrong gradient, and names it alone")
  func wrongParameter() {
    let found = faults(.parameterSign)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.hasPrefix("slope[") })
  }

  @Test("one wrong element among many")
  func oneElement() {
    #expect(faults(.firstElement).count == 1)
  }

  @Test("the wrong side's slope of a kink")
  func wrongSide() {
    #expect(!faults(.side).isEmpty)
  }

  @Test("a gradient that isn't a number")
  func notANumber() {
    #expect(!faults(.factor(.nan)).isEmpty)
  }

  @Test("a gradient too few")
  func tooFew() {
    #expect(faults(.noParameterGradient) == ["backward gives 0 gradients for 1"])
  }

  @Test("an output of another shape than promised")
  func wrongShape() {
    #expect(faults(.shape).first?.hasPrefix("forward gives") == true)
  }

  @Test("a forward pass that jumps everywhere")
  func jumps() {
    #expect(
      faults(.jumps) == ["no point was found around which the forward pass is smooth"])
  }

  @Test("a loss whose gradient forgets the scale")
  func loss() {
    #expect(!GradientCheck.faults(of: Unscaled(), outputs: 3).isEmpty)
  }

  @Test("a network with one wrong gradient, and names the layer")
  func network() throws {
    let right = try Experiment("net fc 4 4 -> tanh -> fc 4 3 -> softmax_ce")
    #expect(GradientCheck.faults(ofNetworkIn: right) == [])
    let found = GradientCheck.faults(
      ofNetworkIn: right.replacingLayer(1, by: Flawed(.parameterSign)))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("layer 1, ") == true)
  }

  private func faults(_ flaw: Flawed.Flaw) -> [String] {
    GradientCheck.faults(of: Flawed(flaw), input: shape)
  }
}

/// y = slope·max(x, x/2)·Σ_j x_j of each sample: a kink, a coupling between elements and a parameter, so that
/// each way to get a gradient wrong can be tried.
private struct Flawed: Layer {
  enum Flaw: Sendable {
    case none, missingTerm, parameterSign, firstElement, side, noParameterGradient, shape, jumps
    case factor(Double)
  }

  static let schema = Schema("flawed", "For tests.", examples: [])

  let flaw: Flaw

  init(_ flaw: Flaw) { self.flaw = flaw }
  init(_ values: Values) { flaw = .none }

  func parameters(for input: Shape) -> [ParameterSpec] {
    [ParameterSpec("slope", [input.count], .constant(1), fanIn: 1, fanOut: 1)]
  }

  func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<S> {
    if case .shape = flaw { return Forward(Tensor([x.rows, 1])) }
    var y = x
    for k in x.elements.indices {
      let rectified = max(x.elements[k], x.elements[k] / 2)
      y.elements[k] = p[0].elements[k % x.columns] * rectified * sum(x, ofRowWith: k)
      if case .jumps = flaw { y.elements[k] += (x.elements[k] * 1e7).rounded() }
    }
    return Forward(y, saving: x)
  }

  func backward<S: Scalar>(
    _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
  ) -> Backward<S> {
    let x = saved[0]
    var dx = Tensor<S>(x.sizes)
    var dp = Tensor<S>(p[0].sizes)
    for k in x.elements.indices {
      let column = k % x.columns
      let rectified = max(x.elements[k], x.elements[k] / 2)
      let weight = dy.elements[k] * p[0].elements[column]
      dx.elements[k] += weight * sum(x, ofRowWith: k) * side(x.elements[k])
      dp.elements[column] += dy.elements[k] * rectified * sum(x, ofRowWith: k)
      if case .missingTerm = flaw { continue }
      for j in row(x, with: k) { dx.elements[j] += weight * rectified }
    }
    switch flaw {
    case .factor(let factor): return Backward(dx.map { $0 * S(factor) }, dp)
    case .parameterSign: return Backward(dx, dp.map { -$0 })
    case .noParameterGradient: return Backward(dx)
    case .firstElement:
      dx.elements[0] += 1
      return Backward(dx, dp)
    default: return Backward(dx, dp)
    }
  }

  private func side<S: Scalar>(_ x: S) -> S {
    if case .side = flaw { return 1 }
    return x > 0 ? 1 : 0.5
  }

  private func row<S: Scalar>(_ x: Tensor<S>, with k: Int) -> Range<Int> {
    let start = k / x.columns * x.columns
    return start..<start + x.columns
  }

  private func sum<S: Scalar>(_ x: Tensor<S>, ofRowWith k: Int) -> S {
    x.elements[row(x, with: k)].reduce(0, +)
  }
}

/// ½ Σ o², whose gradient should be scale·o.
private struct Unscaled: Loss {
  static let schema = Schema("unscaled", "For tests.", examples: [])

  init() {}
  init(_ values: Values) {}

  func losses<S: Scalar>(_ o: Tensor<S>, labels: [Int32]) -> [Double] {
    labels.indices.map { row in
      o.elements[row * o.columns..<(row + 1) * o.columns].reduce(0) { $0 + 0.5 * Double($1 * $1) }
    }
  }

  func gradient<S: Scalar>(_ o: Tensor<S>, labels: [Int32], scale: S) -> Tensor<S> { o }

  func probabilities(_ outputs: [Float]) -> [Double] { [] }
}

extension Experiment {
  fileprivate func replacingLayer(_ index: Int, by layer: any Layer) -> Experiment {
    var layers = net.layers
    let old = layers[index]
    layers[index] = PlacedLayer(
      layer: layer, input: old.input, output: old.output,
      parameters: layer.parameters(for: old.input),
      text: "flawed", span: old.span)
    let net = CheckedNet(
      input: net.input, layers: layers, loss: net.loss, lossSpan: net.lossSpan, classes: net.classes
    )
    return Experiment(
      choices: choices, net: net, initialisation: initialisation, data: data, solver: solver,
      training: training, expectations: expectations, explicitStatements: explicitStatements)
  }
}
