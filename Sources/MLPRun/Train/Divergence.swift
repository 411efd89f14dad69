import MLPLibrary
import MLPSyntax

extension RunFailure {
  /// Where a training's numbers stopped being finite.
  package struct Divergence: Sendable {
    /// The first number that is not finite.
    package enum Place: Equatable, Sendable {
      /// What a layer gives, from 0.
      case output(layer: Int)
      /// The loss, though all outputs are finite.
      case loss
      /// What a layer's gradients are, or what it passes back.
      case gradient(layer: Int)
      /// What a layer's parameters would be after the step.
      case parameters(layer: Int)
    }

    /// From 1.
    package let epoch: Int
    /// From 1, in the whole training: the step that was not applied.
    package let step: Int
    package let place: Place
    /// The layer that `place` names, as the text says it.
    package let layer: String?
    package let layerSpan: Span?
    /// Where the solver stands.
    package let span: Span
    package let learningRate: Double
    /// The greatest number in the step's batch, without its sign.
    package let greatestInput: Double
    /// The checkpoint with the state before the step; nil where none is kept.
    package let checkpoint: String?
  }
}

extension RunFailure.Divergence.Place {
  package var layer: Int? {
    switch self {
    case .output(let layer), .gradient(let layer), .parameters(let layer): layer
    case .loss: nil
    }
  }

  /// The word that `--json` writes.
  package var word: String {
    switch self {
    case .output: "output"
    case .loss: "loss"
    case .gradient: "gradient"
    case .parameters: "parameters"
    }
  }
}

extension Diagnostic {
  package static func diverged(_ divergence: RunFailure.Divergence) -> Diagnostic {
    let subject =
      switch divergence.place {
      case .output, .loss: "the loss is"
      case .gradient: "the gradient is"
      case .parameters: "the weights are"
      }
    let kept = divergence.checkpoint.map { "; '\($0)' holds the state before it" } ?? ""
    return Diagnostic(
      .error, "E0409",
      "training diverged: \(subject) not finite at step \(divergence.step), in epoch "
        + "\(divergence.epoch)", at: divergence.span, labels: label(divergence),
      note: "the step was not applied" + kept, help: help(divergence))
  }

  private static func label(_ divergence: RunFailure.Divergence) -> [Label] {
    guard let span = divergence.layerSpan else { return [] }
    let text =
      switch divergence.place {
      case .gradient: "the first gradient that is not finite is this layer's"
      case .parameters: "this layer's weights would not be finite"
      case .output, .loss: "the first numbers that are not finite come out of this layer"
      }
    return [Label(span, text)]
  }

  private static func help(_ divergence: RunFailure.Divergence) -> String {
    let rate = Format.number(divergence.learningRate)
    if divergence.greatestInput >= 16 {
      let input = Format.fixed(divergence.greatestInput, 0)
      return
        "scale the input down, for it goes up to \(input), or lower the learning rate (\(rate))"
    }
    return "lower the learning rate (\(rate)), or limit the gradient: 'train clip 1'"
  }
}
