/// A fixed set of threads that share out loops.
///
/// Pieces are handed out one at a time, and who is done helps the others, so a thread whose core is busy with
/// something else costs its share and no more. Which thread does which piece is left to chance; what a piece computes must not depend on it.
package final class Team: Sendable {
  /// Threads that work on a loop, the caller's among them.
  package let size: Int
  private let crew: Crew

  /// A team of one: every loop runs on the caller's thread.
  package static let single = Team(size: 1)

  package init(size: Int) {
    precondition(size >= 1)
    self.size = size
    crew = Crew(size: size)
    for _ in 1..<size { crew.hire() }
  }

  deinit { crew.dismiss() }

  /// Runs `body` for each of 0..<count, in any order and on any of the threads; returns when all are done.
  ///
  /// Each thread begins with its own share of the indices, the same in each loop of that count, so that what it
  /// worked on last time is still in its cache. Loops of one team don't nest and don't overlap: the caller is one
  /// thread.
  package func parallel(_ count: Int, _ body: (Int) -> Void) {
    guard size > 1, count > 1, !crew.worksAlone else {
      for index in 0..<count { body(index) }
      return
    }
    share({ $0 * count / size }, body)
  }

  /// The same, where thread t begins with the indices bounds[t] ..< bounds[t + 1]; the bounds begin with 0.
  package func parallel(bounds: [Int], _ body: (Int) -> Void) {
    guard size > 1, bounds.count > 2, !crew.worksAlone else {
      for index in 0..<(bounds.last ?? 0) { body(index) }
      return
    }
    precondition(bounds.count == size + 1)
    share({ bounds[$0] }, body)
  }

  private func share(_ bound: (Int) -> Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { crew.run(bound: bound, $0) }
  }
}
