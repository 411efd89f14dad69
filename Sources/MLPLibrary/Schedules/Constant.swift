/// The learning rate as it is.
package struct Constant: Schedule {
  package static let schema = Schema(
    "constant", "The learning rate stays as it is.", formula: "factor = 1",
    examples: ["solver sgd lr 0.1 schedule constant"])

  package init(_ values: Values) {}

  package func factor(at moment: Moment) -> Double { 1 }
}
