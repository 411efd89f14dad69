import MLPLibrary
import MLPSyntax

/// Settings that come to nothing in a combination, as what they are about never happens there.
struct IdleSettings {
  let experiment: Experiment
  let initialisation: Reading?
  let solver: Reading?
  let training: Reading

  /// A warning for each.
  var findings: [Diagnostic] { [initialiser, biases, stop, steps].compactMap { $0 } }

  private var layers: [PlacedLayer] { experiment.net.layers }

  /// Every layer that begins with random numbers says itself with which.
  private var initialiser: Diagnostic? {
    guard let reading = initialisation, let span = reading.spans["initialiser"],
      let word = reading.entries["initialiser"]?.schema.word,
      layers.allSatisfy({ $0.layer.initialiser != nil || !$0.has(.weight) && !$0.has(.bias) })
    else { return nil }
    return .idle("init \(word)", "every layer names its own initialiser", at: span)
  }

  private var biases: Diagnostic? {
    guard let span = initialisation?.spans["biases"], !layers.contains(where: { $0.has(.bias) })
    else { return nil }
    return .idle("biases", "no layer has biases", at: span)
  }

  private var stop: Diagnostic? {
    guard let rule = experiment.training.stop, !experiment.training.keepsBest,
      let span = training.spans["stop"], rule.patience >= epochs, isMeant(span)
    else { return nil }
    return .idle(
      "stop", "\(rule.patience) epochs without gain are more than \(trained) can bring", at: span)
  }

  private var steps: Diagnostic? {
    guard let reading = solver?.entries["method"]?.entries["schedule"],
      let step = experiment.solver?.solver.schedule as? Step, step.every >= epochs,
      case let span = reading.place(of: "every"), isMeant(span)
    else { return nil }
    return .idle(
      "schedule step",
      "its first step comes after \(step.every) epochs, and the training has \(trained)",
      at: span)
  }

  private var epochs: Int { experiment.training.epochs }
  private var trained: String { epochs == 1 ? "1 epoch" : "\(epochs) epochs" }

  /// Whoever merges another number of epochs over a spec knows what becomes of the rest.
  private func isMeant(_ span: Span) -> Bool {
    (training.spans["epochs"]?.source ?? 0) == span.source
  }
}

extension PlacedLayer {
  fileprivate func has(_ role: ParameterSpec.Role) -> Bool {
    parameters.contains { $0.role == role }
  }
}

extension Checker {
  /// Notes what comes to nothing in one combination.
  mutating func note(_ idle: IdleSettings) {
    for finding in idle.findings {
      if let index = self.idle.firstIndex(where: { $0.finding.span == finding.span }) {
        self.idle[index].combinations += 1
      } else {
        self.idle.append((finding, 1))
      }
    }
  }

  /// Warns of what comes to nothing in all combinations.
  mutating func warnOfIdleSettings(among combinations: Int) {
    lints += idle.filter { $0.combinations == combinations }.map { $0.finding }
  }
}
