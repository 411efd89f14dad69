import MLPLibrary
import MLPSyntax
import MLPTensor

/// A training that was done again, beside the model that it has left.
package struct Replay: Sendable {
  package enum Outcome: Sendable {
    /// The model's weights, to the bit.
    case same
    /// Other weights, with this hash.
    case other(String)
    case diverged(RunFailure.Divergence)
  }

  /// The model's file, and the hash of the weights that it says it holds.
  package let model: String
  package let recordedHash: String
  package let outcome: Outcome
  /// What was otherwise when the model was made: `spec`, `data` or `program`, and in which way.
  package let differences: [Difference]

  package struct Difference: Equatable, Sendable {
    package let kind: String
    package let before: String
    package let now: String

    fileprivate var subject: String {
      kind == "data" ? "the data differ" : "the \(kind) differs"
    }
  }

  package var isSame: Bool {
    if case .same = outcome { true } else { false }
  }
}

/// Why a record can't be replayed.
package enum ReplayFailure: Error {
  case run(RunFailure)
  /// The model is missing or faulty.
  case model(Problem)
}

extension Session {
  /// Does the trainings of a record's spec again, one after the other, and holds each against its model.
  ///
  /// - Parameters:
  ///   - folder: the record's.
  ///   - suffix: what tells the spec's file apart from the record's others: nothing, `-2`, `-2.3`.
  package func replay(
    in folder: String, suffix: String, threads: Int, observe: @escaping (RunEvent) -> Void
  ) throws(ReplayFailure) -> [Replay] {
    let (checked, diagnostics) = check(for: .run)
    guard let checked else { throw .run(.faulty(diagnostics, .spec)) }
    let sweep = Sweep(checked)
    let team = Team(size: threads)
    let data = SharedData()
    var replays: [Replay] = []
    for (repetition, experiment) in sweep.rows.joined().enumerated() {
      let row = suffix.isEmpty ? "-1" : suffix
      let place = KeepingPlace(
        folder, suffix: sweep.isSingle ? suffix : "\(row).\(repetition + 1)")
      let head: ModelFile.Head
      do throws(Problem) {
        head = try ModelFile.Head(Safetensors(world.read(place.model)))
      } catch { throw .model(Problem(error.kind, "'\(place.model)': \(error.message)")) }
      do throws(RunFailure) {
        let (trainer, seconds) = try trainer(
          for: experiment, team: team, data: data, observe: observe)
        replays.append(try replay(trainer, seconds, place.model, head))
      } catch { throw .run(error) }
    }
    return replays
  }

  private func replay(
    _ trainer: Trainer, _ loadSeconds: Double, _ model: String, _ head: ModelFile.Head
  ) throws(RunFailure) -> Replay {
    let now = Provenance(trainer.experiment, trainer.data, file: sources.first?.name ?? "")
    var differences = now.changes(since: head.provenance, besidePaths: true).map {
      Replay.Difference(kind: $0.kind.rawValue, before: $0.before, now: $0.now)
    }
    if now.version != head.provenance.version {
      differences.append(
        Replay.Difference(
          kind: "program", before: "mlpc \(Format.plain(head.provenance.version))",
          now: "mlpc \(now.version)"))
    }
    let outcome: Replay.Outcome
    do throws(RunFailure) {
      let hash = try trainer.run(loadSeconds: loadSeconds).weightsHash
      outcome = hash == head.weightsHash ? .same : .other(hash)
    } catch {
      guard case .diverged(let divergence) = error else { throw error }
      outcome = .diverged(divergence)
    }
    return Replay(
      model: model, recordedHash: head.weightsHash, outcome: outcome, differences: differences)
  }
}

// MARK: - Showing

extension Replay {
  /// A line on the weights, and one for each difference.
  package var text: String {
    var lines = ["\(model): \(verdict)"]
    for difference in differences {
      lines.append(
        "  \(difference.subject): it was '\(difference.before)', and is '\(difference.now)'"
      )
    }
    if differences.isEmpty, !isSame {
      lines.append(
        "  spec, data and program are those of the record: the machine or mlpc is at fault")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private var verdict: String {
    switch outcome {
    case .same: "the same weights, \(recordedHash)"
    case .other(let hash): "other weights, \(hash) instead of \(recordedHash)"
    case .diverged(let divergence):
      "diverged at step \(Format.grouped(divergence.step)) instead of ending with \(recordedHash)"
    }
  }

  package var json: JSON {
    var reached = JSON.null
    if case .other(let hash) = outcome { reached = .text(hash) }
    if case .same = outcome { reached = .text(recordedHash) }
    return .object([
      ("event", .text("replay")), ("model", .text(model)), ("same", .flag(isSame)),
      ("recorded_hash", .text(recordedHash)), ("weights_hash", reached),
      (
        "differences",
        .list(
          differences.map {
            .object([
              ("kind", .text($0.kind)), ("before", .text($0.before)), ("now", .text($0.now)),
            ])
          })
      ),
    ])
  }
}
