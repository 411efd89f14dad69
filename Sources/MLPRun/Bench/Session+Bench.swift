import MLPLibrary
import MLPSyntax
import MLPTensor

extension Session {
  /// Checks the spec, then times the training of each of its experiments; tells each one's report when
  /// it is there.
  package func bench(
    _ settings: BenchSettings, report: (BenchReport) -> Void
  ) throws(RunFailure) {
    let (checked, diagnostics) = check(for: .run)
    guard let checked else { throw .faulty(diagnostics, .spec) }
    for experiment in checked.experiments { report(try bench(experiment, settings)) }
  }

  private func bench(
    _ experiment: Experiment, _ settings: BenchSettings
  ) throws(RunFailure) -> BenchReport {
    settings.forgetPeakMemory()
    defer { world.progress(nil) }
    world.progress("\(name): loading")
    let (trainer, loadSeconds) = try self.trainer(
      for: experiment, threads: settings.threads, observe: { _ in })
    // On both sides of the training: a neighbour busy at one moment must not pass for a slow machine.
    let before = Calibration.peak(trainer.team, now: { world.now() })
    let timing = try trainer.time(settings) { world.progress("\(name): epoch \($0)") }
    let peak = max(before, Calibration.peak(trainer.team, now: { world.now() }))
    return BenchReport(
      spec: name, choices: experiment.choices.map { $0.text }, data: trainer.data.name,
      dataNamed: experiment.data?.word ?? trainer.data.name, threads: settings.threads,
      batch: experiment.training.batch, samples: trainer.data.train.count,
      multiplyAddsPerSample: experiment.multiplyAddsPerSample,
      epochSeconds: timing.epochSeconds, loadSeconds: loadSeconds, peak: peak,
      peakMemory: settings.peakMemory(), testAccuracy: timing.testAccuracy,
      weightsHash: timing.weightsHash)
  }

  private var name: String { sources.first?.name ?? "" }
}

extension Trainer {
  struct Timing {
    var epochSeconds: [Double] = []
    /// After the first epoch.
    var testAccuracy: Double?
    var weightsHash = ""
  }

  /// Trains epoch by epoch as the spec says, from the start again after its last, and times each epoch.
  ///
  /// - Parameter begin: told each epoch's number, from 1, before its time begins.
  func time(_ settings: BenchSettings, begin: (Int) -> Void) throws(RunFailure) -> Timing {
    var timing = Timing()
    while !settings.isEnough(timing.epochSeconds) {
      let plan = plan()
      for epoch in 0..<experiment.training.epochs {
        begin(timing.epochSeconds.count + 1)
        let start = now()
        var course = TrainingCourse()
        course.epoch = epoch
        try train(plan, &course)
        timing.epochSeconds.append(now() - start)
        if timing.epochSeconds.count == 1 {
          timing.testAccuracy = testScore(plan)?.accuracy
          timing.weightsHash = plan.weightsHash
        }
        if settings.isEnough(timing.epochSeconds) { break }
      }
    }
    return timing
  }
}
