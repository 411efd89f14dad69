import Foundation
import Synchronization
import Testing

@testable import MLPTensor

@Suite("A team of threads", .serialized)
struct TeamTests {
  @Test("does each index exactly once", arguments: [1, 2, 3, 5], [false, true])
  func everyIndexOnce(_ threads: Int, _ isUneven: Bool) {
    let team = Team(size: threads)
    for count in [0, 1, 2, 3, 7, 64, 100, 1000] {
      var visits = [Int](repeating: 0, count: count)
      visits.withUnsafeMutableBufferPointer { visits in
        // Each index has its own place, so only an index done twice could be a race.
        if isUneven {
          // All but the first index are one thread's share, which the others must help with.
          let bounds = [0, min(1, count)] + Array(repeating: count, count: threads - 1)
          team.parallel(bounds: threads == 1 ? [0, count] : bounds) { visits[$0] += 1 }
        } else {
          team.parallel(count) { visits[$0] += 1 }
        }
      }
      #expect(visits == Array(repeating: 1, count: count), "count \(count)")
    }
  }

  @Test("is done with every index when the loop returns")
  func completeness() {
    let team = Team(size: 3)
    for _ in 0..<200 {
      let done = Atomic<Int>(0)
      team.parallel(50) { _ in done.add(1, ordering: .relaxed) }
      #expect(done.load(ordering: .relaxed) == 50)
    }
  }

  @Test("does many short loops in a row")
  func manyShortLoops() {
    let team = Team(size: 3)
    let sum = Atomic<Int>(0)
    for _ in 0..<10_000 { team.parallel(3) { sum.add($0, ordering: .relaxed) } }
    #expect(sum.load(ordering: .relaxed) == 30_000)
  }

  @Test("lets other threads help")
  func sharing() {
    let team = Team(size: 2)
    let helpers = Mutex<Set<UInt>>([])
    var tries = 0
    // One thread alone could finish a loop; two at once must turn up sooner or later.
    while helpers.withLock({ $0.count }) < 2, tries < 1000 {
      team.parallel(2) { _ in
        helpers.withLock { _ = $0.insert(UInt(bitPattern: pthread_self().hashValue)) }
        usleep(1000)
      }
      tries += 1
    }
    #expect(helpers.withLock { $0.count } == 2)
  }

  @Test("of one works on the caller's thread, in order")
  func single() {
    let caller = pthread_self()
    var order: [Int] = []
    Team.single.parallel(20) { index in
      #expect(pthread_equal(pthread_self(), caller) != 0)
      order.append(index)
    }
    #expect(order == Array(0..<20))
  }

  @Test("lets go of what the loop held")
  func loopIsReleased() {
    final class Witness: Sendable {}
    let team = Team(size: 3)
    weak var witness: Witness?
    do {
      let held = Witness()
      witness = held
      team.parallel(100) { _ in withExtendedLifetime(held) {} }
    }
    #expect(witness == nil)
  }

  #if os(Linux)
    @Test("ends its threads when it goes")
    func threadsEnd() throws {
      let before = try Self.threadCount()
      var teams = (0..<20).map { _ in Team(size: 11) }
      for team in teams { team.parallel(100) { _ in } }
      #expect(try Self.threadCount() >= before + 150, "20 teams brought 10 threads each")
      teams.removeAll()
      // A thread takes a moment to end; other tests' threads come and go meanwhile.
      for _ in 0..<10_000 where try Self.threadCount() > before + 50 { usleep(1000) }
      #expect(try Self.threadCount() <= before + 50)
    }

    private static func threadCount() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
  #endif
}
