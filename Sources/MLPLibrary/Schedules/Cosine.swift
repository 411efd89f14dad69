import MLPTensor

/// The learning rate falls along a cosine.
package struct Cosine: Schedule {
  package static let schema = Schema(
    "cosine",
    "Lets the learning rate fall along half a cosine, step by step, to the training's end.",
    formula: "factor = floor + (1 - floor)·½·(1 + cos(π·step / steps))",
    source:
      "Loshchilov, Hutter, \"SGDR\", 2016, without restarts; PyTorch's CosineAnnealingLR, by step",
    settings: [
      Setting("floor", .number(.unit), .value(.number(0)), "the share of the rate kept at the end")
    ],
    examples: ["solver adam schedule cosine", "solver sgd lr 0.1 schedule cosine floor 0.01"])

  package let floor: Double

  package init(_ values: Values) { floor = values.number("floor") }

  package func factor(at moment: Moment) -> Double {
    let turns = 0.5 * Double(moment.step) / Double(max(1, moment.steps))
    return floor + (1 - floor) * 0.5 * (1 + Double.cosine(turns: turns))
  }
}
