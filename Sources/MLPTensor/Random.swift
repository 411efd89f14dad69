/// The only generator: Philox 4x32-10, counter-based.
///
/// Number `i` of a stream depends on seed, purpose, stream and `i` alone, so any thread may draw any
/// number and the result is the same. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as
/// easy as 1, 2, 3", 2011.
package struct Random: Sendable {
  /// What the numbers are for. Two purposes never share a number.
  package enum Purpose: UInt64, Sendable {
    case initialisation = 1
    case shuffle = 2
    case dropout = 3
    case labels = 4
    case digits = 5
    case toy = 6
    case test = 255
  }

  private let key: (UInt32, UInt32)
  private let stream: (UInt32, UInt32)

  /// - Parameter stream: below 2^56; for instance a layer's index, an epoch or an image's number.
  package init(seed: UInt64, purpose: Purpose, stream: UInt64 = 0) {
    precondition(stream >> 56 == 0)
    let high = purpose.rawValue << 56 | stream
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = (UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
  }

  /// Block `index`: 128 random bits as two words.
  package func block(_ index: UInt64) -> (UInt64, UInt64) {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
      stream.0, stream.1)
    let out = Self.philox(counter, key)
    return (UInt64(out[1]) << 32 | UInt64(out[0]), UInt64(out[3]) << 32 | UInt64(out[2]))
  }

  /// Number `index`: 64 random bits.
  package func bits(_ index: Int) -> UInt64 {
    let block = block(UInt64(index) >> 1)
    return index & 1 == 0 ? block.0 : block.1
  }

  /// Number `index`, uniform in [0, 1), a multiple of 2^-53.
  package func uniform(_ index: Int) -> Double {
    Double(bits(index) >> 11) * 0x1p-53
  }

  /// Number `index`, uniform in `range`.
  package func uniform(_ index: Int, in range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform(index)
  }

  /// Number `index`, an integer in 0..<count (bias below count / 2^64).
  package func integer(_ index: Int, below count: Int) -> Int {
    precondition(count > 0)
    return Int(bits(index).multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Number `index`, from N(0, 1): the cosine half of Box and Muller's transform of block `index`.
  ///
  /// It shares bits with `bits(2 * index)` and `bits(2 * index + 1)`: draw one kind from a stream.
  package func normal(_ index: Int) -> Double {
    let block = block(UInt64(index))
    let radius = (Double((block.0 >> 11) + 1) * 0x1p-53)
    let turn = Double(block.1 >> 11) * 0x1p-53
    return (-2 * Double.log(radius)).squareRoot() * Double.cosine(turns: turn)
  }

  /// Shuffles in place (Fisher and Yates), drawing numbers 0 ..< count - 1 of the stream.
  @_specialize(where T == Int)
  package func shuffle<T>(_ elements: inout [T]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(elements.count - 1 - last, below: last + 1))
    }
  }

  /// Ten rounds of Philox.
  package static func philox(_ counter: SIMD4<UInt32>, _ key: (UInt32, UInt32)) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(c[0]) * 0xD251_1F53
      let b = UInt64(c[2]) * 0xCD9E_8D57
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c[1] ^ k.0, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c[3] ^ k.1, UInt32(truncatingIfNeeded: a))
      k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85)
    }
    return c
  }
}
