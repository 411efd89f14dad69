import MLPLibrary
import MLPTensor

/// A network made ready to train fast: the same bits as `Model`, in a fraction of the time.
///
/// All buffers are made once. Neighbouring layers are fused, zeros of the input are left out where that is
/// faster, and the threads divide a batch's samples on the way forwards and back, and the parameters' rows in the
/// update. No sum is ever divided.
package final class Plan {
  let net: CheckedNet
  private let solver: any Solver
  private let seed: Int
  private let team: Team
  /// Samples in the largest batch.
  let capacity: Int
  private let cut: PlanChunks
  /// Those of the last batch, kept for the next one of its size.
  private var chunks: [Chunk] = []
  /// Whether the step's weight gradient goes along features: a single sample's may go along its entries.
  private var findsByFeature = true
  private let input: PlanInput
  let stages: [any PlanStage]
  /// Runs of stages that are sample-wise, and single stages that are not.
  private let segments: [[Int]]
  private let loss: LossRule?
  private let updates: PlanUpdates
  /// Where the gradient's norm is limited.
  private let clip: PlanClip?

  private let order: UnsafeMutableBufferPointer<Int>
  private let labels: UnsafeMutableBufferPointer<Int32>
  private let losses: UnsafeMutableBufferPointer<Double>
  private let hits: UnsafeMutableBufferPointer<UInt8>

  /// Multiply-adds of a step below which handing out work costs more than it gains.
  private static let leastToShare = 400_000.0

  /// - Parameters:
  ///   - capacity: samples in the largest batch.
  ///   - density: the share of the input's numbers that are not 0.
  ///   - recurring: samples that are trained on more than once, where there are some: what is found out about
  ///     them is kept.
  package init(
    _ experiment: Experiment, solver: any Solver, capacity: Int, scaling: Scaling, density: Double,
    recurring: Samples? = nil, team: Team
  ) {
    net = experiment.net
    self.solver = solver
    self.capacity = capacity
    seed = experiment.training.seed
    self.team = experiment.multiplyAdds(density: density) < Self.leastToShare ? .single : team
    let weights = net.layers.flatMap { $0.parameters.map { $0.count } }
    let cut = PlanChunks(
      capacity: capacity, threads: self.team.size, largestWeight: weights.max() ?? 0)
    self.cut = cut
    var builder = PlanBuilder(
      experiment, stateCount: solver.stateCount, capacity: capacity, cut: cut,
      scaling: scaling, density: density, recurring: recurring, team: self.team)
    builder.build()
    input = builder.input
    stages = builder.stages
    segments = builder.segments
    loss = net.loss.rule(outputs: net.output.count)
    updates = PlanUpdates(stages, threads: self.team.size)
    clip = experiment.training.clip.map { [net, stages] in PlanClip($0, net, stages) }
    order = .allocate(capacity: capacity)
    labels = .allocate(capacity: capacity)
    losses = .allocate(capacity: capacity)
    hits = .allocate(capacity: capacity)
  }

  deinit {
    order.deallocate()
    labels.deallocate()
    losses.deallocate()
    hits.deallocate()
  }

  /// One step on the samples with these indices: forward, backward, update.
  ///
  /// - Returns: whether every loss, and the gradient where its norm is limited, was finite; where not, nothing is
  ///   updated but the running statistics.
  package func train(
    _ rows: ArraySlice<Int>, of samples: Samples, at moment: Moment, into sum: inout ScoreSum
  ) -> Bool {
    take(rows, samples)
    let pass = PlanPass(trains: true, step: moment.step, seed: seed, rows: rows.count)
    prepareUpdate(at: moment)
    forward(pass, samples)
    guard losses[..<rows.count].allSatisfy({ $0.isFinite }) else { return false }
    backward(pass)
    if let clip {
      let rules = rules(at: moment)
      let isFinite = clip.step(weights: rules.weights, others: rules.others) { update(pass) }
      guard isFinite else { return false }
    } else {
      update(pass)
    }
    sum.add(losses[..<rows.count], hits[..<rows.count])
    return true
  }

  private func update(_ pass: PlanPass) {
    team.parallel(bounds: updates.bounds) { index in
      let update = updates.parts[index]
      stages[update.stage].update(update.part, pass)
    }
  }

  /// Adds up the scores of a range of samples, in evaluation.
  ///
  /// - Parameter outputs: told the network's outputs for each batch, in order.
  package func evaluate(
    _ range: Range<Int>, of samples: Samples, into sum: inout ScoreSum,
    outputs: ((Panels) -> Void)? = nil
  ) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: capacity) {
      let rows = Array(start..<min(start + capacity, range.upperBound))
      take(rows[...], samples)
      forward(PlanPass(trains: false, step: 0, seed: seed, rows: rows.count), samples)
      sum.add(losses[..<rows.count], hits[..<rows.count])
      if let last = stages.last { outputs?(last.y.prefix(rows.count)) }
    }
  }

  /// By layer, in the order of the layer's specs.
  package var parameters: [[Tensor<Float>]] {
    let panels = stages.flatMap { $0.parameters }
    return zip(net.layers, panels).map { placed, panels in
      zip(placed.parameters, panels).map { Tensor($0.sizes, elements: $1.rowMajor) }
    }
  }

  // MARK: Steps

  private func take(_ rows: ArraySlice<Int>, _ samples: Samples) {
    precondition(rows.count <= capacity)
    for (position, row) in rows.enumerated() {
      order[position] = row
      labels[position] = samples.labels[row]
    }
    if chunks.last?.rows.upperBound != rows.count { chunks = cut.chunks(rows.count) }
  }

  private func prepareUpdate(at moment: Moment) {
    let (weights, others) =
      clip == nil ? rules(at: moment) : (weights: UpdateRule.sum, others: UpdateRule.sum)
    findsByFeature = chunks.last?.rows.upperBound != 1 || weights.plainRate == nil
    for stage in stages { stage.prepare(weights: weights, others: others) }
  }

  /// The step's rules for weights and for all other parameters.
  private func rules(at moment: Moment) -> (weights: UpdateRule, others: UpdateRule) {
    let rate = solver.rate(at: moment)
    let weights = solver.rule(rate: rate, step: moment.step + 1, decay: solver.decay)
    let others = solver.rule(
      rate: rate, step: moment.step + 1, decay: solver.decaysBiases ? solver.decay : 0)
    return (weights, others)
  }

  /// Forward through all segments; the last also measures and, in training, turns around.
  private func forward(_ pass: PlanPass, _ samples: Samples) {
    if !input.recall(UnsafeBufferPointer(rebasing: order[..<pass.rows]), of: samples) {
      team.parallel(chunks.count) { load(chunks[$0], samples) }
    }
    if let first = stages.first as? DenseStage, let sparse = input.sparse {
      multiply(sparse, by: first, pass)
    }
    for (index, segment) in segments.enumerated() {
      run(segment, pass) { chunk in
        for stage in segment { stages[stage].forward(chunk, pass) }
        guard index == segments.count - 1 else { return }
        measure(chunk, pass)
        if pass.trains { for stage in segment.reversed() { stages[stage].backward(chunk, pass) } }
      }
    }
  }

  /// The first stage's sparse product, group by group of its columns, and beside it what its update will need.
  private func multiply(_ sparse: SparseRows, by first: DenseStage, _ pass: PlanPass) {
    let products = first.sparseGroups * chunks.count
    let indexes = pass.trains && findsByFeature ? min(sparse.blocks, team.size) : 0
    team.parallel(products + indexes) { [chunks] index in
      // Indexes lie evenly between the products, so that each thread's share has some of both.
      let before = index * indexes / (products + indexes)
      if (index + 1) * indexes / (products + indexes) > before {
        let blocks = sparse.blocks
        sparse.indexByFeature(
          before * blocks / indexes..<(before + 1) * blocks / indexes, rows: pass.rows)
      } else {
        let product = index - before
        first.multiply(chunks[product % chunks.count], group: product / chunks.count)
      }
    }
  }

  private func backward(_ pass: PlanPass) {
    for segment in segments.dropLast().reversed() {
      run(segment, pass) { chunk in
        for stage in segment.reversed() { stages[stage].backward(chunk, pass) }
      }
    }
  }

  /// Chunk by chunk where the segment is sample-wise, else the whole batch at once.
  private func run(_ segment: [Int], _ pass: PlanPass, _ body: (Chunk) -> Void) {
    if segment.allSatisfy({ stages[$0].isSampleWise }) {
      team.parallel(chunks.count) { body(chunks[$0]) }
    } else {
      body(Chunk(index: 0, rows: 0..<pass.rows))
    }
  }

  private func load(_ chunk: Chunk, _ samples: Samples) {
    guard let order = order.baseAddress else { return }
    input.load(chunk, order, of: samples)
  }

  private func measure(_ chunk: Chunk, _ pass: PlanPass) {
    guard let last = stages.last, let labels = labels.baseAddress, let losses = losses.baseAddress,
      let hits = hits.baseAddress
    else { return }
    let start = chunk.rows.lowerBound
    let scale: Float = solver.averagesGradient ? 1 / Float(pass.rows) : 1
    let o = last.dy.rows(chunk.rows)
    Kernel.copy(last.y.rows(chunk.rows), to: o)
    guard let loss else { return measureByReference(o, start, scale: pass.trains ? scale : nil) }
    Kernel.loss(
      o, labels + start, loss, scale: pass.trains ? scale : nil, losses: losses + start,
      hits: hits + start)
  }

  /// Calls the loss's own mathematics.
  private func measureByReference(_ outputs: Panels, _ start: Int, scale: Float?) {
    let o = Tensor([outputs.rows, outputs.columns], elements: outputs.rowMajor)
    let labels = Array(labels[start..<start + outputs.rows])
    for (n, loss) in net.loss.losses(o, labels: labels).enumerated() {
      losses[start + n] = loss
      let row = o.elements[n * o.columns..<(n + 1) * o.columns]
      hits[start + n] = net.loss.prediction(row) == labels[n] ? 1 : 0
    }
    guard let scale else { return }
    outputs.fill(from: net.loss.gradient(o, labels: labels, scale: scale).elements)
  }
}
