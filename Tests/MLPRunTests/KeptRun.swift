import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Synchronization

@testable import MLPRun

/// Runs of a spec that keep their files in memory, so that they can be stopped and go on.
struct KeptRun {
  var spec: String
  var world: MemoryWorld

  static let folder = "runs/test"

  init(_ spec: String) {
    self.spec = spec
    world = MemoryWorld()
    world.isWritable = true
  }

  /// - Parameter stop: how often the training may ask before it is told to stop; nil: it never is.
  func run(
    resumes: Bool = false, threads: Int = 1, stop: Int? = nil,
    observe: @escaping (RunEvent) -> Void = { _ in }
  ) throws -> RunReport {
    var world = world
    if let stop {
      let asked = Counter()
      world.isStopRequestedNow = { asked.next() > stop }
    }
    let session = Session([Source(name: "test.mlp", text: spec)], in: world)
    let keeping = Keeping(Self.folder, resumes: resumes, in: world)
    try keeping.take()
    let report = try session.run(threads: threads, keeping: keeping, observe: observe)
    switch report.rows[0].runs[0].outcome {
    case .finished(let run): return run
    case .diverged(let divergence): throw RunFailure.diverged(divergence)
    case .faulty(let diagnostics, let kind): throw RunFailure.faulty(diagnostics, kind)
    }
  }

  /// Runs to a stop.
  func interrupt(
    after stop: Int, resumes: Bool = false, threads: Int = 1
  ) throws -> RunFailure.Interruption? {
    do throws(RunFailure) {
      _ = try mapped { try run(resumes: resumes, threads: threads, stop: stop) }
      return nil
    } catch {
      guard case .interrupted(let interruption) = error else { throw error }
      return interruption
    }
  }

  private func mapped<T>(_ body: () throws -> T) throws(RunFailure) -> T {
    do { return try body() } catch {
      guard let failure = error as? RunFailure else { preconditionFailure("\(error)") }
      throw failure
    }
  }

  /// The names of the checkpoints.
  var checkpoints: [String] { world.names(in: "\(Self.folder)/checkpoints") }

  /// What was said.
  var notes: [String] { world.log.events.notes }
}

/// Counts up, from any thread.
final class Counter: Sendable {
  private let state = Mutex(0)

  func next() -> Int {
    state.withLock { count in
      count += 1
      return count
    }
  }
}

extension RunReport {
  /// All numbers that don't depend on the time.
  var outcome: Outcome {
    Outcome(
      hash: weightsHash, train: train, validation: validation, test: test,
      epochs: epochs.map {
        Outcome.Epoch(number: $0.epoch, train: $0.train, validation: $0.validation)
      },
      keptEpoch: keptEpoch)
  }

  struct Outcome: Equatable {
    struct Epoch: Equatable {
      let number: Int
      let train: Score
      let validation: Score?
    }

    let hash: String
    let train: Score
    let validation: Score?
    let test: Score?
    let epochs: [Epoch]
    let keptEpoch: Int
  }
}
