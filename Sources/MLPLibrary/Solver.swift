import MLPTensor

/// A word after `solver`: how a gradient changes a parameter.
package protocol Solver: Entry {
  var learningRate: Double { get }
  var schedule: any Schedule { get }
  /// Whether the gradient is divided by the batch's size.
  var averagesGradient: Bool { get }
  /// λ of an L2 penalty ½λ‖θ‖² that the solver adds to the gradient; 0 where it adds none.
  var decay: Double { get }
  var decaysBiases: Bool { get }
  /// How many tensors of a parameter's size the solver keeps for it; they begin at 0.
  var stateCount: Int { get }

  /// The step that `update` does, for the plan.
  func rule(rate: Double, step: Int, decay: Double) -> UpdateRule

  /// One step on one parameter: θ and the state change, g is ∂L/∂θ.
  ///
  /// - Parameters:
  ///   - rate: the learning rate after the schedule.
  ///   - step: 1 for the first.
  ///   - decay: λ for this parameter, 0 where decay doesn't apply to it.
  func update<S: Scalar>(
    _ θ: inout Tensor<S>, _ g: Tensor<S>, _ state: inout [Tensor<S>], rate: Double, step: Int,
    decay: Double)
}

extension Solver {
  /// The learning rate of the step that is about to be done.
  package func rate(at moment: Moment) -> Double { learningRate * schedule.factor(at: moment) }

  /// The settings that every solver has.
  static func commonSettings(decay: Double, decayHelp: String) -> [Setting] {
    [
      Setting("decay", .number(.nonNegative), .value(.number(decay)), decayHelp),
      Setting(
        "decay_on", .choice(["weights", "all"]), .value(.word("weights")),
        "what decay applies to: `weights` of fc and conv, or `all` parameters that are trained"),
      Setting(
        "gradient", .choice(["mean", "sum"]), .value(.word("mean")),
        "whether the gradient is the batch's mean or its sum"),
      Setting(
        "schedule", .entry(.schedule, or: []), .value(.entry(Constant.self, Values())),
        "how the learning rate changes as training goes on"),
    ]
  }
}

/// A solver that keeps the settings that every solver has as they were read.
protocol ConfiguredSolver: Solver {
  var common: CommonSolverSettings { get }
}

extension ConfiguredSolver {
  package var schedule: any Schedule { common.schedule }
  package var averagesGradient: Bool { common.averagesGradient }
  package var decay: Double { common.decay }
  package var decaysBiases: Bool { common.decaysBiases }
}

/// The settings that every solver has, as read.
package struct CommonSolverSettings: Sendable {
  package let decay: Double
  package let decaysBiases: Bool
  package let averagesGradient: Bool
  package let schedule: any Schedule

  init(_ values: Values) throws(Problem) {
    decay = values.number("decay")
    decaysBiases = values.word("decay_on") == "all"
    averagesGradient = values.word("gradient") == "mean"
    schedule = try values.schedule("schedule")
    guard decay > 0 || !decaysBiases else {
      throw Problem(
        "'decay_on all' has no effect, for decay is 0", setting: "decay_on",
        help: "set 'decay', or leave 'decay_on' out")
    }
  }
}
