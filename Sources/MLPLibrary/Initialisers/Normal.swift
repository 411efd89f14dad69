import MLPTensor

/// A normal distribution.
package struct Normal: Initialiser {
  package static let schema = Schema(
    "normal", "Normal distribution around `mean`.", formula: "W ~ N(mean, std²)",
    settings: [
      Setting("std", .number(.nonNegative), .required, "the standard deviation"),
      Setting("mean", .number(.any), .value(.number(0)), "the mean"),
    ],
    positional: ["std"],
    examples: ["init normal 0.01", "init normal std 0.1 mean 0.5"])

  package let std: Double
  package let mean: Double

  package init(_ values: Values) {
    std = values.number("std")
    mean = values.number("mean")
  }

  package func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double {
    mean + std * random.normal(index)
  }
}
