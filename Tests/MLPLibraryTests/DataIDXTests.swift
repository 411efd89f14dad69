import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite struct IDXFileTests {
  static let good = idx([2, 2, 3], Array(1...12))

  @Test(arguments: [good, gzip(good)]) func isReadPlainOrCompressed(bytes: [UInt8]) throws {
    let file = try IDXFile(bytes, name: "a", limit: 12)
    #expect(file.sizes == [2, 2, 3])
    #expect(file.body == Array(1...12))
    #expect(file.contentSize == 28)
    #expect(file.checksum() == Gzip.crc32(of: Self.good))
    #expect(file.sampleShape == Shape(2, 3, 1))
  }

  @Test(arguments: [
    ([4], Shape(1)), ([1, 4], Shape(4)), ([1, 2, 2], Shape(2, 2, 1)),
    ([1, 2, 1, 2], Shape(2, 1, 2)),
  ]) func theFirstAxisCountsTheSamples(sizes: [Int], shape: Shape) throws {
    #expect(try IDXFile(idx(sizes, [1, 2, 3, 4]), name: "a", limit: 4).sampleShape == shape)
  }

  @Test(arguments: [
    ([], "'a' is empty"),
    ([0, 0, 8], "'a' is cut off: it should have 4 bytes, found 3"),
    ([1, 0, 8, 1], "'a' is not an IDX file: it should begin with two zero bytes"),
    ([0, 0, 0x0D, 1], "'a' holds 32-bit floats; only unsigned bytes can be read"),
    ([0, 0, 0x07, 1], "'a' is not an IDX file: there is no type code 7"),
    ([0, 0, 8, 0], "'a' should have 1 to 4 axes, found 0"),
    ([0, 0, 8, 5], "'a' should have 1 to 4 axes, found 5"),
    ([0, 0, 8, 1, 0, 0], "'a' is cut off: it should have 8 bytes, found 6"),
    (idx([3], []), "'a' is cut off: it should have 11 bytes, found 8"),
    (idx([3], [1, 2]), "'a' is cut off: it should have 11 bytes, found 10"),
    (idx([3], [1, 2, 3, 4]), "'a' has 1 byte more than its header states"),
    (idx([0, 28, 28], []), "'a' holds no samples: its sizes are 0x28x28"),
    (
      idx([1000, 28, 28], []),
      "'a' states a size of 1000x28x28, which is more than fits here (1000 bytes)"
    ),
    (
      [0, 0, 8, 4] + [UInt8](repeating: 255, count: 16),
      "'a' states a size of 4294967295x4294967295x4294967295x4294967295, which is more than fits"
        + " here (1000 bytes)"
    ),
    (gzip(idx([3], [1, 2])), "'a' should hold 11 bytes, but holds 10 bytes"),
    (gzip(idx([3], [1, 2, 3, 4])), "'a' holds more than the 11 bytes that it should"),
    (gzip([0, 0]), "'a' should hold 4 bytes, but holds 2 bytes"),
    (gzip([9, 9, 9, 9]), "'a' is not an IDX file: it should begin with two zero bytes"),
  ]) func badFilesAreRefused(bytes: [UInt8], message: String) {
    let found = problem { () throws(Problem) in try IDXFile(bytes, name: "a", limit: 1000) }
    #expect(found == Problem(.data, message))
  }

  @Test func compressedFilesAreCheckedToTheEnd() {
    var bytes = gzip(idx([2000], noise(2000)))
    bytes[bytes.count - 6] ^= 1
    let found = problem { () throws(Problem) in try IDXFile(bytes, name: "a", limit: 2000) }
    #expect(found.message.contains("CRC-32"))
  }

  @Test func aFalseSizeIsNotAllocated() {
    let bytes = gzip(idx([4_000_000_000], [1, 2, 3]))
    let found = problem { () throws(Problem) in try IDXFile(bytes, name: "a", limit: 1 << 40) }
    #expect(found.message == "'a' should hold 4000000008 bytes, but holds far less")
  }
}

@Suite struct IdxTests {
  let files = [
    "x": idx([3, 2], [1, 2, 3, 4, 5, 6]), "y": gzip(idx([3], [0, 4, 1])),
    "u": idx([1, 2], [7, 8]), "v": idx([1], [6]), "w": idx([1, 3], [7, 8, 9]),
  ]

  func load(_ given: [String: String], classes: Int? = nil) throws(Problem) -> Dataset {
    var settings = given.mapValues { Value.text($0) }
    if let classes { settings["classes"] = .integer(classes) }
    return try Idx(values(Idx.schema, settings)).load(MemoryWorld(files: files))
  }

  @Test func aPairIsATrainingSet() throws {
    let data = try load(["images": "x", "labels": "y"])
    #expect(data.train.shape == Shape(2))
    #expect(data.train.labels == [0, 4, 1])
    #expect(data.classes == 5)
    #expect(data.test == nil)
    #expect(data.name == "idx")
  }

  @Test func classesCountTheTestLabelsToo() throws {
    let data = try load(["images": "x", "labels": "y", "test_images": "u", "test_labels": "v"])
    #expect(data.classes == 7)
    #expect(data.test?.labels == [6])
  }

  @Test func aLabelBeyondTheClassesIsNamed() {
    let found = problem { () throws(Problem) in
      try load(["images": "x", "labels": "y"], classes: 3)
    }
    #expect(
      found
        == Problem(.data, "label 4 of sample 2 in 'y' is not in 0 to 2", setting: "labels"))
  }

  @Test func testFilesComeInPairs() {
    let found = problem { () throws(Problem) in
      try load(["images": "x", "labels": "y", "test_images": "u"])
    }
    #expect(found.setting == "test_images")
    #expect(found.kind == .spec)
  }

  @Test func theTestSamplesHaveTheSameShape() {
    let found = problem { () throws(Problem) in
      try load(["images": "x", "labels": "y", "test_images": "w", "test_labels": "v"])
    }
    #expect(found.message == "the samples of 'w' are 3, those of 'x' 2")
    #expect(found.setting == "test_images")
  }

  @Test func filesThatDontBelongTogetherAreRefused() {
    let found = problem { () throws(Problem) in try load(["images": "x", "labels": "v"]) }
    #expect(found.message == "'v' holds 1 labels for the 3 samples of 'x'")
    let axes = problem { () throws(Problem) in try load(["images": "x", "labels": "u"]) }
    #expect(axes.message == "'u' should hold labels on one axis, found 2 axes")
  }

  @Test func aMissingFileBlamesItsSetting() {
    let found = problem { () throws(Problem) in try load(["images": "nowhere", "labels": "y"]) }
    #expect(found.kind == .missing)
    #expect(found.setting == "images")
  }
}
