import MLPTensor

/// What glorot and he share: a distribution with a given standard deviation.
struct Scaled: Sendable {
  let gain: Double
  let isUniform: Bool

  static let settings = [
    Setting("gain", .number(.positive), .value(.number(1)), "a factor on the standard deviation"),
    Setting(
      "distribution", .choice(["normal", "uniform"]), .value(.word("normal")),
      "normal, or uniform with the same standard deviation"),
  ]

  init(_ values: Values) {
    gain = values.number("gain")
    isUniform = values.word("distribution") == "uniform"
  }

  /// Number `index` with standard deviation gain·√variance.
  func value(_ index: Int, variance: Double, _ random: Random) -> Double {
    let deviation = gain * variance.squareRoot()
    guard isUniform else { return deviation * random.normal(index) }
    let limit = deviation * 3.0.squareRoot()
    return random.uniform(index, in: -limit..<limit)
  }
}
