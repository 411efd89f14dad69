import MLPTensor

/// Stochastic gradient descent, with momentum.
package struct Sgd: ConfiguredSolver {
  package static let schema = Schema(
    "sgd", "Stochastic gradient descent: a step against the gradient.",
    formula: """
      g ← g + decay·θ
      v ← momentum·v + g          (without momentum, v is g)
      θ ← θ - rate·v              nesterov: θ ← θ - rate·(g + momentum·v)
      rate = lr·schedule
      """,
    source: "PyTorch's torch.optim.SGD (dampening 0); decay is the gradient of ½·decay·‖θ‖²",
    settings: [
      Setting("lr", .number(.positive), .required, "the learning rate"),
      Setting(
        "momentum", .number(.fraction), .value(.number(0)), "how much of the last step is kept"),
      Setting(
        "nesterov", .flag, .value(.flag(false)), "whether momentum looks one step ahead"),
    ] + commonSettings(decay: 0, decayHelp: "the L2 penalty's factor, added to the gradient"),
    examples: [
      "solver sgd lr 0.001 decay 0.1", "solver sgd lr 0.1 momentum 0.9 nesterov yes",
      "solver sgd lr 0.1 gradient sum schedule step every 5 factor 0.5",
    ])

  package let learningRate: Double
  package let momentum: Double
  package let nesterov: Bool
  let common: CommonSolverSettings

  package init(_ values: Values) throws(Problem) {
    learningRate = values.number("lr")
    momentum = values.number("momentum")
    nesterov = values.flag("nesterov")
    common = try CommonSolverSettings(values)
    guard momentum > 0 || !nesterov else {
      throw Problem(
        "'nesterov yes' has no effect, for momentum is 0", setting: "nesterov",
        help: "set 'momentum', or leave 'nesterov' out")
    }
  }

  package var stateCount: Int { momentum > 0 ? 1 : 0 }

  package func rule(rate: Double, step: Int, decay: Double) -> UpdateRule {
    .descent(
      UpdateRule.Descent(
        rate: Float(rate), decay: Float(decay), momentum: Float(momentum), nesterov: nesterov))
  }

  @_specialize(where S == Float)
  package func update<S: Scalar>(
    _ θ: inout Tensor<S>, _ g: Tensor<S>, _ state: inout [Tensor<S>], rate: Double, step: Int,
    decay: Double
  ) {
    let (rate, μ, λ) = (S(rate), S(momentum), S(decay))
    for k in θ.elements.indices {
      var g = g.elements[k]
      if λ != 0 { g.addProduct(λ, θ.elements[k]) }
      if μ != 0 {
        let v = g.addingProduct(μ, state[0].elements[k])
        state[0].elements[k] = v
        g = nesterov ? g.addingProduct(μ, v) : v
      }
      θ.elements[k].addProduct(-rate, g)
    }
  }
}
