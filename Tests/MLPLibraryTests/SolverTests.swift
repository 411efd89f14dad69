import MLPRun
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

/// `Reference` holds what PyTorch computes in float64; Reference/constants.py wrote it.
@Suite("Three steps of training are PyTorch's")
struct SolverTests {
  @Test(
    "with sgd",
    arguments: [
      ("sgd lr 0.3", Reference.sgd),
      ("sgd lr 0.3 momentum 0.9", Reference.sgdMomentum),
      ("sgd lr 0.3 momentum 0.9 nesterov yes", Reference.sgdNesterov),
      ("sgd lr 0.3 decay 0.1", Reference.sgdDecay),
      ("sgd lr 0.3 momentum 0.9 decay 0.1 decay_on all", Reference.sgdDecayAll),
      ("sgd lr 0.3 gradient sum decay 0.1", Reference.sgdSum),
      ("sgd lr 0.3 schedule step every 2", Reference.sgdStep),
    ])
  func sgd(_ solver: String, _ expected: [Double]) throws {
    try expect(solver, expected)
  }

  @Test(
    "with adam",
    arguments: [
      ("adam lr 0.02", Reference.adam),
      ("adam lr 0.02 beta1 0.8 beta2 0.95 epsilon 0.001", Reference.adamBetas),
      ("adam lr 0.02 decay 0.1", Reference.adamDecay),
      ("adam lr 0.02 decay 0.1 decay_on all", Reference.adamDecayAll),
    ])
  func adam(_ solver: String, _ expected: [Double]) throws {
    try expect(solver, expected)
  }

  @Test(
    "with adamw",
    arguments: [
      ("adamw lr 0.02", Reference.adamw),
      ("adamw lr 0.02 decay 0.5", Reference.adamwDecay),
      ("adamw lr 0.02 decay 0.5 decay_on all", Reference.adamwDecayAll),
      ("adamw lr 0.02 decay 0.5 schedule cosine floor 0.1", Reference.adamwCosine),
    ])
  func adamw(_ solver: String, _ expected: [Double]) throws {
    try expect(solver, expected)
  }

  @Test("what a solver keeps is as much as it says", arguments: Example.all(in: .solver))
  func state(_ example: Example) throws {
    let solver = try #require(try example.experiment().solver).solver
    var θ = Tensor([2], elements: [1.0, -2.0])
    var state = [Tensor<Double>](repeating: Tensor([2]), count: solver.stateCount)
    solver.update(
      &θ, Tensor([2], elements: [0.5, -0.25]), &state, rate: 0.1, step: 1, decay: solver.decay)
    #expect(state.count == solver.stateCount)
    #expect(state.allSatisfy { $0.elements.allSatisfy { $0 != 0 } })
    #expect(θ.elements[0] < 1 && θ.elements[1] > -2, "the step doesn't go against the gradient")
  }

  @Test("the bottom of a bowl is found", arguments: Example.all(in: .solver))
  func descends(_ example: Example) throws {
    let solver = try #require(try example.experiment().solver).solver
    var θ = Tensor([2], elements: [0.3, -0.2])
    var state = [Tensor<Double>](repeating: Tensor([2]), count: solver.stateCount)
    for step in 1...500 {
      let g = Tensor([2], elements: [θ.elements[0], 4 * θ.elements[1]])
      solver.update(&θ, g, &state, rate: solver.learningRate, step: step, decay: 0)
    }
    let height = θ.elements[0] * θ.elements[0] + 4 * θ.elements[1] * θ.elements[1]
    #expect(height < 0.125, "half of where it began")
  }

  /// Steps of a network fc 4 2 -> softmax_ce from given parameters, on one batch.
  private func expect(_ solver: String, _ expected: [Double]) throws {
    let experiment = try Experiment("net fc 4 2 -> softmax_ce\nsolver \(solver)")
    let checked = try #require(experiment.solver).solver
    #expect(trained(experiment, checked, Double.self, expected) <= Double.fewRoundings)
    #expect(trained(experiment, checked, Float.self, expected) <= 8 * Float.fewRoundings)
  }

  /// How far the parameters are from `expected` after three steps, each an epoch.
  private func trained<S: Scalar>(
    _ experiment: Experiment, _ solver: any Solver, _ scalar: S.Type, _ expected: [Double]
  ) -> Double {
    var model = Model<S>(experiment.net, experiment.initialisation, seed: 1)
    model.parameters[0] = [
      Tensor([4, 2], elements: Reference.weight.map { S($0) }),
      Tensor([2], elements: Reference.bias.map { S($0) }),
    ]
    let x = Tensor([3, 4], elements: Reference.x.map { S($0) })
    for step in 0..<3 {
      let moment = Moment(step: step, stepsPerEpoch: 1, steps: 3)
      _ = model.train(x, labels: Reference.binary, solver, at: moment)
    }
    return Closeness.error(model.parameters[0].flatMap { $0.elements }, expected)
  }
}
