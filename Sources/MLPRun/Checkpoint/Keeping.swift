import MLPLibrary
import MLPSyntax
import MLPTensor

/// The folder in which a run keeps what it needs to go on.
package final class Keeping: Sendable {
  package let folder: String
  /// Whether the run goes on from the checkpoints that are there.
  package let resumes: Bool
  /// What is said where the folder can't be written to.
  package let trouble: WritingTrouble
  private let world: any World
  private let hold = Guarded(Hold())

  private struct Hold {
    var isTaken = false
    /// nil also where a folder that is taken can't be written to.
    var lock: (any FolderLock)?
  }

  /// - Parameter trouble: others may share it.
  package init(
    _ folder: String, resumes: Bool, in world: any World, trouble: WritingTrouble? = nil
  ) {
    self.folder = folder
    self.resumes = resumes
    self.world = world
    self.trouble = trouble ?? WritingTrouble(world)
  }

  /// Holds the folder against other processes until it is released, and deletes what a process that was killed has
  /// left half written there. Does nothing where it is held already.
  ///
  /// - Throws: `.io` where another process uses the folder, or where it leads out of itself.
  package func take() throws(Problem) {
    try hold.withLock { (hold) throws(Problem) in
      guard !hold.isTaken else { return }
      try refuseLinks()
      hold.lock = try world.lock(KeepingPlace.lock(of: folder))
      hold.isTaken = true
      CheckpointFolder.removeLeftovers(in: folder, world)
    }
  }

  /// Lets others use the folder.
  package func release() { hold.withLock { $0 = Hold() } }

  /// Checkpoints are written and deleted: through a link that would be somewhere else.
  private func refuseLinks() throws(Problem) {
    let checkpoints = KeepingPlace(folder).checkpoints
    let paths = [checkpoints] + world.names(in: checkpoints).map { "\(checkpoints)/\($0)" }
    for path in paths where world.isLink(path) {
      throw Problem(
        .io, "'\(path)' is a link, and checkpoints are written in the run's own folder",
        help: "move it away, or name another folder with '--out'")
    }
  }
}

extension Session {
  /// The trainer, keeping what it needs to go on, and where it begins; nil is the beginning.
  ///
  /// - Parameters:
  ///   - suffix: what tells the training's files apart from those of others.
  ///   - observe: told where the training goes on.
  /// - Throws: `.faulty` where the checkpoints are of another spec or other data, or can't be read.
  func keeping(
    _ trainer: Trainer, _ keeping: Keeping?, suffix: String, observe: (RunEvent) -> Void
  ) throws(RunFailure) -> (trainer: Trainer, start: TrainingState?) {
    var trainer = trainer
    trainer.isStopRequested = { [world] in world.isStopRequested }
    guard let keeping else { return (trainer, nil) }
    let experiment = trainer.experiment
    let provenance = Provenance(experiment, trainer.data, file: sources.first?.name ?? "")
    let place = KeepingPlace(keeping.folder, suffix: suffix)
    CheckpointFolder.removeLeftovers(in: place.checkpoints, world)
    let keeper = CheckpointKeeper(
      experiment, trainer.solver, trainer.data, provenance, place: place, keeping.trouble, world)
    trainer.keeper = keeper
    guard keeping.resumes else { return (trainer, nil) }
    switch keeper.find() {
    case .nothing:
      if suffix.isEmpty {
        world.note("there is no checkpoint in '\(place.checkpoints)': the training begins anew")
      }
      return (trainer, nil)
    case .changed(let changes):
      throw .faulty(changes.map { .changed($0, in: experiment) }, .spec)
    case .unreadable(let problem):
      throw .faulty([.unreadable(problem, at: experiment.net.lossSpan)], .data)
    case .state(let state, let path):
      observe(
        .resumed(
          RunEvent.Resumed(
            epochs: state.course.epoch, steps: trainer.moment(state.course).step, checkpoint: path,
            isDone: state.course.epoch == experiment.training.epochs,
            validates: !trainer.data.validation.isEmpty)))
      return (trainer, state)
    }
  }
}

// What can be said of a folder that a run is to go on from, in the order of the codes.
extension Diagnostic {
  static func changed(_ change: Provenance.Change, in experiment: Experiment) -> Diagnostic {
    func text(_ text: String) -> String { text.isEmpty ? "nothing" : "'\(text)'" }
    let subject =
      change.kind == .spec
      ? "'\(change.keyword)' has changed since the checkpoint"
      : "the data have changed since the checkpoint"
    return Diagnostic(
      .error, change.kind == .spec ? "E0501" : "E0502", subject,
      at: experiment.place(of: change.keyword),
      note: "it was \(text(change.before)), and is \(text(change.now))",
      help: "take the change back to go on, or run without '--resume' to begin anew")
  }

  static func unreadable(_ problem: Problem, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0503", problem.message, at: span,
      help: "run without '--resume' to begin anew")
  }
}
