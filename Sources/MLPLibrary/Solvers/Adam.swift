import MLPTensor

/// Adaptive moments.
package struct Adam: ConfiguredSolver {
  package static let schema = Schema(
    "adam", "Adaptive moments: each parameter gets a step of its own size.",
    formula: """
      g ← g + decay·θ
      m ← beta1·m + (1 - beta1)·g
      v ← beta2·v + (1 - beta2)·g²
      θ ← θ - rate/(1 - beta1^t) · m / (√v/√(1 - beta2^t) + epsilon)
      rate = lr·schedule, t counts steps from 1
      """,
    source: "Kingma, Ba, \"Adam\", 2014; PyTorch's torch.optim.Adam",
    settings: Moments.settings
      + commonSettings(decay: 0, decayHelp: "the L2 penalty's factor, added to the gradient"),
    examples: ["solver adam", "solver adam lr 0.01 beta1 0.8"])

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
    moments.rule(rate: rate, step: step, coupled: decay, shrink: 1)
  }

  package func update<S: Scalar>(
    _ θ: inout Tensor<S>, _ g: Tensor<S>, _ state: inout [Tensor<S>], rate: Double, step: Int,
    decay: Double
  ) {
    moments.update(&θ, g, &state, rate: rate, step: step, coupled: decay, shrink: 1)
  }
}
