import Testing

@testable import MLPTensor

/// Pieces taken one by one, and values changed by one thread at a time.
@Suite struct QueueTests {
  @Test(arguments: [1, 2, 3, 5], [0, 1, 2, 40])
  func eachPieceIsDoneOnce(threads: Int, count: Int) {
    let done = Guarded([Int](repeating: 0, count: count))
    Team(size: threads).queue(count) { piece, worker in
      #expect((0..<threads).contains(worker))
      done.withLock { $0[piece] += 1 }
    }
    #expect(done.value.allSatisfy { $0 == 1 })
  }

  /// A worker has a place of its own: whoever works there is alone.
  @Test func aWorkerDoesOnePieceAtATime() {
    let busy = Guarded([Bool](repeating: false, count: 3))
    Team(size: 3).queue(200) { _, worker in
      #expect(
        busy.withLock { busy in
          defer { busy[worker] = true }
          return !busy[worker]
        })
      busy.withLock { $0[worker] = false }
    }
  }

  @Test func anErrorLeavesTheLockOpen() {
    struct Failure: Error {}
    let value = Guarded(1)
    #expect(throws: Failure.self) {
      try value.withLock { (value) throws(Failure) in
        value = 2
        throw Failure()
      }
    }
    #expect(value.withLock { $0 } == 2)
  }
}
