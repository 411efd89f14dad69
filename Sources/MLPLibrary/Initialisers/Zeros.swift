import MLPTensor

/// All zeros.
package struct Zeros: Initialiser {
  package static let schema = Schema(
    "zeros", "Zeros: for biases, or for a network of one layer.", formula: "W = 0",
    examples: ["init zeros", "init he biases zeros"])

  package init(_ values: Values) {}

  package func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double { 0 }
}
