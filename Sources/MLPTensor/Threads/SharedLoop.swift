import Synchronization

/// A loop to share out: a part of the indices for each thread, which it does first; then it helps the others.
///
/// `@unchecked Sendable`: `body` is called by several threads, but only between `Crew.run`'s start and its
/// return, while the caller waits, and is taken away by the caller when no worker is left in the loop; and by
/// `parallel`'s contract no two indices touch the same memory for writing. Each part's `next` is atomic, the rest
/// constant while workers are in the loop.
final class SharedLoop: @unchecked Sendable {
  private let parts: [Part]
  var body: ((Int) -> Void)?

  /// Indices that are handed out one at a time.
  private final class Part: Sendable {
    let next: Atomic<Int>
    let end: Int

    init(_ range: Range<Int>) {
      next = Atomic(range.lowerBound)
      end = range.upperBound
    }
  }

  /// - Parameter bounds: part p is bounds[p] ..< bounds[p + 1].
  init(bounds: [Int], body: @escaping (Int) -> Void) {
    parts = (1..<bounds.count).map { Part(bounds[$0 - 1]..<bounds[$0]) }
    self.body = body
  }

  /// Takes indices until none is left, beginning with the thread's own part.
  func work(_ thread: Int) {
    guard let body else { return }
    for offset in parts.indices {
      let part = parts[(thread + offset) % parts.count]
      while true {
        let index = part.next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < part.end else { break }
        body(index)
      }
    }
  }
}
