import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite struct PreparationTests {
  func dataset(_ count: Int, test: Int = 4) -> Dataset {
    func samples(_ n: Int) -> Samples {
      Samples(
        shape: Shape(2), storage: .bytes(noise(2 * n)), labels: (0..<n).map { Int32($0 % 3) })
    }
    return Dataset(name: "made", classes: 3, train: samples(count), test: samples(test))
  }

  func prepare(
    _ count: Int, _ given: [String: Value] = [:], seed: UInt64 = 1
  ) throws(Problem) -> PreparedData {
    let settings = Preparation.settings(scale: "unit", scales: Scaling.ofBytes)
    let schema = Schema("made", "", settings: settings, examples: [])
    return try Preparation(values(schema, given)).prepare(dataset(count), seed: seed)
  }

  @Test func byDefaultAllIsForTraining() throws {
    let data = try prepare(10)
    #expect(data.train == 0..<10)
    #expect(data.validation.isEmpty)
    #expect(data.test?.count == 4)
    #expect(data.classes == 3)
    #expect(data.samples.labels == dataset(10).train.labels)
  }

  @Test func validationIsTheEndAndFirstTheBeginningOfTheRest() throws {
    let data = try prepare(
      20, ["validation": .portion(.last(.share(0.25))), "first": .amount(.count(6))])
    #expect(data.train == 0..<6)
    #expect(data.validation == 15..<20)
    let share = try prepare(
      20, ["validation": .portion(.last(.count(10))), "first": .amount(.share(0.5))])
    #expect(share.train == 0..<5)
  }

  @Test func pixelsAreNotCopied() throws {
    let made = dataset(10)
    let settings = Preparation.settings(scale: "raw", scales: Scaling.ofBytes)
    let schema = Schema("made", "", settings: settings, examples: [])
    let data = try Preparation(values(schema, ["random_labels": .integer(2)])).prepare(
      made, seed: 1)
    func address(_ samples: Samples) -> UnsafeRawPointer? {
      guard case .bytes(let bytes) = samples.storage else { return nil }
      return bytes.withUnsafeBytes { $0.baseAddress }
    }
    #expect(address(data.samples) == address(made.train))
  }

  @Test(arguments: [
    (
      "validation", Value.portion(.last(.count(10))),
      "'validation' takes 10 of 10 training samples and leaves none to train on"
    ),
    (
      "validation", .portion(.last(.count(11))),
      "'validation' takes 11 of 10 training samples and leaves none to train on"
    ),
    ("validation", .portion(.last(.share(0.04))), "4% of 10 training samples are none"),
    ("first", .amount(.count(11)), "the first 11 training samples are asked for, but there are 10"),
    ("first", .amount(.count(0)), "the first 0 of 10 training samples are none"),
    ("first", .amount(.share(0.01)), "the first 1% of 10 training samples are none"),
  ]) func whatCantBeIsRefused(setting: String, value: Value, message: String) {
    let found = problem { () throws(Problem) in try prepare(10, [setting: value]) }
    #expect(found.message == message)
    #expect(found.setting == setting)
    #expect(found.kind == .spec)
  }

  @Test func firstIsMeasuredAgainstWhatValidationLeaves() {
    let found = problem { () throws(Problem) in
      try prepare(10, ["first": .amount(.count(8)), "validation": .portion(.last(.count(3)))])
    }
    #expect(
      found.message
        == "the first 8 training samples are asked for, but there are 7 besides the validation set")
  }

  @Test func anEmptyTrainingSetIsFaultyData() {
    let found = problem { () throws(Problem) in try prepare(0) }
    #expect(found == Problem(.data, "the training set of 'made' is empty"))
  }

  @Test func randomLabelsDependOnTheSeedAlone() throws {
    let given: [String: Value] = ["random_labels": .integer(2)]
    let data = try prepare(1000, given)
    let random = Random(seed: 1, purpose: .labels, stream: 0)
    #expect(data.samples.labels == (0..<1000).map { Int32(random.integer($0, below: 2)) })
    let forTest = Random(seed: 1, purpose: .labels, stream: 1)
    #expect(data.test?.labels == (0..<4).map { Int32(forTest.integer($0, below: 2)) })
    #expect(data.classes == 2)
    let ones = data.samples.labels.reduce(0, +)
    #expect((400...600).contains(ones))
    #expect(try prepare(1000, given, seed: 2).samples.labels != data.samples.labels)
  }
}

@Suite struct ScalingTests {
  static let bytes = Samples(
    shape: Shape(3), storage: .bytes([0, 255, 128, 10, 20, 33, 255, 255, 33]), labels: [0, 1, 0])
  static let floats = Samples(
    shape: Shape(2), storage: .floats([1, 5, 2, 5, 6, 5]), labels: [0, 1, 0])

  func filled<S: BinaryFloatingPoint>(
    _ word: String, _ samples: Samples, rows: [Int], as: S.Type
  ) throws -> [S] {
    let scaling = try Scaling(word, over: 0..<samples.count, of: samples)
    let count = rows.count * samples.shape.count
    return [S](unsafeUninitializedCapacity: count) { buffer, filled in
      scaling.fill(
        rows: rows[...], of: samples,
        into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      filled = count
    }
  }

  @Test func rowsAreFilledInTheOrderGiven() throws {
    #expect(
      try filled("raw", Self.bytes, rows: [2, 0, 2], as: Float.self)
        == [255, 255, 33, 0, 255, 128, 255, 255, 33])
    #expect(try filled("raw", Self.floats, rows: [1], as: Double.self) == [2, 5])
  }

  @Test func aRangeOfRowsIsFilledAlike() throws {
    let scaling = try Scaling("centered", over: 0..<3, of: Self.bytes)
    var range = [Float](repeating: .nan, count: 7)
    range.withUnsafeMutableBufferPointer { scaling.fill(rows: 1..<3, of: Self.bytes, into: $0) }
    let list = try filled("centered", Self.bytes, rows: [1, 2], as: Float.self)
    #expect(Array(range.prefix(6)) == list)
    #expect(range[6].isNaN)
  }

  @Test func elementwiseScalesAreTheirFormulas() throws {
    let all = Samples(shape: Shape(256), storage: .bytes(Array(0...255)), labels: [0])
    let x = (0...255).map { Float($0) }
    #expect(try filled("unit", all, rows: [0], as: Float.self) == x.map { $0 / 255 })
    #expect(try filled("centered", all, rows: [0], as: Float.self) == x.map { ($0 - 128) / 255 })
    #expect(
      try filled("unit", all, rows: [0], as: Double.self) == (0...255).map { Double($0) / 255 })
  }

  @Test func ownMeanMakesEachSampleSumToZero() throws {
    let y = try filled("own_mean", Self.bytes, rows: [1], as: Double.self)
    let mean = 63.0 / (255 * 3)
    #expect(y == [10 / 255.0 - mean, 20 / 255.0 - mean, 33 / 255.0 - mean])
    let single = try filled("own_mean", Self.bytes, rows: [1], as: Float.self)
    #expect(single[0] == 10 / Float(255) - Float(mean))
  }

  @Test func standardHasMeanZeroAndDeviationOne() throws {
    // Column 0: 1, 2, 6, so mean 3 and variance (4 + 1 + 9) / 3.
    let y = try filled("standard", Self.floats, rows: [0, 1, 2], as: Double.self)
    let deviation = (14.0 / 3).squareRoot()
    for (found, expected) in zip([y[0], y[2], y[4]], [-2.0, -1.0, 3.0]) {
      #expect(abs(found - expected / deviation) < 1e-15)
    }
    #expect([y[1], y[3], y[5]] == [0, 0, 0])
    let bytes = try filled("standard", Self.bytes, rows: [0, 1, 2], as: Float.self)
    #expect(abs(bytes[0] + bytes[3] + bytes[6]) < 1e-6)
  }

  @Test func aConstantFeatureIsZeroWhateverItsMeanIsRoundedTo() throws {
    let samples = Samples(
      shape: Shape(1), storage: .floats([Float](repeating: 0.1, count: 7)),
      labels: [Int32](repeating: 0, count: 7))
    #expect(
      try filled("standard", samples, rows: Array(0..<7), as: Float.self).allSatisfy { $0 == 0 })
  }

  @Test func standardMeasuresTheTrainingSetOnly() throws {
    let scaling = try Scaling("standard", over: 0..<2, of: Self.floats)
    guard case .standard(let mean, let inverse) = scaling else {
      Issue.record("not 'standard'")
      return
    }
    #expect(mean == [1.5, 5])
    #expect(inverse == [2, 0])
  }

  @Test(arguments: ["unit", "centered", "own_mean"])
  func scalesOfBytesAreNotForFloats(word: String) {
    let found = problem { () throws(Problem) in try Scaling(word, over: 0..<3, of: Self.floats) }
    #expect(found.setting == "scale")
  }
}
