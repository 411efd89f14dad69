import MLPLibrary
import MLPTensor

extension Trainer {
  /// Finds the step that would have made a number that isn't finite, keeps the state before it, and says where the
  /// number came from.
  ///
  /// - Parameter course: before a step that was not applied for its loss, or behind steps of which one was spoilt.
  func diverged(_ plan: Plan, _ course: TrainingCourse) -> RunFailure {
    let before = lastGood(plan, course)
    let moment = moment(before)
    let state = TrainingState(numbers: plan.state, course: before)
    keeper?.save(at: moment.step, goesOn: false) { state }
    let rows = rows(min(before.step, stepsPerEpoch - 1), order(before.epoch))
    var model = Model<Float>(
      experiment.net, experiment.initialisation, seed: experiment.training.seed, team: team)
    model.clip = experiment.training.clip
    model.parameters = state.numbers.parameters
    var inputs = Tensor<Float>([rows.count, data.shape.count])
    inputs.elements.withUnsafeMutableBufferPointer {
      data.scaling.fill(rows: rows, of: data.samples, into: $0)
    }
    let labels = rows.map { data.samples.labels[$0] }
    let place =
      model.firstPlaceNotFinite(inputs, labels: labels, solver, at: moment)
      ?? spoilt(plan, rows, moment)
    let layer = place.layer.map { experiment.net.layers[$0] }
    return .diverged(
      RunFailure.Divergence(
        epoch: moment.epoch + 1, step: moment.step + 1, place: place, layer: layer?.text,
        layerSpan: layer?.span, span: experiment.solver?.span ?? experiment.net.lossSpan,
        learningRate: solver.rate(at: moment),
        greatestInput: Double(inputs.elements.reduce(0) { max($0, abs($1)) }),
        checkpoint: keeper?.newest))
  }

  /// Which layer's parameters the step makes infinite.
  private func spoilt(
    _ plan: Plan, _ rows: ArraySlice<Int>, _ moment: Moment
  ) -> RunFailure.Divergence.Place {
    var sum = ScoreSum()
    _ = plan.train(rows, of: data.samples, at: moment, into: &sum)
    return plan.firstLayerNotFinite.map { .parameters(layer: $0) } ?? .loss
  }

  /// Brings the plan back to before the first step that spoilt it.
  private func lastGood(_ plan: Plan, _ course: TrainingCourse) -> TrainingCourse {
    let keepsStatistics = experiment.net.layers.contains { layer in
      layer.parameters.contains { !$0.isTrained }
    }
    // A step that isn't applied changes running statistics only.
    let isUnchanged = course.step < stepsPerEpoch && !keepsStatistics
    if isUnchanged, plan.firstLayerNotFinite == nil { return course }
    let start =
      keeper?.newestState() ?? origin
      ?? TrainingState(numbers: .initial(experiment, solver), course: TrainingCourse())
    let spoilt = goOn(plan, from: start, to: nil)
    var before = goOn(plan, from: start, to: moment(spoilt).step)
    before.records = Array(course.records.prefix(before.epoch))
    before.best = start.course.best
    return before
  }

  /// Trains again from `start`, to the step with that number, or to the first that spoils the plan.
  private func goOn(_ plan: Plan, from start: TrainingState, to end: Int?) -> TrainingCourse {
    plan.restore(start.numbers)
    var course = start.course
    var order = order(course.epoch)
    while moment(course).step < end ?? .max {
      if course.step == stepsPerEpoch {
        guard course.epoch + 1 < experiment.training.epochs else { break }
        course.epoch += 1
        course.step = 0
        course.sum = ScoreSum()
        order = self.order(course.epoch)
      }
      let before = course
      let isFinite = plan.train(
        rows(course.step, order), of: data.samples, at: moment(course), into: &course.sum)
      if end == nil, !isFinite || plan.firstLayerNotFinite != nil { return before }
      course.step += 1
    }
    return course
  }
}

extension PlanState {
  /// The numbers with which a training begins.
  static func initial(_ experiment: Experiment, _ solver: any Solver) -> PlanState {
    let layers = experiment.net.layers
    return PlanState(
      parameters: layers.indices.map { index in
        experiment.initialisation.parameters(
          of: layers[index], index: index, seed: experiment.training.seed)
      },
      solver: layers.map { layer in
        layer.parameters.map { spec in
          let count = spec.isTrained ? solver.stateCount : 0
          return (0..<count).map { _ in Tensor(spec.sizes) }
        }
      })
  }
}
