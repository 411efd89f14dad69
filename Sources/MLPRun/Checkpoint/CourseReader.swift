import MLPLibrary

/// Reads from a checkpoint how far the training had come.
struct CourseReader {
  let file: Safetensors
  let experiment: Experiment
  let solver: any Solver
  /// The training samples of an epoch.
  let samples: Int

  /// - Throws: where a number is missing, or can't be one of this training.
  func course() throws(Problem) -> TrainingCourse {
    let training = experiment.training
    let position = try file.integers("course.position", count: 4)
    let numbers = try file.doubles("course.numbers", count: 4)
    let (epoch, step, count, correct) = (position[0], position[1], position[2], position[3])
    guard (0...training.epochs).contains(epoch), (0...stepsPerEpoch).contains(step),
      epoch < training.epochs || step == 0, count == min(step * training.batch, samples),
      (0...count).contains(correct)
    else { throw Problem(.data, "'course.position' is none of this training") }
    var course = TrainingCourse()
    course.epoch = epoch
    course.step = step
    course.sum = ScoreSum(
      loss: numbers[0], correct: correct, count: count, trace: try trace(count: count))
    course.seconds = TrainingCourse.Seconds(
      train: numbers[1], evaluate: numbers[2], epoch: numbers[3])
    course.records = try records(count: epoch)
    return course
  }

  private var stepsPerEpoch: Int {
    (samples + experiment.training.batch - 1) / experiment.training.batch
  }

  /// The running epoch's losses in pieces, after so many samples.
  private func trace(count: Int) throws(Problem) -> LossTrace {
    let pieces = count / LossTrace.length
    let numbers = try file.doubles("course.trace", count: pieces + 1)
    return LossTrace(
      finished: numbers.dropLast().map { LossPoint(observations: LossTrace.length, loss: $0) },
      sum: numbers[pieces], count: count % LossTrace.length)
  }

  private func records(count: Int) throws(Problem) -> [EpochRecord] {
    let train = try file.doubles("epochs.train", count: 2 * count)
    let seconds = try file.doubles("epochs.seconds", count: count)
    let isValidated = file.entry("epochs.validation")?.numbers.count != 0
    let validation = try file.doubles("epochs.validation", count: isValidated ? 2 * count : 0)
    let pieces = (samples + LossTrace.length - 1) / LossTrace.length
    let losses = try file.doubles("epochs.trace", count: pieces * count)
    func score(_ numbers: [Double], _ epoch: Int) -> Score {
      Score(loss: numbers[2 * epoch], accuracy: numbers[2 * epoch + 1])
    }
    return (0..<count).map { epoch in
      let step = (epoch + 1) * stepsPerEpoch
      return EpochRecord(
        epoch: epoch + 1, epochs: experiment.training.epochs, train: score(train, epoch),
        validation: isValidated ? score(validation, epoch) : nil, seconds: seconds[epoch],
        step: step, rate: rate(ofStep: step - 1),
        trace: trace(losses[pieces * epoch..<pieces * (epoch + 1)]))
    }
  }

  private func rate(ofStep step: Int) -> Double {
    solver.rate(
      at: Moment(
        step: step, stepsPerEpoch: stepsPerEpoch,
        steps: experiment.training.epochs * stepsPerEpoch))
  }

  /// A whole epoch's losses in pieces.
  private func trace(_ losses: ArraySlice<Double>) -> [LossPoint] {
    losses.enumerated().map { index, loss in
      LossPoint(
        observations: min(LossTrace.length, samples - LossTrace.length * index), loss: loss)
    }
  }
}
