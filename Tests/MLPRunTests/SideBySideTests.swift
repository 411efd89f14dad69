import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// How many trainings go on at once depends on spec, threads and memory alone.
@Suite struct SideBySideTests {
  private func experiments(_ net: String, repeats: Int) throws -> [Experiment] {
    let text = "\(net)\ndata mnist\nsolver sgd lr 0.1\ntrain repeat \(repeats)\n"
    let session = Session([Source(name: "test", text: text)], in: MemoryWorld())
    let checked = try #require(session.check(for: .run).checked)
    return Sweep(checked).rows.flatMap { $0 }
  }

  private let small = "fc 784 16 -> relu -> fc 10 -> softmax_ce"

  @Test(arguments: [
    (runs: 1, threads: 4, each: [4]), (2, 4, [2, 2]), (2, 5, [3, 2]), (4, 4, [1, 1, 1, 1]),
    (9, 2, [1, 1]), (9, 1, [1]), (3, 4, [2, 1, 1]),
  ])
  func threadsAreDealtOut(runs: Int, threads: Int, each: [Int]) throws {
    let plan = SideBySide(
      try experiments(small, repeats: runs), threads: threads, memory: 8_000_000_000)
    #expect((0..<plan.count).map { plan.threads(of: $0) } == each)
  }

  @Test func largeNetworksAreTrainedOneByOne() throws {
    let large = try experiments("fc 784 5000 -> relu -> fc 5000 10 -> softmax_ce", repeats: 2)
    #expect(try #require(large.first).net.parameterCount < SideBySide.mostParameters)
    #expect(SideBySide(large, threads: 2, memory: 8_000_000_000).count == 2)
    let larger = try experiments("fc 784 6000 -> relu -> fc 6000 10 -> softmax_ce", repeats: 2)
    let plan = SideBySide(larger, threads: 2, memory: 8_000_000_000)
    #expect(plan.count == 1)
    #expect(plan.threads(of: 0) == 2)
  }

  @Test func memoryBoundsThem() throws {
    let jobs = try experiments(small, repeats: 8)
    let one = try #require(jobs.first).trainingMemory
    #expect(SideBySide(jobs, threads: 8, memory: 6 * one).count == 3)
    #expect(SideBySide(jobs, threads: 8, memory: one).count == 1)
  }
}
