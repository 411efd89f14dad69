import Synchronization

/// A loop to share out.
///
/// `@unchecked Sendable`: `body` is called by several threads, but only between `Crew.run`'s start and its
/// return, while the caller waits, and is taken away by the caller when no worker is left in the loop; and by
/// `parallel`'s contract no two indices touch the same memory for writing. `next` is atomic, the rest constant.
final class SharedLoop: @unchecked Sendable {
  let count: Int
  let chunk: Int
  var body: ((Int) -> Void)?
  let next = Atomic<Int>(0)

  init(count: Int, chunk: Int, body: @escaping (Int) -> Void) {
    self.count = count
    self.chunk = chunk
    self.body = body
  }

  /// Takes chunks until none is left.
  func work() {
    guard let body else { return }
    while true {
      let start = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
      guard start < count else { return }
      for index in start..<min(start + chunk, count) { body(index) }
    }
  }
}
