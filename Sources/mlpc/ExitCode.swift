import MLPLibrary
import MLPRun

/// How the program ends, after sysexits.
enum ExitCode: Int32 {
  case done = 0
  /// An `expect` was missed.
  case missed = 1
  case usage = 64
  /// A faulty spec, or faulty data.
  case faulty = 65
  /// An input is missing.
  case missing = 66
  /// A defect of ours.
  case defect = 70
  case io = 74
  /// Stopped before its end, and able to go on.
  case interrupted = 75
  /// Training diverged.
  case diverged = 76

  init(_ kind: Problem.Kind) {
    switch kind {
    case .spec, .data: self = .faulty
    case .missing: self = .missing
    case .io: self = .io
    case .stopped: self = .interrupted
    }
  }

  /// Of several combinations.
  init(_ report: SweepReport) {
    switch report.ending {
    case .done: self = .done
    case .missed: self = .missed
    case .diverged: self = .diverged
    case .faulty(let kind): self = ExitCode(kind)
    }
  }

  /// Of one of several specs.
  init(_ result: SpecResult) {
    switch result.outcome {
    case .ran(let report): self = ExitCode(report)
    case .faulty(_, let kind): self = ExitCode(kind)
    case .unreadable(let problem): self = ExitCode(problem.kind)
    }
  }

  init(_ failure: RunFailure) {
    switch failure {
    case .faulty(_, let kind): self = ExitCode(kind)
    case .diverged: self = .diverged
    case .interrupted: self = .interrupted
    }
  }
}
