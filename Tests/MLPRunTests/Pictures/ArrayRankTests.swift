import MLPTensor
import Testing

@testable import MLPRun

@Suite("An array's element of a rank")
struct ArrayRankTests {
  @Test("is the one that stands there when all are sorted", arguments: [1, 2, 3, 10, 101])
  func likeSorting(count: Int) {
    let random = Random(seed: 7, purpose: .test, stream: UInt64(count))
    // Of few different numbers many are equal.
    for kinds in [1, 3, 1000] {
      let elements = (0..<count).map { random.integer($0, below: kinds) }
      let sorted = elements.sorted()
      for arranged in [elements, sorted, sorted.reversed()] {
        #expect(
          (0..<count).map { rank in
            var elements = arranged
            return elements.selectRank(rank)
          } == sorted)
      }
    }
  }
}
