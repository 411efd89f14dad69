import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

struct ToyTests {
  private static let hashes: [UInt64] = [
    0x55e7_f838_1fde_156e, 0xb223_0865_7f44_0fa9,
    0xab69_33e1_88e0_508f, 0x7800_9352_6919_3c82,
  ]
  private static let shapes = ["ellipse", "spirals", "xor", "moons"]

  @Test func `The schema offers each shape, and shows each in an example`() {
    guard case .choice(let words)? = Toy.schema.setting("shape")?.kind else {
      Issue.record("shape is no choice")
      return
    }
    #expect(words == Self.shapes)
    for word in words {
      #expect(Toy.schema.examples.contains { $0.hasPrefix("data toy \(word)") })
      #expect(Toy.schema.formula.contains("\(word): "))
    }
  }

  @Test(arguments: shapes)
  func `A set is as large as asked, of two coordinates in two classes`(shape: String) throws {
    let source = Toy(settings(shape, count: 30, test: 20))
    #expect(source.sampleShape == Shape(2))
    #expect(source.classes == 2)
    #expect(try #require(source.counts) == (30, 20))
    let set = try source.load(MemoryWorld())
    let test = try #require(set.test)
    #expect(set.name == "toy")
    #expect(set.classes == 2)
    #expect(try points(set.train).count == 30)
    #expect(try points(test).count == 20)
    #expect(set.train.count == 30)
    #expect(test.count == 20)
  }

  @Test(arguments: shapes)
  func `Point k depends on the seed, the set and k alone`(shape: String) throws {
    let few = try Toy(settings(shape, count: 20, test: 20)).load(MemoryWorld())
    let many = try Toy(settings(shape, count: 50, test: 20)).load(MemoryWorld())
    let other = try Toy(settings(shape, count: 20, test: 20, seed: 2)).load(MemoryWorld())
    let train = try points(few.train)
    #expect(try train == Array(points(many.train).prefix(20)))
    #expect(Set(train).count == 20)
    #expect(Set(train).isDisjoint(with: try points(other.train)))
    #expect(Set(train).isDisjoint(with: try points(#require(few.test))))
  }

  /// Of points without noise, 4 000 of each shape.
  @Test(arguments: [
    ("ellipse", 0.42...0.49), ("spirals", 0.46...0.54), ("xor", 0.46...0.54),
    ("moons", 0.46...0.54),
  ])
  func `The classes are about as frequent as each other`(
    shape: String, share: ClosedRange<Double>
  ) throws {
    let set = try Toy(settings(shape, count: 4000)).load(MemoryWorld())
    #expect(share.contains(Double(set.train.labels.count { $0 == 1 }) / 4000))
  }

  @Test func `ellipse is a normal cloud, and its class is that of the quadratic form`() throws {
    let set = try Toy(settings("ellipse", count: 4000)).load(MemoryWorld())
    let points = try points(set.train)
    let q: [[Double]] = [[1, 0.5], [1, 0.2]]
    for (p, label) in zip(points, set.train.labels) {
      let x = [Double(p.x), Double(p.y)]
      var form = 0.0
      for i in 0..<2 { for j in 0..<2 { form += x[i] * q[i][j] * x[j] } }
      // Coordinates were rounded to Float after the class was decided.
      if abs(form - 0.6) > 1e-5 { #expect((form > 0.6) == (label == 1), "\(p)") }
    }
    for axis in 0..<2 {
      let mean = points.reduce(0) { $0 + Double($1[axis]) } / 4000
      let square = points.reduce(0) { $0 + Double($1[axis] * $1[axis]) } / 4000
      #expect(abs(mean) < 0.07)
      #expect(abs(square - 1) < 0.1)
    }
  }

  @Test func `xor fills a square, and its class is whether the signs differ`() throws {
    let set = try Toy(settings("xor", count: 2000)).load(MemoryWorld())
    for (p, label) in zip(try points(set.train), set.train.labels) {
      #expect(abs(p.x) <= 1 && abs(p.y) <= 1)
      #expect((p.x * p.y < 0) == (label == 1), "\(p)")
    }
    for axis in 0..<2 {
      let numbers = try points(set.train).map { $0[axis] }
      #expect(try #require(numbers.min()) < -0.99)
      #expect(try #require(numbers.max()) > 0.99)
    }
  }

  @Test func `spirals are two arms, each the other turned by half a turn`() throws {
    let set = try Toy(settings("spirals", count: 2000)).load(MemoryWorld())
    for (p, label) in zip(try points(set.train), set.train.labels) {
      let x = SIMD2(Double(p.x), Double(p.y))
      let t = (x.x * x.x + x.y * x.y).squareRoot()
      #expect((0.0999...1.0001).contains(t))
      let sign: Double = label == 0 ? 1 : -1
      let arm = sign * t * SIMD2(Double.cosine(turns: 1.5 * t), Double.sine(turns: 1.5 * t))
      #expect(abs(x.x - arm.x) < 1e-5 && abs(x.y - arm.y) < 1e-5, "\(p)")
    }
  }

  @Test func `moons are an upper and a lower half circle`() throws {
    let set = try Toy(settings("moons", count: 2000)).load(MemoryWorld())
    for (p, label) in zip(try points(set.train), set.train.labels) {
      let x = label == 0 ? p : SIMD2(1 - p.x, 0.5 - p.y)
      #expect(abs(x.x * x.x + x.y * x.y - 1) < 1e-5, "\(p)")
      #expect(x.y > -1e-6)
    }
  }

  @Test(arguments: shapes)
  func `Noise moves the points by that much and leaves the classes`(shape: String) throws {
    let clean = try Toy(settings(shape, count: 4000)).load(MemoryWorld()).train
    let noisy = try Toy(settings(shape, count: 4000, noise: 0.25)).load(MemoryWorld()).train
    #expect(clean.labels == noisy.labels)
    let steps = zip(try points(clean), try points(noisy)).map { $1 - $0 }
    for axis in 0..<2 {
      let mean = steps.reduce(0) { $0 + Double($1[axis]) } / 4000
      let square = steps.reduce(0) { $0 + Double($1[axis] * $1[axis]) } / 4000
      #expect(abs(mean) < 0.016)
      #expect((0.056...0.069).contains(square))
    }
    let product = steps.reduce(0) { $0 + Double($1.x * $1.y) } / 4000
    #expect(abs(product) < 0.004)
  }

  /// A change of these hashes changes every result that was ever reached on these points.
  @Test(arguments: zip(shapes, hashes))
  func `The first 100 points are the same on every machine`(
    shape: String, expected: UInt64
  ) throws {
    let set = try Toy(settings(shape, count: 100, noise: 0.1)).load(MemoryWorld())
    let bits = try points(set.train).flatMap { [$0.x.bitPattern, $0.y.bitPattern] }
    let words = bits + set.train.labels.map { UInt32($0) }
    // FNV-1a, 64 bits, over words instead of bytes.
    let hash = words.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    #expect(hash == expected)
  }
}

private func settings(
  _ shape: String, count: Int, test: Int = 10, noise: Double = 0, seed: Int = 1
) -> Values {
  Values([
    "shape": .word(shape), "count": .integer(count), "test": .integer(test),
    "noise": .number(noise), "seed": .integer(seed),
  ])
}

private func points(_ samples: Samples) throws -> [SIMD2<Float>] {
  guard case .floats(let numbers) = samples.storage else { throw NotFloats() }
  return (0..<samples.count).map { SIMD2(numbers[2 * $0], numbers[2 * $0 + 1]) }
}

private struct NotFloats: Error {}
