import MLPLibrary
import MLPSyntax

// The warnings, in the order of the codes.

extension Diagnostic {
  static func squashedTwice(_ layer: PlacedLayer, _ loss: String, at lossSpan: Span) -> Diagnostic {
    let isBefore = layer.span.isBefore(lossSpan)
    return Diagnostic(
      .warning, "W0501",
      "'\(loss)' applies \(layer.word) itself, so '\(layer.word)' before it applies it twice",
      at: layer.span, labels: [Label(lossSpan, "applies it again")],
      help: "leave '\(layer.word)' out",
      edit: isBefore
        ? Edit(Span(layer.span.lower, lossSpan.lower, source: lossSpan.source), "") : nil)
  }

  static func faintSigmoids(_ deviation: Double, usual: Double, at span: Span, rate: Span?)
    -> Diagnostic
  {
    Diagnostic(
      .warning, "W0502",
      "sigmoids behind weights of standard deviation \(Format.number(deviation)) hardly tell inputs"
        + " apart, and the training is too short to change that",
      at: span, labels: rate.map { [Label($0, "moves them too little")] } ?? [],
      note: "'glorot' would give the first layer \(Format.fixed(usual, 3))",
      help: "write 'init glorot', or raise the learning rate")
  }

  static func rawPixels(_ data: CheckedData, rate: Double, at span: Span) -> Diagnostic {
    Diagnostic(
      .warning, "W0503",
      "a learning rate of \(Format.number(rate)) is large for raw pixels from 0 to 255", at: span,
      labels: [Label(data.place(of: "scale"), "not scaled")],
      help: "write 'scale unit' to divide by 255, or take a much smaller rate")
  }

  static func spareOutputs(_ outputs: Int, classes: Int, data: CheckedData, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      .warning, "W0504",
      "the network tells \(outputs) classes apart, but '\(data.word)' has only \(classes)",
      at: span,
      labels: [Label(data.reading.span, "\(classes) classes")],
      help: "let the last fc have \(classes) outputs")
  }

  static func rectifiedOutputs(_ layer: PlacedLayer, _ loss: String, at lossSpan: Span)
    -> Diagnostic
  {
    let isBefore = layer.span.isBefore(lossSpan)
    return Diagnostic(
      .warning, "W0505",
      "'relu' right before '\(loss)' makes outputs below 0 to 0, and they learn nothing there",
      at: layer.span, labels: [Label(lossSpan, "takes outputs of both signs")],
      help: "leave the last 'relu' out",
      edit: isBefore
        ? Edit(Span(layer.span.lower, lossSpan.lower, source: lossSpan.source), "") : nil)
  }

  static func droppedOutputs(_ dropout: PlacedLayer, behind last: PlacedLayer) -> Diagnostic {
    Diagnostic(
      .warning, "W0506", "'dropout' behind the last layer that learns drops the outputs themselves",
      at: dropout.span, labels: [Label(last.span, "the last layer that learns")],
      help: "move it before '\(last.text.brief)', or leave it out")
  }

  static func batchAboveData(_ batch: Int, samples: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .warning, "W0507",
      "a batch of \(Format.grouped(batch)) is more than the \(Format.grouped(samples)) samples that "
        + "there are to train on", at: span,
      note: "each epoch is one step", help: "write at most 'batch \(samples)'",
      edit: Edit(span, String(samples)))
  }

  static func zeroWeights(_ layer: PlacedLayer, at span: Span) -> Diagnostic {
    Diagnostic(
      .warning, "W0508", "the hidden layers' weights begin at 0, so all their units stay alike",
      at: span, help: "write 'init glorot' or 'init he'; zeros suit a network of one layer")
  }

  static func idle(_ words: String, _ reason: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .warning, "W0509", "'\(words)' has no effect: \(reason)", at: span, help: "leave it out")
  }

  static func equalBranches(_ text: String, at span: Span, first: Span?) -> Diagnostic {
    Diagnostic(
      .warning, "W0510", "the alternatives say '\(text.brief)' twice, so the same is done twice",
      at: span, labels: first.map { [Label($0, "the first")] } ?? [],
      help: "leave one of them out; 'train repeat' and other seeds do something again")
  }

  static func contradiction(_ later: Expectation, _ earlier: Expectation) -> Diagnostic {
    Diagnostic(
      .warning, "W0511", "no run can meet both of these expectations", at: later.span,
      labels: [Label(earlier.span, "and this one")],
      help: "change one of them, or tie each to its own combination by 'when'")
  }
}
