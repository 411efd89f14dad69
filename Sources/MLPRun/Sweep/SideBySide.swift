/// How many trainings go on at once, and on how many threads each.
///
/// One thread that trains alone loses nothing to meetings with others, so there are as many at once as there are
/// threads, or trainings if these are fewer; the threads are dealt out evenly. Two exceptions: networks of more than
/// 4 000 000 parameters are trained one after the other on all threads, for each fills the caches by itself; and
/// what is trained at once takes no more than half of the machine's memory. None of it changes a bit.
struct SideBySide: Sendable, Equatable {
  /// At least 1.
  let count: Int
  private let threads: Int

  static let mostParameters = 4_000_000

  /// - Parameter memory: the machine's, in bytes.
  init(_ experiments: some Collection<Experiment>, threads: Int, memory: Int) {
    self.threads = threads
    let isLarge = experiments.contains { Self.isLarge($0) }
    let needed = experiments.lazy.map { $0.trainingMemory }.max() ?? 0
    let fitting = memory / 2 / max(1, needed)
    count = isLarge ? 1 : max(1, min(threads, experiments.count, fitting))
  }

  static func isLarge(_ experiment: Experiment) -> Bool {
    experiment.net.parameterCount > mostParameters
  }

  /// The threads of one of 0..<count.
  func threads(of place: Int) -> Int {
    threads / count + (place < threads % count ? 1 : 0)
  }
}
