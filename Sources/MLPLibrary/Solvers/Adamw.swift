import MLPTensor

/// Adam whose decay doesn't pass through the moments.
package struct Adamw: ConfiguredSolver {
  package static let schema = Schema(
    "adamw", "Adam with decoupled decay: the parameters shrink by themselves.",
    formula: """
      θ ← θ·(1 - rate·decay), then adam's step without decay in g
      """,
    source:
      "Loshchilov, Hutter, \"Decoupled weight decay regularization\", 2017; PyTorch's torch.optim.AdamW",
    settings: Moments.settings
      + commonSettings(decay: 0.01, decayHelp: "how much the parameters shrink, times the rate"),
    examples: ["solver adamw", "solver adamw lr 0.002 decay 0.05 schedule cosine"])

  package let learningRate: Double
  private let moments: Moments
  let common: CommonSolverSettings

  package init(_ values: Values) throws(Problem) {
    learningRate = values.number("lr")
    moments = Moments(values)
    common = try CommonSolverSettings(values)
  }

  package var stateCount: Int { 2 }

  package func rule(rate: Double, step: Int, decay: Double) -> UpdateRule {
    moments.rule(rate: rate, step: step, coupled: 0, shrink: 1 - rate * decay)
  }

  package func update<S: Scalar>(
    _ θ: inout Tensor<S>, _ g: Tensor<S>, _ state: inout [Tensor<S>], rate: Double, step: Int,
    decay: Double
  ) {
    moments.update(
      &θ, g, &state, rate: rate, step: step, coupled: 0, shrink: 1 - rate * decay)
  }
}
