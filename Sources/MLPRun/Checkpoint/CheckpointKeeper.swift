import MLPLibrary
import MLPTensor

/// Writes one training's checkpoints when they are due, and its model at the end.
///
/// A folder that can't be written to is said once and tried again at the next checkpoint: training goes on.
///
/// Where the rule is `sparing`, a checkpoint is written at the first epoch's end before which the training has gone on
/// for a second, and for 50 times as long as making, writing and syncing the last one took: the cost is less than 2 %
/// of the time. What is asked for by number (`every 500 steps`) is written, whatever it costs.
final class CheckpointKeeper {
  private let world: any World
  private let trouble: WritingTrouble
  private let experiment: Experiment
  private let solver: any Solver
  private let samples: Int
  private let provenance: Provenance
  private let model: ModelFile.Facts
  private let folder: CheckpointFolder
  /// Where the model goes.
  private let modelPath: String
  private let rule: CheckpointRule
  /// The steps of this training's checkpoints, the latest last.
  private var written: [Int] = []
  /// When the last was written, and how long that took.
  private var last: Double
  private var cost = 0.0

  /// The last so many are kept.
  private static let kept = 2
  /// Seconds that lie between two checkpoints at least, where the rule is `sparing`.
  private static let leastPause = 1.0
  /// How many times as long as writing it takes the training between two checkpoints lasts at least.
  private static let costFactor = 50.0

  init(
    _ experiment: Experiment, _ solver: any Solver, _ data: PreparedData, _ provenance: Provenance,
    place: KeepingPlace, _ trouble: WritingTrouble, _ world: any World
  ) {
    self.world = world
    self.trouble = trouble
    self.experiment = experiment
    self.solver = solver
    self.provenance = provenance
    samples = data.train.count
    model = ModelFile.Facts(experiment, data)
    folder = CheckpointFolder(world: world, path: place.checkpoints)
    modelPath = place.model
    rule = experiment.training.checkpoints
    last = world.now()
  }

  /// The latest checkpoint's file; nil where none is there.
  var newest: String? { written.last.map { folder.path(ofStep: $0) } }

  /// Whether the training's end is kept as a checkpoint.
  var keepsEnd: Bool { rule != .never }

  /// Whether a checkpoint is due between two steps of an epoch, after so many steps of the training.
  func isDue(after step: Int) -> Bool {
    if case .everySteps(let count) = rule { step.isMultiple(of: count) } else { false }
  }

  /// Whether a checkpoint is due after so many epochs.
  func isDue(atEndOf epochs: Int) -> Bool {
    switch rule {
    case .never: false
    case .everySteps(let count): (epochs * stepsPerEpoch).isMultiple(of: count)
    case .everyEpochs(let count): epochs.isMultiple(of: count)
    case .sparing: world.now() - last >= max(Self.leastPause, Self.costFactor * cost)
    }
  }

  private var stepsPerEpoch: Int {
    (samples + experiment.training.batch - 1) / experiment.training.batch
  }

  /// Writes a checkpoint of the state after so many steps, unless it is there, and deletes all but the last two.
  ///
  /// - Parameters:
  ///   - state: is asked for once, and its making counted among the costs.
  ///   - goesOn: whether the training goes on behind it.
  func save(at step: Int, goesOn: Bool, _ state: () -> TrainingState) {
    guard written.last != step else { return }
    let start = world.now()
    let file = Checkpoint(state(), provenance).file(experiment.net)
    do throws(Problem) {
      try world.writeAtomically(file.bytes, to: folder.path(ofStep: step))
      written = (written + [step]).suffix(Self.kept)
      folder.prune(keeping: written)
      trouble.end(of: folder.path)
    } catch {
      trouble.note(error, of: folder.path, triesAgain: goesOn && rule != .never)
    }
    last = world.now()
    cost = last - start
  }

  /// Writes the model with which the training ends.
  func finish(
    _ parameters: [[Tensor<Float>]], epoch: Int, hash: String
  ) -> RunReport.Kept {
    let file = ModelFile(
      facts: model, provenance: provenance, epoch: epoch, weightsHash: hash, parameters: parameters)
    do throws(Problem) {
      try world.writeAtomically(file.file(experiment.net).bytes, to: modelPath)
      trouble.end(of: modelPath)
      return RunReport.Kept(model: modelPath, problem: nil)
    } catch {
      trouble.note(error, of: modelPath)
      return RunReport.Kept(model: nil, problem: error)
    }
  }

  // MARK: Going on

  /// What a folder holds to go on from.
  enum Found {
    case nothing
    case state(TrainingState, path: String)
    case changed([Provenance.Change])
    /// Why none of the checkpoints can be read.
    case unreadable(Problem)
  }

  /// The latest checkpoint that can be read, if it is of this spec and these data.
  func find() -> Found {
    var problem: Problem?
    for step in folder.steps {
      let path = folder.path(ofStep: step)
      do throws(Problem) {
        let file = try Safetensors(world.read(path))
        let earlier = try Checkpoint.provenance(file)
        let changes = provenance.changes(since: earlier)
        guard changes.isEmpty else { return .changed(changes) }
        let checkpoint = try read(file)
        if let problem { world.note("\(problem.message); the checkpoint before it is used") }
        if earlier.version != provenance.version {
          world.note(
            "the checkpoint is of mlpc \(earlier.version) and this is \(provenance.version): the "
              + "weights may end otherwise than those of a run that was never stopped")
        }
        written = [step]
        return .state(checkpoint.state, path: path)
      } catch {
        problem = Problem(.data, "'\(path)' can't be used: \(error.message)")
      }
    }
    return problem.map { .unreadable($0) } ?? .nothing
  }

  /// This training's latest checkpoint, read back.
  func newestState() -> TrainingState? {
    guard let newest else { return nil }
    return (try? read(Safetensors(world.read(newest))))?.state
  }

  private func read(_ file: Safetensors) throws(Problem) -> Checkpoint {
    try Checkpoint(
      file, for: experiment, solver, samples: samples)
  }
}
