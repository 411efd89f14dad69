import MLPTensor

/// Handwritten digits drawn by program: MNIST's size and about its difficulty, and no file.
package struct Digits: DataSource {
  package static let schema = Schema(
    "digits", "Handwritten digits drawn by program: a stand-in for MNIST that needs no file.",
    formula: """
      image k of a set depends on seed and k alone; training and test images differ
      stroke = spline through the digit's control points, each moved a little, then bent, scaled,
      slanted, turned and shifted
      pixel = ink · (1 - grain) · clamp((radius - distance to the stroke) / softness + 1/2, 0, 1),
      from 0 (background) to 255
      """,
    settings: [
      Setting(
        "count", .integer(10...1_000_000), .value(.integer(60_000)), "number of training images"),
      Setting("test", .integer(10...1_000_000), .value(.integer(10_000)), "number of test images"),
      Setting(
        "seed", .integer(0...Int.max), .value(.integer(1)),
        "which images; the run's own seed doesn't change them"),
    ]
      + Preparation.settings(
        scale: "unit", scales: ["unit", "raw", "centered", "own_mean", "standard"]),
    examples: ["data digits", "data digits count 2000 test 500", "data digits seed 7"])

  private let count: Int
  private let test: Int
  private let seed: UInt64

  package init(_ values: Values) {
    count = values.integer("count")
    test = values.integer("test")
    seed = UInt64(values.integer("seed"))
  }

  package var sampleShape: Shape? { Shape(28, 28, 1) }
  package var classes: Int? { 10 }
  package var counts: (train: Int, test: Int)? { (count, test) }

  package func load(_ world: any World) throws(Problem) -> Dataset {
    let needed = (count + test) * Canvas.pixels
    guard needed <= world.memory else {
      throw Problem(
        .spec,
        "\(Format.grouped(count + test)) images need \(Format.bytes(needed)) of memory, "
          + "and this machine has \(Format.bytes(world.memory))",
        setting: count >= test ? "count" : "test")
    }
    let train = samples(count, firstStream: 0) { world.isStopRequested }
    let test = samples(self.test, firstStream: Self.firstTestStream) { world.isStopRequested }
    guard let train, let test else { throw .stopped }
    return Dataset(name: Self.schema.word, classes: 10, train: train, test: test)
  }

  /// The stream of test image 0; above the number of any training image.
  private static let firstTestStream: UInt64 = 1 << 40

  /// Images 0 ..< `count` of a set; image k is drawn from stream `firstStream` + k.
  ///
  /// - Returns: nil where it was stopped.
  private func samples(_ count: Int, firstStream: UInt64, isStopped: () -> Bool) -> Samples? {
    var writer = Writer()
    var labels: [Int32] = []
    labels.reserveCapacity(count)
    let size = count * Canvas.pixels
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialised in
      buffer.initialize(repeating: 0)
      for image in 0..<count {
        if image.isMultiple(of: 256), isStopped() { break }
        let random = Random(
          seed: seed, purpose: .digits, stream: firstStream + UInt64(image))
        let start = image * Canvas.pixels
        let pixels = UnsafeMutableBufferPointer(
          rebasing: buffer[start..<start + Canvas.pixels])
        labels.append(Int32(writer.write(random, into: pixels)))
      }
      initialised = size
    }
    guard labels.count == count else { return nil }
    return Samples(shape: Shape(28, 28, 1), storage: .bytes(bytes), labels: labels)
  }
}
