import Testing

@testable import MLPTensor

@Suite("The generator")
struct RandomTests {
  /// The known answers of the Random123 library (kat_vectors, philox4x32 10).
  @Test(
    "is Philox 4x32-10",
    arguments: [
      ([0, 0, 0, 0], [0, 0], [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
      (
        [.max, .max, .max, .max], [.max, .max],
        [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]
      ),
      (
        [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0],
        [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(_ counter: [UInt32], _ key: [UInt32], _ expected: [UInt32]) {
    let found = Random.philox(SIMD4(counter), (key[0], key[1]))
    #expect((0..<4).map { found[$0] } == expected)
  }

  @Test("counts with the index, and keys with the seed")
  func layout() {
    let random = Random(seed: 0x299F_31D0_A409_3822, purpose: .shuffle, stream: 0x12_3456_789A)
    let expected = Random.philox(
      SIMD4(0x85A3_08D3, 7, 0x3456_789A, 0x0200_0012), (0xA409_3822, 0x299F_31D0))
    let block = random.block(0x7_85A3_08D3)
    #expect(block.0 == UInt64(expected[1]) << 32 | UInt64(expected[0]))
    #expect(block.1 == UInt64(expected[3]) << 32 | UInt64(expected[2]))
    #expect(random.bits(10) == random.block(5).0)
    #expect(random.bits(11) == random.block(5).1)
  }

  @Test("gives these numbers, now and later")
  func pinned() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for seed in 0..<3 as Range<UInt64> {
      for purpose in Self.purposes {
        let random = Random(seed: seed, purpose: purpose, stream: seed * 5)
        for index in 0..<100 {
          for bits in [
            random.bits(index), random.uniform(index).bitPattern, random.normal(index).bitPattern,
            UInt64(random.integer(index, below: 10)),
          ] { hash = (hash ^ bits) &* 0x100_0000_01B3 }
        }
      }
    }
    #expect(hash == 0xFE15_581B_00BE_F3EF)
  }

  @Test("never gives one number to two purposes, streams, seeds or indices")
  func noRepetition() {
    var seen: Set<UInt64> = []
    var count = 0
    for purpose in Self.purposes {
      for stream in [0, 1, 2, 1 << 32, 1 << 56 - 1] as [UInt64] {
        for seed in [0, 1, 1 << 32, .max] as [UInt64] {
          let random = Random(seed: seed, purpose: purpose, stream: stream)
          for index in 0..<40 { seen.insert(random.bits(index)) }
          count += 40
        }
      }
    }
    #expect(seen.count == count)
  }

  @Test("uniform numbers are in [0, 1), with mean ½ and variance 1/12, in every tenth alike")
  func uniform() {
    let random = Random(seed: 1, purpose: .test)
    var tenths = [Int](repeating: 0, count: 10)
    var (sum, squares) = (0.0, 0.0)
    for index in 0..<100_000 {
      let x = random.uniform(index)
      guard x >= 0, x < 1 else {
        Issue.record("\(x)")
        return
      }
      tenths[Int(x * 10)] += 1
      sum += x
      squares += x * x
    }
    #expect(abs(sum / 1e5 - 0.5) < 0.003)
    #expect(abs(squares / 1e5 - 1.0 / 3) < 0.003)
    for count in tenths { #expect(abs(count - 10_000) < 400) }
  }

  @Test("uniform numbers of a range are in it")
  func range() {
    let random = Random(seed: 1, purpose: .test)
    for index in 0..<1000 {
      #expect((-3.0..<5).contains(random.uniform(index, in: -3..<5)))
      #expect(random.uniform(index, in: -3..<5) == -3 + 8 * random.uniform(index))
    }
  }

  @Test("normal numbers have mean 0, variance 1, no skew, and a normal's tails")
  func normal() {
    let random = Random(seed: 1, purpose: .test)
    let count = 100_000
    var moments = [0.0, 0, 0, 0]
    var (beyond1, beyond2, beyond3) = (0, 0, 0)
    for index in 0..<count {
      let x = random.normal(index)
      var power = 1.0
      for k in 0..<4 {
        power *= x
        moments[k] += power / Double(count)
      }
      if abs(x) > 1 { beyond1 += 1 }
      if abs(x) > 2 { beyond2 += 1 }
      if abs(x) > 3 { beyond3 += 1 }
    }
    #expect(abs(moments[0]) < 0.012)
    #expect(abs(moments[1] - 1) < 0.015)
    #expect(abs(moments[2]) < 0.04)
    #expect(abs(moments[3] - 3) < 0.12)
    // 31.73 %, 4.55 % and 0.27 %.
    #expect(abs(beyond1 - 31_731) < 500)
    #expect(abs(beyond2 - 4_550) < 250)
    #expect(abs(beyond3 - 270) < 60)
  }

  @Test("neighbouring normal numbers don't hang together")
  func correlation() {
    let random = Random(seed: 1, purpose: .test)
    let next = Random(seed: 2, purpose: .test)
    var (sameStream, otherSeed) = (0.0, 0.0)
    for index in 0..<50_000 {
      sameStream += random.normal(index) * random.normal(index + 1)
      otherSeed += random.normal(index) * next.normal(index)
    }
    #expect(abs(sameStream / 50_000) < 0.02)
    #expect(abs(otherSeed / 50_000) < 0.02)
  }

  @Test("integers are below their bound, and each as frequent", arguments: [1, 2, 3, 7, 10])
  func integers(_ bound: Int) {
    let random = Random(seed: 4, purpose: .test)
    var counts = [Int](repeating: 0, count: bound)
    for index in 0..<20_000 { counts[random.integer(index, below: bound)] += 1 }
    for count in counts { #expect(abs(count - 20_000 / bound) < 400) }
  }

  @Test("integers reach up to the largest bound")
  func largeIntegers() {
    let random = Random(seed: 4, purpose: .test)
    let drawn = (0..<1000).map { random.integer($0, below: .max) }
    #expect(drawn.allSatisfy { $0 >= 0 && $0 < .max })
    #expect(drawn.contains { $0 > .max / 100 * 99 } && drawn.contains { $0 < .max / 100 })
  }

  @Test("a shuffle keeps every element once", arguments: [0, 1, 2, 3, 10, 1000])
  func shuffle(_ count: Int) {
    var elements = Array(0..<count)
    Random(seed: 1, purpose: .shuffle).shuffle(&elements)
    #expect(elements.sorted() == Array(0..<count))
    if count >= 10 { #expect(elements != Array(0..<count)) }
  }

  @Test("a shuffle makes each order as often as any other")
  func shuffleIsFair() {
    var counts: [[Int]: Int] = [:]
    for stream in 0..<12_000 as Range<UInt64> {
      var elements = [0, 1, 2]
      Random(seed: 1, purpose: .shuffle, stream: stream).shuffle(&elements)
      counts[elements, default: 0] += 1
    }
    #expect(counts.count == 6)
    for count in counts.values { #expect(abs(count - 2000) < 200) }
  }

  private static let purposes: [Random.Purpose] = [
    .initialisation, .shuffle, .dropout, .labels, .digits, .toy, .test,
  ]
}
