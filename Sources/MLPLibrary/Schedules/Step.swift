/// The learning rate falls in steps.
package struct Step: Schedule {
  package static let schema = Schema(
    "step", "Multiplies the learning rate by a factor every so many epochs.",
    formula: "factor = factor^⌊epoch / every⌋   with epochs counted from 0",
    source: "PyTorch's torch.optim.lr_scheduler.StepLR",
    settings: [
      Setting("every", .integer(1...1_000_000), .required, "epochs between two steps"),
      Setting(
        "factor", .number(Bounds(0, 1, excludesLower: true)), .value(.number(0.1)),
        "what each step multiplies by"),
    ],
    examples: ["solver sgd lr 0.1 schedule step every 5 factor 0.5"])

  package let every: Int
  package let factor: Double

  package init(_ values: Values) {
    every = values.integer("every")
    factor = values.number("factor")
  }

  package func factor(at moment: Moment) -> Double {
    (0..<moment.epoch / every).reduce(1.0) { product, _ in product * factor }
  }
}
