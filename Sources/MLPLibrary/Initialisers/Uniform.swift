import MLPTensor

/// A uniform distribution around 0.
package struct Uniform: Initialiser {
  package static let schema = Schema(
    "uniform", "Uniform distribution around 0.", formula: "W ~ U(-limit, limit)",
    settings: [
      Setting("limit", .number(.nonNegative), .required, "the greatest magnitude")
    ],
    positional: ["limit"],
    examples: ["init uniform 0.05"])

  package let limit: Double

  package init(_ values: Values) { limit = values.number("limit") }

  package func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double {
    random.uniform(index, in: -limit..<limit)
  }
}
