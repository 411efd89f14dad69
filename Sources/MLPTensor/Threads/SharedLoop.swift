import Synchronization

/// A loop to share out: a part of the indices for each thread, which it does first; then it helps the others.
///
/// `@unchecked Sendable`: the caller writes `body` and `ends` in `begin` and `end` alone, when no other thread is at
/// the loop (see `Crew`); by `parallel`'s contract no two indices touch the same memory for writing.
final class SharedLoop: @unchecked Sendable {
  private let threads: Int
  /// Each part's next index; they are handed out one at a time.
  private let next: [LoneAtomic]
  private let ends: UnsafeMutablePointer<Int>
  private var body: ((Int) -> Void)?

  init(threads: Int) {
    self.threads = threads
    next = (0..<threads).map { _ in LoneAtomic(0) }
    ends = .allocate(capacity: threads)
    ends.initialize(repeating: 0, count: threads)
  }

  deinit { ends.deallocate() }

  /// - Parameter bound: thread t begins with the indices bound(t) ..< bound(t + 1).
  func begin(bound: (Int) -> Int, _ body: @escaping (Int) -> Void) {
    for thread in 0..<threads {
      next[thread].store(bound(thread))
      ends[thread] = bound(thread + 1)
    }
    self.body = body
  }

  /// Lets go of the loop's body.
  func end() { body = nil }

  /// Takes indices until none is left, beginning with the thread's own part.
  func work(_ thread: Int) {
    guard let body else { return }
    for offset in 0..<threads {
      let part = thread + offset < threads ? thread + offset : thread + offset - threads
      let end = ends[part]
      while true {
        let index = next[part].add(1) - 1
        guard index < end else { break }
        body(index)
      }
    }
  }
}

/// An atomic number alone on its cache lines: who looks at one is not slowed down by who writes another. All
/// threads agree on the order of everything that happens to all of them.
final class LoneAtomic: Sendable {
  // Two lines before and behind the number: processors fetch neighbouring lines together.
  private let before = Padding()
  private let value: Atomic<Int>
  private let behind = Padding()

  private struct Padding {
    let words = (SIMD16<Int>(), SIMD16<Int>())
  }

  init(_ value: Int) { self.value = Atomic(value) }

  @inline(__always)
  func load() -> Int { value.load(ordering: .sequentiallyConsistent) }

  @inline(__always)
  func store(_ new: Int) { value.store(new, ordering: .sequentiallyConsistent) }

  /// Returns the sum.
  @inline(__always) @discardableResult
  func add(_ summand: Int) -> Int {
    value.wrappingAdd(summand, ordering: .sequentiallyConsistent).newValue
  }
}
