import MLPLibrary
import MLPSyntax

/// Why a run didn't come to its end.
package enum RunFailure: Error, Sendable {
  /// The spec can't be run, or its data can't be had.
  case faulty([Diagnostic], Problem.Kind)
  /// A loss or a parameter was no longer finite; nothing was updated by it.
  case diverged(Divergence)
  /// The user stopped it.
  case interrupted(Interruption)

  package struct Interruption: Sendable {
    /// Epochs and steps that were done, in the whole training.
    package let epochs: Int
    package let steps: Int
    /// The checkpoint from which the run can go on; nil where none could be written.
    package let checkpoint: String?
    /// How many trainings there are, and how many of them had ended.
    package internal(set) var runs = 1
    package internal(set) var done = 0
    /// Whether there was anything to keep.
    package var hasBegun: Bool { epochs > 0 || steps > 0 }

    static let whileLoading = Interruption(epochs: 0, steps: 0, checkpoint: nil)
  }
}

/// What can be said when the data are there, in the order of the codes.
extension Diagnostic {
  static func loading(_ problem: Problem, at span: Span) -> Diagnostic {
    let code =
      switch problem.kind {
      case .missing: "E0401"
      case .data: "E0402"
      case .io, .stopped: "E0403"
      case .spec: "E0404"
      }
    return Diagnostic(.error, code, problem.message, at: span, help: problem.help)
  }

  static func sampleSize(_ size: Int, inputs: Int, at span: Span, dataSpan: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0405", "the network takes \(inputs) inputs, but a sample has \(size) numbers",
      at: span,
      labels: [Label(dataSpan, "gives \(size)")], help: "let the first fc take \(size) inputs")
  }

  static func classesFound(_ found: Int, outputs: Int, at span: Span, dataSpan: Span) -> Diagnostic
  {
    Diagnostic(
      .error, "E0406", "the network tells \(outputs) classes apart, but the data have \(found)",
      at: span,
      labels: [Label(dataSpan, "labels up to \(found - 1)")],
      help: "let the last fc have \(found) outputs, or mend the labels")
  }

  static func tooLittleMemory(needed: Int, available: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0407",
      "training needs about \(Format.bytes(needed)) of memory, and the machine has "
        + Format.bytes(available), at: span)
  }

  static func noSet(_ set: String, data: String, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0408", "'\(data)' has no \(set) set to measure", at: span)
  }
}
