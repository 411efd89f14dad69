import Foundation
import MLPLibrary
import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

/// The plan is the reference, bit for bit: for every kind of layer, loss, solver and data, and any number of threads.
@Suite struct PlanBitsTests {
  static let digits = "data digits count 130 test 60"
  static let toy = "data toy spirals count 130 test 60"

  /// Networks that between them have every layer, loss and solver, odd sizes, sparse and dense input.
  static let specs = [
    "fc 784 33 -> relu -> fc 10 -> softmax_ce\n\(digits)\nsolver sgd lr 0.1",
    "fc 784 33 -> relu -> fc 10 -> softmax_ce\n\(digits) scale own_mean\nsolver sgd lr 0.1 decay 0.1",
    "fc 784 70 -> sigmoid -> fc 40 -> tanh -> fc 10 -> euclidean\n\(digits)\n"
      + "solver sgd lr 0.1 momentum 0.9 decay 0.01 decay_on all",
    "fc 784 65 bias no -> leaky_relu 0.1 -> fc 17 -> softmax -> fc 10 -> mse over samples\n"
      + "\(digits) scale centered\nsolver sgd lr 0.05 momentum 0.5 nesterov yes gradient sum",
    "fc 784 20 -> batchnorm -> relu -> fc 20 -> batchnorm -> tanh -> fc 10 -> softmax_ce\n"
      + "\(digits)\nsolver adam",
    "fc 784 50 -> relu -> dropout 0.5 -> fc 20 -> dropout 0.1 -> relu -> fc 10 -> softmax_ce\n"
      + "\(digits)\nsolver adamw lr 0.01 schedule cosine",
    "fc 784 10 -> mse\n\(digits) scale raw\nsolver sgd lr 1e-7",
    "fc 2 300 -> relu -> fc 3 -> tanh -> fc 1 -> binary_ce\n\(toy)\nsolver adam decay 0.01",
    "dropout 0.1 -> fc 40 -> relu -> fc 2 -> softmax_ce\n\(toy)\nsolver sgd lr 0.1",
    "batchnorm -> fc 40 -> relu -> fc 2 -> softmax_ce\n\(toy)\nsolver sgd lr 0.1 decay 0.1",
    "relu -> softmax -> fc 5 -> fc 2 -> softmax_ce\n\(toy)\nsolver sgd lr 0.1",
    "fc 784 33 -> batchnorm -> relu -> fc 10 -> softmax_ce\n\(digits)\nsolver sgd lr 0.1\n"
      + "train clip 0.5",
    "fc 784 20 -> tanh -> fc 10 -> mse\n\(digits) scale own_mean\n"
      + "solver sgd lr 0.1 momentum 0.9 decay 0.01\ntrain clip 0.05",
    "fc 784 20 -> relu -> dropout 0.2 -> fc 10 -> softmax_ce\n\(digits)\nsolver adam\n"
      + "train clip 0.01",
    "fc 784 600 -> relu -> fc 300 -> relu -> fc 10 -> softmax_ce\n\(digits)\nsolver sgd lr 0.1",
  ]

  /// Convolutions and poolings, alone and together: stride, padding, channels that fill vectors and that don't, kernels
  /// smaller than their stride and as large as the picture, what is fused and what lies between.
  static let pictures = [
    "conv 3x3 8 stride 2 -> relu -> maxpool 2 -> conv 3x3 16 -> relu -> maxpool 2 -> flatten "
      + "-> fc 10 -> softmax_ce\n\(digits)\nsolver adam",
    "conv 5x4 3 stride 2x3 padding 1 -> maxpool 3x2 stride 1 -> conv 2x2 20 padding same bias no "
      + "-> tanh -> fc 10 -> euclidean\n\(digits) scale own_mean\n"
      + "solver sgd lr 0.01 momentum 0.9 decay 0.01 decay_on all",
    "conv 3x3 5 padding same stride 3 -> batchnorm -> relu -> dropout 0.2 "
      + "-> conv 3x3 25 stride 2 padding 2 -> sigmoid -> conv 2x2 17 -> batchnorm -> fc 10 "
      + "-> softmax_ce\n\(digits) scale centered\nsolver adamw lr 0.01",
    "maxpool 3 -> dropout 0.1 -> conv 4x4 9 stride 3 padding same -> leaky_relu "
      + "-> maxpool 2 stride 1 -> relu -> fc 10 -> mse\n\(digits)\nsolver sgd lr 0.1 nesterov yes momentum 0.5",
    "flatten -> fc 784 36 -> relu -> reshape 3x4x3 -> maxpool 2 stride 1 -> conv 2x2 9 padding same "
      + "-> relu -> maxpool 2x1 -> conv 1x1 4 stride 1x2 -> flatten -> fc 10 -> softmax_ce\n\(digits)\n"
      + "solver sgd lr 0.1",
    "reshape 14x14x4 -> conv 3x2 33 stride 5x4 -> fc 30 -> reshape 5x6x1 "
      + "-> conv 2x2 6 stride 3 -> maxpool 2 -> softmax -> fc 10 -> softmax_ce\n\(digits)\nsolver adam",
    "conv 28x28 10 -> softmax_ce\n\(digits)\nsolver sgd lr 0.1",
    "maxpool 28 -> reshape 1x1x1 -> conv 1x1 10 -> flatten -> softmax_ce\n\(digits)\nsolver sgd lr 0.1",
    "reshape 1x2x1 -> conv 1x3 12 padding same -> relu -> fc 1 -> binary_ce\n\(toy)\nsolver adam",
  ]

  @Test(arguments: specs + pictures, [1, 7, 48, 128])
  func planEqualsReference(_ spec: String, batch: Int) throws {
    let run = try ShortRun(
      spec, with: ["train batch \(batch) seed 3"], steps: batch == 1 ? 9 : 4)
    let reference = run.reference()
    for (threads, capacity) in [(1, 240), (1, 25), (2, 25), (2, 240), (3, 25)] {
      let planned = run.planned(Team(size: threads), capacity: capacity)
      #expect(planned == reference, "with \(threads) threads and room for \(capacity)")
    }
  }

  /// The specs that come with the program, a few steps of each; MNIST stands in as drawn digits.
  @Test(arguments: try specFiles())
  func planEqualsReferenceOnOurSpecs(_ file: String) throws {
    let folder = Repository.root.appendingPathComponent("specs")
    var world = MemoryWorld()
    for name in try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("data").path)
    {
      let data = try Data(contentsOf: folder.appendingPathComponent("data/\(name)"))
      world.files["data/\(name)"] = Array(data)
    }
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    var overlays: [String] = []
    if text.contains("else digits") {
      overlays = ["data else digits count 200 test 40", "data validation last 20"]
    } else if text.contains("data    digits") {
      overlays = ["data count 200 test 40"]
    }
    let run = try ShortRun(text, with: overlays, steps: 2, world: world)
    let reference = run.reference()
    for threads in [1, 2, 3] {
      #expect(run.planned(Team(size: threads), capacity: 60) == reference, "\(threads) threads")
    }
  }

  static func specFiles() throws -> [String] {
    let root = Repository.root.appendingPathComponent("specs")
    return try ["", "bench/", "records/", "reports/cnn/"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
        .filter { $0.hasSuffix(".mlp") }.sorted().map { folder + $0 }
    }
  }

  /// A limit that no gradient reaches changes nothing, and a short one shortens each step to it.
  @Test func clippingLimitsTheStep() throws {
    let spec = "fc 784 33 -> relu -> fc 10 -> softmax_ce\n\(Self.digits)\nsolver sgd lr 1"
    let plain = try ShortRun(spec, with: ["train batch 48"], steps: 1)
    let wide = try ShortRun(spec, with: ["train batch 48 clip 1e9"], steps: 1)
    let narrow = try ShortRun(spec, with: ["train batch 48 clip 0.001"], steps: 1)
    let begin = PlanState.initial(plain.experiment, plain.solver).parameters
    #expect(plain.planned(.single, capacity: 48) == wide.planned(.single, capacity: 48))
    let end = narrow.planned(.single, capacity: 48).parameters
    var squares = 0.0
    for (before, after) in zip(begin.joined(), end.joined()) {
      for (a, b) in zip(before.elements, after.elements) {
        squares += (Double(a) - Double(b)) * (Double(a) - Double(b))
      }
    }
    #expect(abs(squares.squareRoot() - 0.001) < 1e-5)
  }

  @Test func aStateIsGivenBackWhole() throws {
    let run = try ShortRun(Self.specs[4], steps: 1)
    let plan = Plan(
      run.experiment, solver: run.solver, capacity: 60, scaling: run.data.scaling, density: 1,
      team: .single)
    #expect(plan.state == .initial(run.experiment, run.solver))
    var other = plan.state
    for layer in other.parameters.indices {
      for index in other.parameters[layer].indices {
        for k in other.parameters[layer][index].elements.indices {
          other.parameters[layer][index].elements[k] = Float(layer + 10 * index + 100 * k)
        }
        for place in other.solver[layer][index].indices {
          other.solver[layer][index][place].elements[0] = Float(layer + index + place)
        }
      }
    }
    plan.restore(other)
    #expect(plan.state == other)
    #expect(plan.firstLayerNotFinite == nil)
    other.parameters[1][3].elements[19] = .infinity
    plan.restore(other)
    #expect(plan.firstLayerNotFinite == 1)
  }

  @Test func anotherOrderOfSummationWouldBeNoticed() throws {
    let run = try ShortRun(Self.specs[0] + "\ntrain batch 48", steps: 4)
    let reversed = run.reference { x, w in
      var y = Tensor<Float>([x.rows, w.columns])
      for n in 0..<x.rows {
        for i in (0..<w.rows).reversed() {
          for o in 0..<w.columns {
            y.elements[n * w.columns + o].addProduct(
              x.elements[n * w.rows + i], w.elements[i * w.columns + o])
          }
        }
      }
      return y
    }
    #expect(reversed != run.reference())
  }
}
