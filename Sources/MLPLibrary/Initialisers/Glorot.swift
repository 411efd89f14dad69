import MLPTensor

/// Scaled by inputs and outputs.
package struct Glorot: Initialiser {
  package static let schema = Schema(
    "glorot", "Random, scaled so that signals keep their size forwards and backwards.",
    formula: """
      W ~ N(0, σ²) with σ = gain·√(2 / (in + out))
      uniform: W ~ U(-√3·σ, √3·σ)
      """,
    source: "Glorot, Bengio, 2010; PyTorch's xavier_normal_ and xavier_uniform_",
    settings: Scaled.settings,
    examples: ["init glorot gain 1.4142 biases same", "init glorot distribution uniform"])

  private let scaled: Scaled

  package init(_ values: Values) { scaled = Scaled(values) }

  package func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double {
    scaled.value(index, variance: 2 / Double(fanIn + fanOut), random)
  }
}
