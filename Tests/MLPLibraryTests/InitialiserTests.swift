import MLPRun
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite("Initialisers draw from the distributions that they name")
struct InitialiserTests {
  /// The standard error of a standard deviation over that many draws is 0.23 % for normal numbers.
  private static let count = 100_000

  /// What is written, and σ² for 30 inputs and 20 outputs.
  private static let variances: [(String, Double)] = [
    ("glorot", 0.04), ("glorot gain 1.4142", 0.08), ("glorot distribution uniform", 0.04),
    ("he", 0.066_667), ("he gain 0.5 distribution uniform", 0.016_667), ("normal 0.01", 0.0001),
    ("uniform 0.3", 0.03),
  ]

  @Test("with the right standard deviation", arguments: variances)
  func deviation(_ text: String, _ variance: Double) throws {
    let expected = variance.squareRoot()
    let (mean, deviation) = Self.moments(try values(text))
    #expect(abs(mean) < 0.015 * expected)
    #expect(abs(deviation / expected - 1) < 0.01)
  }

  @Test("normal has its mean")
  func mean() throws {
    let (mean, deviation) = Self.moments(try values("normal 0.1 mean 0.5"))
    #expect(abs(mean - 0.5) < 0.0015)
    #expect(abs(deviation / 0.1 - 1) < 0.01)
  }

  /// What is written, and the square of the limit.
  private static let squaredLimits: [(String, Double)] = [
    ("uniform 0.3", 0.09), ("glorot distribution uniform", 0.12), ("he distribution uniform", 0.2),
  ]

  @Test("a uniform distribution keeps to its limit, and comes near it", arguments: squaredLimits)
  func limits(_ text: String, _ square: Double) throws {
    let limit = square.squareRoot() * (1 + 1e-15)
    let largest = try values(text).reduce(0) { max($0, abs($1)) }
    #expect(largest <= limit)
    #expect(largest > 0.999 * limit)
  }

  @Test(
    "zeros, and distributions of no width, are zero", arguments: ["zeros", "uniform 0", "normal 0"])
  func zeros(_ text: String) throws {
    #expect(
      try initialiser(text).values(100, fanIn: 3, fanOut: 4, random)
        == Array(repeating: 0, count: 100))
  }

  @Test("a value depends on its index and the seed alone", arguments: Example.all(in: .initialiser))
  func order(_ example: Example) throws {
    let weights = try example.experiment().initialisation.weights
    let all = weights.values(50, fanIn: 30, fanOut: 20, random)
    #expect(weights.value(49, fanIn: 30, fanOut: 20, random) == all[49])
    let other = weights.values(50, fanIn: 30, fanOut: 20, Random(seed: 2, purpose: .initialisation))
    #expect(all != other || all.allSatisfy { $0 == 0 })
    let divided = weights.values(50, fanIn: 30, fanOut: 20, random, team: Team(size: 3))
    #expect(divided == all)
  }

  @Test("layers, and parameters of a layer, draw different numbers")
  func independence() throws {
    let experiment = try Experiment(
      "net fc 4 4 -> fc 4 4 -> softmax_ce\ninit normal 1 biases same")
    let model = Model<Double>(experiment.net, experiment.initialisation, seed: 1)
    let drawn = model.parameters.flatMap { $0.flatMap { $0.elements } }
    #expect(Set(drawn).count == 40)
  }

  private var random: Random { Random(seed: 1, purpose: .initialisation) }

  private func initialiser(_ text: String) throws -> any Initialiser {
    try Experiment("net fc 2 2 -> softmax_ce\ninit \(text)").initialisation.weights
  }

  private func values(_ text: String) throws -> [Double] {
    try initialiser(text).values(Self.count, fanIn: 30, fanOut: 20, random)
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    var (sum, squares) = (0.0, 0.0)
    for value in values {
      sum += value
      squares += value * value
    }
    let mean = sum / Double(values.count)
    return (mean, (squares / Double(values.count) - mean * mean).squareRoot())
  }
}
