import Synchronization

extension Team {
  /// Runs `body` for each of 0..<count, each thread taking the next one when it is done with one; returns when all
  /// are done. For few large pieces, which a loop's fixed shares would divide badly.
  ///
  /// - Parameter body: told the piece, and which of 0..<size works on it: never two pieces at once.
  package func queue(_ count: Int, _ body: (_ piece: Int, _ worker: Int) -> Void) {
    let next = Atomic<Int>(0)
    parallel(size) { worker in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { break }
        body(piece, worker)
      }
    }
  }
}
