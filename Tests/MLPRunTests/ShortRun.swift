import MLPLibrary
import MLPSyntax
import MLPTensor
import MLPTestSupport

@testable import MLPRun

/// A few steps of a spec, by the reference and by the plan.
struct ShortRun {
  let experiment: Experiment
  let solver: any Solver
  let data: PreparedData
  let steps: Int

  struct Unusable: Error {
    let diagnostics: [Diagnostic]
  }

  /// What a run came to, to the bit.
  struct Outcome: Equatable {
    var parameters: [[Tensor<Float>]]
    var train: Score
    var test: Score
  }

  init(
    _ spec: String, with overlays: [String] = [], steps: Int, world: any World = MemoryWorld()
  ) throws {
    let texts = [spec] + overlays
    let session = Session(texts.map { Source(name: "test", text: $0) }, in: world)
    let (checked, diagnostics) = session.check(for: .run)
    guard let experiment = checked?.experiments.first, let source = experiment.data,
      let solver = experiment.solver
    else { throw Unusable(diagnostics: diagnostics) }
    self.experiment = experiment
    self.solver = solver.solver
    self.steps = steps
    data = try source.preparation.prepare(
      source.source.load(world), seed: UInt64(experiment.training.seed))
  }

  /// By the layers' plain mathematics; `product` replaces the first layer's product of inputs and weights.
  func reference(
    product: ((Tensor<Float>, Tensor<Float>) -> Tensor<Float>)? = nil
  ) -> Outcome {
    var model = Model<Float>(
      experiment.net, experiment.initialisation, seed: experiment.training.seed)
    model.clip = experiment.training.clip
    var train = ScoreSum()
    for step in 0..<steps {
      let rows = rows(step)
      let labels = rows.map { data.samples.labels[$0] }
      if let product { disturb(&model, inputs(rows, data.samples), product) }
      train.add(
        model.train(inputs(rows, data.samples), labels: labels, solver, at: moment(step)))
    }
    var test = ScoreSum()
    if let samples = data.test {
      let rows = Array(0..<samples.count)
      test.add(
        BatchScore(
          model.outputs(inputs(rows, samples)), labels: samples.labels, experiment.net.loss))
    }
    return Outcome(parameters: model.parameters, train: train.score, test: test.score)
  }

  /// - Parameter capacity: samples that the plan has room for, if more than a batch.
  func planned(_ team: Team, capacity: Int) -> Outcome {
    let plan = Plan(
      experiment, solver: solver, capacity: max(experiment.training.batch, capacity),
      scaling: data.scaling, density: data.samples.density(in: data.train),
      recurring: data.samples, team: team)
    var train = ScoreSum()
    for step in 0..<steps {
      _ = plan.train(rows(step)[...], of: data.samples, at: moment(step), into: &train)
    }
    var test = ScoreSum()
    if let samples = data.test { plan.evaluate(0..<samples.count, of: samples, into: &test) }
    return Outcome(parameters: plan.parameters, train: train.score, test: test.score)
  }

  /// Adds the difference that another product makes to the first bias, so that it is felt.
  private func disturb(
    _ model: inout Model<Float>, _ x: Tensor<Float>,
    _ product: (Tensor<Float>, Tensor<Float>) -> Tensor<Float>
  ) {
    let plain = Kernel.product(x, model.parameters[0][0], .single)
    let other = product(x, model.parameters[0][0])
    for column in 0..<plain.columns {
      model.parameters[0][1].elements[column] += other.elements[column] - plain.elements[column]
    }
  }

  private func rows(_ step: Int) -> [Int] {
    let batch = experiment.training.batch
    let start = step * batch % data.train.count
    return Array(data.train)[start..<min(start + batch, data.train.count)].map { $0 }
  }

  private func moment(_ step: Int) -> Moment {
    Moment(step: step, stepsPerEpoch: 2, steps: steps)
  }

  private func inputs(_ rows: [Int], _ samples: Samples) -> Tensor<Float> {
    var x = Tensor<Float>([rows.count, samples.shape.count])
    x.elements.withUnsafeMutableBufferPointer {
      data.scaling.fill(rows: rows[...], of: samples, into: $0)
    }
    return x
  }
}
