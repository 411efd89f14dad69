import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

struct DigitsTests {
  private static let set = Result { try digits(count: 2000, test: 1000) }

  @Test func `A set is as large as asked, of 28 x 28 bytes in ten classes`() throws {
    let source = Digits(settings(count: 30, test: 20, seed: 1))
    #expect(source.sampleShape == Shape(28, 28, 1))
    #expect(source.classes == 10)
    #expect(try #require(source.counts) == (30, 20))
    let set = try source.load(MemoryWorld())
    let test = try #require(set.test)
    #expect(set.name == "digits")
    #expect(set.classes == 10)
    #expect(set.train.count == 30)
    #expect(test.count == 20)
    #expect(set.train.shape == Shape(28, 28, 1))
    #expect(try bytes(set.train).count == 30 * 784)
    #expect(try bytes(test).count == 20 * 784)
  }

  @Test func `Image k depends on the seed and k, not on how many there are`() throws {
    let few = try digits(count: 20, test: 10)
    let many = try digits(count: 50, test: 30)
    #expect(try bytes(few.train) == bytes(many.train).prefix(20 * 784).map { $0 })
    #expect(few.train.labels == Array(many.train.labels.prefix(20)))
    #expect(try bytes(#require(few.test)) == bytes(#require(many.test)).prefix(10 * 784).map { $0 })
  }

  @Test func `Another seed gives other images`() throws {
    let one = try digits(count: 50, test: 10, seed: 1)
    let two = try digits(count: 50, test: 10, seed: 2)
    #expect(one.train.labels != two.train.labels)
    #expect(Set(try images(one.train)).isDisjoint(with: try images(two.train)))
  }

  @Test func `No image comes twice, in training or test set or in both`() throws {
    let set = try Self.set.get()
    let all = try images(set.train) + images(#require(set.test))
    #expect(Set(all).count == all.count)
  }

  @Test func `Each class has about a tenth of the images`() throws {
    let labels = try Self.set.get().train.labels
    for digit in 0..<10 {
      // 200 expected; ±4 standard deviations of 13.4.
      #expect((146...254).contains(labels.count { $0 == Int32(digit) }), "digit \(digit)")
    }
  }

  @Test func `As many pixels are 0 as in MNIST, and strokes are nearly white`() throws {
    let pixels = try bytes(Self.set.get().train)
    let ink = pixels.filter { $0 > 0 }
    #expect((0.79...0.83).contains(1 - Double(ink.count) / Double(pixels.count)))
    #expect(Double(ink.count { $0 > 200 }) / Double(ink.count) > 0.4)
  }

  @Test func `Ink stays off the outermost pixels, but for a few wild hands`() throws {
    let all = try images(Self.set.get().train)
    let border = (0..<784).filter { $0 < 28 || $0 >= 756 || $0 % 28 == 0 || $0 % 28 == 27 }
    let touching = all.count { image in border.contains { image[$0] > 0 } }
    #expect(touching < all.count / 20)
  }

  /// A change of this hash changes every result that was ever reached on these digits.
  @Test func `The first 100 images are the same on every machine`() throws {
    let set = try digits(count: 100, test: 10)
    #expect(
      try hash(bytes(set.train) + set.train.labels.map { UInt8($0) }) == 0x5631_0181_a65f_1296)
  }

  /// 0.74 on MNIST.
  @Test func `The nearest class mean recognises many digits, not all`() throws {
    let set = try Self.set.get()
    let accuracy = try nearestMeanAccuracy(set.train, #require(set.test))
    #expect((0.65...0.85).contains(accuracy))
  }

  @Test func `More images than the memory holds are refused`() throws {
    let source = Digits(settings(count: 10, test: 11_000_000, seed: 1))
    let problem = #expect(throws: Problem.self) { _ = try source.load(MemoryWorld()) }
    #expect(problem?.setting == "test")
    #expect(
      problem?.message
        == "11 000 010 images need 8.6 GB of memory, and this machine has 8.0 GB")
  }
}

private func settings(count: Int, test: Int, seed: Int) -> Values {
  Values(["count": .integer(count), "test": .integer(test), "seed": .integer(seed)])
}

private func digits(count: Int, test: Int, seed: Int = 1) throws -> Dataset {
  try Digits(settings(count: count, test: test, seed: seed)).load(MemoryWorld())
}

private func bytes(_ samples: Samples) throws -> [UInt8] {
  guard case .bytes(let bytes) = samples.storage else { throw NotBytes() }
  return bytes
}

private struct NotBytes: Error {}

private func images(_ samples: Samples) throws -> [[UInt8]] {
  let all = try bytes(samples)
  return (0..<samples.count).map { Array(all[784 * $0..<784 * $0 + 784]) }
}

/// FNV-1a, 64 bits.
private func hash(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

/// Of the classifier that picks the class whose mean training image is nearest.
private func nearestMeanAccuracy(_ train: Samples, _ test: Samples) throws -> Double {
  var sums = [[Float]](repeating: [Float](repeating: 0, count: 784), count: 10)
  var counts = [Float](repeating: 0, count: 10)
  for (image, label) in zip(try images(train), train.labels) {
    counts[Int(label)] += 1
    for (i, pixel) in image.enumerated() where pixel > 0 { sums[Int(label)][i] += Float(pixel) }
  }
  let means = zip(sums, counts).map { sum, count in sum.map { $0 / count } }
  // |x - m|² = |x|² - 2(x·m - |m|²/2), and |x|² is the same for each class.
  let halves = means.map { mean in mean.reduce(0) { $0 + $1 * $1 } / 2 }
  let right = zip(try images(test), test.labels).count { image, label in
    let inked = image.indices.filter { image[$0] > 0 }
    let scores = (0..<10).map { digit in
      inked.reduce(-halves[digit]) { $0 + Float(image[$1]) * means[digit][$1] }
    }
    return scores.firstIndex(of: scores.max() ?? 0) == Int(label)
  }
  return Double(right) / Double(test.count)
}
