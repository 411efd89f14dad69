import MLPTensor

/// Some samples of a batch that one thread takes through several stages.
struct Chunk {
  /// Which of the batch's chunks.
  let index: Int
  /// The batch's rows.
  let rows: Range<Int>
}

/// What the stages of one step need to know.
struct PlanPass {
  let trains: Bool
  /// Steps done before.
  let step: Int
  let seed: Int
  /// Samples in the batch.
  let rows: Int
}

/// One or more layers of a plan with their buffers, all made when the plan is made.
protocol PlanStage: AnyObject {
  /// [batch, out]; after `backward`, or the loss, `dy` has the gradient in it.
  var y: Panels { get }
  var dy: Panels { get }

  /// Whether each sample can go through alone. Where not, `forward` and `backward` get the whole batch.
  var isSampleWise: Bool { get }

  /// Fills y from the stage before.
  func forward(_ chunk: Chunk, _ pass: PlanPass)

  /// From dy: the gradient of the stage before.
  func backward(_ chunk: Chunk, _ pass: PlanPass)

  /// Parts of the parameters that can be updated independently of each other.
  var updateCount: Int { get }

  /// Updates one part, from the batch's x and dy.
  func update(_ part: Int, _ pass: PlanPass)

  /// Sets the step's rules before any update: for weights, and for all other parameters.
  func prepare(weights: UpdateRule, others: UpdateRule)

  /// The parameters of each layer in the stage, in the order of their specs.
  var parameters: [[Panels]] { get }

  /// What the solver keeps, by layer and parameter as above: nothing for a parameter that isn't trained.
  var solverState: [[[Panels]]] { get }
}

extension PlanStage {
  var isSampleWise: Bool { true }
  var updateCount: Int { 0 }
  func update(_ part: Int, _ pass: PlanPass) {}
  func prepare(weights: UpdateRule, others: UpdateRule) {}
}
