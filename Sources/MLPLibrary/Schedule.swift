/// A word after `schedule`: the factor on the learning rate.
package protocol Schedule: Entry {
  /// - Parameter moment: the step that is about to be done.
  func factor(at moment: Moment) -> Double
}

/// A point in training.
package struct Moment: Equatable, Sendable {
  /// Steps done before.
  package let step: Int
  package let stepsPerEpoch: Int
  /// Steps of the whole training.
  package let steps: Int

  package init(step: Int, stepsPerEpoch: Int, steps: Int) {
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.steps = steps
  }

  /// Epochs done before.
  package var epoch: Int { step / max(1, stepsPerEpoch) }
}

extension Values {
  /// The schedule that a setting of kind `.entry(.schedule)` names.
  func schedule(_ name: String) throws(Problem) -> any Schedule {
    guard case .entry(let type, let values)? = self[name],
      let schedule = try type.init(values) as? any Schedule
    else { preconditionFailure(name) }
    return schedule
  }
}
