/// The machine's own multiply-add peak, measured: what a kernel's speed is held against.
package enum Calibration {
  /// Independent chains of multiply-adds: enough to hide the latency of one on any of today's processors.
  private static let chains = 12
  /// Multiply-adds of each chain in one piece of work: some 20 µs.
  private static let links = 8_192
  /// Pieces for each thread in one run: some milliseconds, long beside the time to wake a thread.
  private static let pieces = 256
  /// The best of so many runs counts, for a neighbour can only slow one down.
  private static let runs = 6

  /// Floating-point operations a second, a multiply-add counted as two, on all of the team's threads at
  /// once: the best of several runs, with vectors of sixteen and of eight numbers.
  ///
  /// - Parameter now: seconds from a fixed instant. Where it stands still, the result is infinite.
  package static func peak(_ team: Team, now: () -> Double) -> Double {
    (0..<runs).reduce(0) { best, _ in
      max(
        best, speed(SIMD16<Float>.self, team, now: now), speed(SIMD8<Float>.self, team, now: now))
    }
  }

  /// Of one run.
  @inline(__always)
  private static func speed<V: SIMD>(_: V.Type, _ team: Team, now: () -> Double) -> Double
  where V.Scalar == Float {
    let count = pieces * team.size
    // Different numbers in memory: of equal ones the compiler would compute a single one.
    let numbers = UnsafeMutablePointer<V>.allocate(capacity: chains + 2)
    let results = UnsafeMutableBufferPointer<V>.allocate(capacity: count)
    defer {
      numbers.deallocate()
      results.deallocate()
    }
    numbers.initialize(repeating: V(), count: chains + 2)
    for chain in 0..<chains + 2 {
      for lane in 0..<V.scalarCount { numbers[chain][lane] = 1 / Float(chain * 16 + lane + 1) }
    }
    let start = now()
    team.parallel(count) { results[$0] = run(numbers) }
    let seconds = now() - start
    // What nobody reads, the compiler need not compute.
    precondition(results.allSatisfy { $0.sum().isFinite })
    return operations(count, lanes: V.scalarCount) / seconds
  }

  /// How many floating-point operations so many pieces of work are.
  static func operations(_ pieces: Int, lanes: Int) -> Double {
    2 * Double(pieces) * Double(links) * Double(chains) * Double(lanes)
  }

  /// One piece of work: twelve times c ← c + a·b, `links` times over. All stays in registers.
  ///
  /// - Parameter numbers: each c, then a and b.
  @inline(__always)
  private static func run<V: SIMD>(_ numbers: UnsafePointer<V>) -> V where V.Scalar == Float {
    var (c0, c1, c2, c3) = (numbers[0], numbers[1], numbers[2], numbers[3])
    var (c4, c5, c6, c7) = (numbers[4], numbers[5], numbers[6], numbers[7])
    var (c8, c9, c10, c11) = (numbers[8], numbers[9], numbers[10], numbers[11])
    let (a, b) = (numbers[chains], numbers[chains + 1])
    for _ in 0..<links {
      c0.addProduct(a, b)
      c1.addProduct(a, b)
      c2.addProduct(a, b)
      c3.addProduct(a, b)
      c4.addProduct(a, b)
      c5.addProduct(a, b)
      c6.addProduct(a, b)
      c7.addProduct(a, b)
      c8.addProduct(a, b)
      c9.addProduct(a, b)
      c10.addProduct(a, b)
      c11.addProduct(a, b)
    }
    return (c0 + c1 + c2) + (c3 + c4 + c5) + (c6 + c7 + c8) + (c9 + c10 + c11)
  }
}
