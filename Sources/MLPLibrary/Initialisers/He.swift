import MLPTensor

/// Scaled by inputs, for rectifiers.
package struct He: Initialiser {
  package static let schema = Schema(
    "he", "Random, scaled so that signals keep their size through rectifiers.",
    formula: """
      W ~ N(0, σ²) with σ = gain·√(2 / in)
      uniform: W ~ U(-√3·σ, √3·σ)
      """,
    source: "He et al., \"Delving deep into rectifiers\", 2015; PyTorch's kaiming_normal_ (fan_in)",
    settings: Scaled.settings,
    examples: ["init he", "init he distribution uniform"])

  private let scaled: Scaled

  package init(_ values: Values) { scaled = Scaled(values) }

  package func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double {
    scaled.value(index, variance: 2 / Double(fanIn), random)
  }
}
