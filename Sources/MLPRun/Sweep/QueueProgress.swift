/// How far several trainings are, judged by their multiply-adds.
struct QueueProgress: Sendable {
  private let costs: [Double]
  private var shares: [Double]
  private var done = 0
  private let start: Double

  init(_ jobs: [Job], start: Double) {
    costs = jobs.map { job in
      Double(max(1, job.experiment.multiplyAddsPerSample)) * Double(job.experiment.training.epochs)
    }
    shares = [Double](repeating: 0, count: jobs.count)
    self.start = start
  }

  mutating func note(_ progress: RunEvent.Progress, of index: Int) {
    shares[index] = (Double(progress.epoch - 1) + progress.share) / Double(progress.epochs)
  }

  mutating func end(_ index: Int) {
    shares[index] = 1
    done += 1
  }

  func event(now: Double) -> RunEvent.Queue {
    let whole = costs.reduce(0, +)
    let share = zip(costs, shares).reduce(0) { $0 + $1.0 * $1.1 } / whole
    let left = share > 0 ? (now - start) * (1 - share) / share : nil
    return RunEvent.Queue(done: done, runs: costs.count, share: share, secondsLeft: left)
  }
}
