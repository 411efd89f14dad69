import MLPTensor

/// Two classes of points in the plane.
package struct Toy: DataSource {
  package static let schema = Schema(
    "toy", "Two classes of points in the plane.",
    formula: """
      ellipse: x ~ N(0, I), class = [xᵀQx > 0.6] with Q = [[1, 0.5], [1, 0.2]]
      spirals: t ~ U(0.1, 1), class ~ {0, 1}, x = t · (cos a, sin a) with a = 2π(1.5t + class/2)
      xor: x ~ U(-1, 1)², class = [x₀ and x₁ differ in sign]
      moons: t ~ U(0, π), class ~ {0, 1}, x = (cos t, sin t) or (1 - cos t, 1/2 - sin t)
      then, the class being decided, x ← x + noise · N(0, I)
      """,
    source: "ellipse: a student report on per-example SGD; the curve xᵀQx = 0.6 is a hyperbola",
    settings: [
      Setting(
        "shape", .choice(Form.allCases.map { $0.rawValue }), .required, "how the classes lie"),
      Setting(
        "count", .integer(10...10_000_000), .value(.integer(10_000)), "number of training points"),
      Setting(
        "test", .integer(10...10_000_000), .value(.integer(2_000)), "number of test points"),
      Setting(
        "noise", .number(Bounds(0, 1000)), .value(.number(0)),
        "standard deviation of what is added to each coordinate after the class is decided; at 0 "
          + "the classes don't overlap"),
      Setting(
        "seed", .integer(0...Int.max), .value(.integer(1)),
        "which points; the run's own seed doesn't change them"),
    ] + Preparation.settings(scale: "raw", scales: ["raw", "standard"]),
    positional: ["shape"],
    examples: [
      "data toy ellipse", "data toy spirals count 5000 test 1000", "data toy xor noise 0.1 seed 7",
      "data toy moons noise 0.2",
    ])

  /// How the classes lie.
  enum Form: String, CaseIterable, Sendable {
    case ellipse, spirals, xor, moons
  }

  private let form: Form
  private let count: Int
  private let test: Int
  private let noise: Double
  private let seed: UInt64

  package init(_ values: Values) {
    guard let form = Form(rawValue: values.word("shape")) else {
      preconditionFailure(values.word("shape"))
    }
    self.form = form
    count = values.integer("count")
    test = values.integer("test")
    noise = values.number("noise")
    seed = UInt64(values.integer("seed"))
  }

  package var sampleShape: Shape? { Shape(2) }
  package var classes: Int? { 2 }
  package var counts: (train: Int, test: Int)? { (count, test) }

  package func load(_ world: any World) throws(Problem) -> Dataset {
    Dataset(
      name: Self.schema.word, classes: 2, train: samples(count, stream: 0),
      test: samples(test, stream: 1))
  }

  private func samples(_ count: Int, stream: UInt64) -> Samples {
    let random = Random(seed: seed, purpose: .toy, stream: stream)
    var coordinates: [Float] = []
    var labels: [Int32] = []
    coordinates.reserveCapacity(2 * count)
    labels.reserveCapacity(count)
    for k in 0..<count {
      var (x, label) = form.point(k, random)
      if noise > 0 {
        x += noise * SIMD2(random.normal(4 * k + 2), random.normal(4 * k + 3))
      }
      coordinates.append(Float(x.x))
      coordinates.append(Float(x.y))
      labels.append(label)
    }
    return Samples(shape: Shape(2), storage: .floats(coordinates), labels: labels)
  }
}
