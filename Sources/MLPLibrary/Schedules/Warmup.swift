/// The learning rate rises from nearly nothing.
package struct Warmup: Schedule {
  package static let schema = Schema(
    "warmup",
    "Lets the learning rate rise in equal steps at the beginning; then another schedule rules.",
    formula: """
      factor = (step + 1) / warm   for step < warm, where warm = epochs·steps per epoch
      factor = then's factor, its steps counted from the warm-up's end
      """,
    source: "Goyal et al., \"Accurate, large minibatch SGD\", 2017",
    settings: [
      Setting("epochs", .integer(1...1_000_000), .required, "how long the rate rises"),
      Setting(
        "then", .entry(.schedule, or: []), .value(.entry(Constant.self, Values())),
        "the schedule after it"),
    ],
    examples: [
      "solver sgd lr 0.1 schedule warmup epochs 2",
      "solver adam schedule warmup epochs 1 then cosine floor 0.1",
    ])

  package let epochs: Int
  package let then: any Schedule

  package init(_ values: Values) throws(Problem) {
    epochs = values.integer("epochs")
    then = try values.schedule("then")
  }

  package func factor(at moment: Moment) -> Double {
    let warm = epochs * moment.stepsPerEpoch
    guard moment.step >= warm else { return Double(moment.step + 1) / Double(warm) }
    return then.factor(
      at: Moment(
        step: moment.step - warm, stepsPerEpoch: moment.stepsPerEpoch, steps: moment.steps - warm))
  }
}
