/// A fixed set of threads that share out loops.
///
/// Pieces are handed out one chunk at a time, so a thread whose core is busy with something else costs its share
/// and no more. Which thread does which piece is left to chance; what a piece computes must not depend on it.
package final class Team: Sendable {
  /// Threads that work on a loop, the caller's among them.
  package let size: Int
  private let crew: Crew

  /// A team of one: every loop runs on the caller's thread.
  package static let single = Team(size: 1)

  package init(size: Int) {
    precondition(size >= 1)
    self.size = size
    crew = Crew()
    for _ in 1..<size { crew.hire() }
  }

  deinit { crew.dismiss() }

  /// Runs `body` for each of 0..<count, in any order and on any of the threads; returns when all are done.
  ///
  /// Loops of one team don't nest and don't overlap: the caller is one thread.
  package func parallel(_ count: Int, chunk: Int = 1, _ body: (Int) -> Void) {
    guard size > 1, count > chunk, !crew.worksAlone else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let loop = SharedLoop(count: count, chunk: chunk, body: body)
      crew.run(loop)
      loop.body = nil
    }
  }
}
