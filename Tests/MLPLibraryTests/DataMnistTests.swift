import Foundation
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

private let mirrors = [
  "http://storage.googleapis.com/cvdf-datasets/mnist/",
  "http://ossci-datasets.s3.amazonaws.com/mnist/",
]

/// Stands in for a source of other data.
private struct Stub: DataSource {
  static let schema = Schema(
    "stub", "", settings: Preparation.settings(scale: "unit", scales: Scaling.ofBytes),
    examples: [])
  var shape = Shape(28, 28, 1)

  init(_ values: Values) throws(Problem) {
    if values["shape"] != nil { shape = Shape(values.size("shape")) }
  }

  var sampleShape: Shape? { shape }
  var classes: Int? { 10 }
  var counts: (train: Int, test: Int)? { nil }

  func load(_ world: any World) throws(Problem) -> Dataset {
    let samples = Samples(shape: shape, storage: .bytes(noise(784)), labels: [4])
    return Dataset(name: "stub", classes: 10, train: samples, test: nil)
  }
}

private func stub(_ given: [String: Value] = [:]) -> Value {
  .entry(Stub.self, values(Stub.schema, given))
}

private func mnist(_ given: [String: Value] = [:]) throws(Problem) -> Mnist {
  try Mnist(values(Mnist.schema, given))
}

@Suite struct MnistSearchTests {
  @Test func pathComesFirstAndMayHoldASetLikeMNIST() throws {
    var world = MemoryWorld(files: mnistLike(train: 3, folder: "here"))
    world.files.merge(mnistLike(train: 5, folder: "/data/mnist")) { old, _ in old }
    world.variables["MLPC_DATA"] = "/data"
    let data = try mnist(["path": .text("here")]).load(world)
    #expect(data.train.count == 3)
    #expect(data.test?.count == 2)
    #expect(data.name == "mnist")
    #expect(data.classes == 10)
    #expect(data.train.shape == Shape(28, 28, 1))
    #expect(try mnist().load(world).train.count == 5)
    #expect(world.log.events.requests == [])
  }

  /// The two sets are read at once.
  @Test func whereBothSetsAreFaultyTheTrainingSetIsBlamed() {
    var world = MemoryWorld(files: mnistLike(folder: "here"))
    for part in ["t10k", "train"] { world.files["here/\(part)-labels-idx1-ubyte"] = [1, 2] }
    for _ in 0..<20 {
      let found = problem { () throws(Problem) in
        try mnist(["path": .text("here")]).load(world)
      }
      #expect(found.message.contains("train-labels"))
    }
  }

  @Test func compressedFilesAreFoundToo() throws {
    let files = mnistLike(folder: "here")
    var world = MemoryWorld()
    for (name, bytes) in files { world.files[name + ".gz"] = gzip(bytes) }
    let data = try mnist(["path": .text("here/")]).load(world)
    #expect(data.train.labels == [0, 1, 2])
  }

  @Test func aPathWithoutTheFilesIsAnErrorAndNothingElseIsTried() {
    var world = MemoryWorld(files: mnistLike(folder: "/data/mnist"))
    world.variables["MLPC_DATA"] = "/data"
    let found = problem { () throws(Problem) in try mnist(["path": .text("here")]).load(world) }
    #expect(found.kind == .missing)
    #expect(found.setting == "path")
    #expect(found.message == "'here' has no 'train-images-idx3-ubyte', with or without '.gz'")
    #expect(world.log.events.requests == [])
  }

  @Test func halfAFolderIsAMistakeNotAReasonToLookElsewhere() throws {
    var world = MemoryWorld(files: mnistLike(folder: "/data/mnist"))
    world.files["/data/mnist/t10k-labels-idx1-ubyte"] = nil
    world.variables["MLPC_DATA"] = "/data"
    let found = problem { () throws(Problem) in try mnist(["else": stub()]).load(world) }
    #expect(found.kind == .data)
    #expect(found.message.contains("t10k-labels-idx1-ubyte"))
  }

  @Test func damagedFilesAreErrorsNotFallbacks() throws {
    var world = MemoryWorld(files: mnistLike(folder: "/data/mnist"))
    world.files["/data/mnist/train-labels-idx1-ubyte"]?.removeLast()
    world.variables["MLPC_DATA"] = "/data"
    let found = problem { () throws(Problem) in try mnist(["else": stub()]).load(world) }
    #expect(
      found.message
        == "'/data/mnist/train-labels-idx1-ubyte' is cut off: it should have 11 bytes, found 10")
  }

  @Test func theCacheHoldsNothingButMNISTItself() throws {
    var world = MemoryWorld(files: mnistLike(folder: "/cache/mnist"))
    world.cacheFolder = "/cache"
    let found = problem { () throws(Problem) in try mnist(["else": stub()]).load(world) }
    #expect(
      found.message
        == "'/cache/mnist/train-images-idx3-ubyte' is not MNIST's: it should hold 47040016 bytes, "
        + "found 2368")
    #expect(found.help == "delete the file: the next run fetches it again")
    world.files["/cache/mnist/train-images-idx3-ubyte"] = idx(
      [60_000, 28, 28], [UInt8](repeating: 0, count: 47_040_000))
    let zeros = problem { () throws(Problem) in try mnist().load(world) }
    #expect(zeros.message.contains("the CRC-32 of its content should be e9f4d8b3, found "))
  }

  @Test func aLabelOutsideTheClassesIsNamed() {
    var world = MemoryWorld(files: mnistLike(folder: "here"))
    world.files["here/t10k-labels-idx1-ubyte"] = idx([2], [3, 11])
    let found = problem { () throws(Problem) in try mnist(["path": .text("here")]).load(world) }
    #expect(found.setting == "path")
    #expect(
      found.message == "label 11 of sample 2 in 'here/t10k-labels-idx1-ubyte' is not in 0 to 9")
  }

  @Test func otherSizesAreRefused() {
    var world = MemoryWorld(files: mnistLike(folder: "here"))
    world.files["here/t10k-images-idx3-ubyte"] = idx([2, 8, 8], noise(128))
    let found = problem { () throws(Problem) in try mnist(["path": .text("here")]).load(world) }
    #expect(
      found.message
        == "'here/t10k-images-idx3-ubyte' should hold images of 28x28, found sizes 2x8x8")
  }
}

@Suite struct MnistDownloadTests {
  @Test func eachServerIsAskedAndTheReasonsAreTold() {
    let world = MemoryWorld()
    let found = problem { () throws(Problem) in try mnist().load(world) }
    let urls = mirrors.map { $0 + "train-images-idx3-ubyte.gz" }
    #expect(world.log.events.requests == urls)
    #expect(found.kind == .missing)
    #expect(
      found.message
        == "no server gives MNIST: no answer from '\(urls[0])', no answer from '\(urls[1])'")
    for way in ["path \"…\"", "$MLPC_DATA/mnist", "$MLPC_MIRROR"] {
      #expect(found.help?.contains(way) == true)
    }
  }

  @Test func aMirrorReplacesTheServers() {
    let world = MemoryWorld(variables: ["MLPC_MIRROR": "http://mirror/m"])
    _ = problem { () throws(Problem) in try mnist().load(world) }
    #expect(world.log.events.requests == ["http://mirror/m/train-images-idx3-ubyte.gz"])
  }

  @Test func whatIsNotMNISTIsNeitherUsedNorKept() {
    var world = MemoryWorld()
    world.cacheFolder = "/cache"
    world.isWritable = true
    let urls = mirrors.map { $0 + "train-images-idx3-ubyte.gz" }
    world.downloads[urls[0]] = .success(Array("<html>".utf8))
    world.downloads[urls[1]] = .success(gzip(idx([1, 28, 28], noise(784))))
    let found = problem { () throws(Problem) in try mnist().load(world) }
    #expect(
      found.message
        == "no server gives MNIST: '\(urls[0])' is not an IDX file: it should begin with two zero "
        + "bytes, '\(urls[1])' is not MNIST's: it should hold 47040016 bytes, found 800")
    #expect(world.log.events.written.isEmpty)
    #expect(world.log.events.requests == urls)
  }

  @Test func withoutMNISTElseStandsInAloud() throws {
    let world = MemoryWorld()
    let data = try mnist(["else": stub()]).load(world)
    #expect(data.name == "stub")
    #expect(data.train.labels == [4])
    let notes = world.log.events.notes
    #expect(notes.count == 1)
    #expect(notes.first?.hasPrefix("MNIST can't be had: no server gives MNIST: no answer") == true)
    #expect(notes.first?.contains("using 'stub' instead") == true)
  }

  @Test func whatStandsInMustFit() {
    let found = problem { () throws(Problem) in
      try mnist(["else": stub(["shape": .size([8, 8])])])
    }
    #expect(found.setting == "else")
    #expect(
      found.message == "'stub' can't stand in for 'mnist': its samples are 8x8, not 28x28x1")
  }

  @Test(arguments: [
    ("first", Value.amount(.count(5))), ("validation", .portion(.last(.count(5)))),
    ("random_labels", .integer(2)),
  ]) func sharedSettingsBelongBeforeElse(name: String, value: Value) {
    let found = problem { () throws(Problem) in try mnist(["else": stub([name: value])]) }
    #expect(found.message == "'\(name)' has no effect behind 'else stub'")
  }

  @Test func elseHasNoEffectBesidesPath() {
    let found = problem { () throws(Problem) in
      try mnist(["else": stub(), "path": .text("here")])
    }
    #expect(found.setting == "else")
  }
}

/// MNIST itself, where this machine has it: `$MLPC_DATA/mnist`, or `shared/data/mnist` beside the
/// checkout.
private let realFolder: String? = {
  var places: [String] = []
  if let data = ProcessInfo.processInfo.environment["MLPC_DATA"] { places.append(data + "/mnist") }
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  places.append(root.deletingLastPathComponent().path + "/shared/data/mnist")
  let found = places.first {
    FileManager.default.fileExists(atPath: $0 + "/train-images-idx3-ubyte.gz")
  }
  if found == nil { print("MNIST is not on this machine: the tests of the real files are skipped") }
  return found
}()

@Suite(.enabled(if: realFolder != nil, "MNIST is not on this machine"))
struct RealMnistTests {
  static let names = [
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ]

  func files(in folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in Self.names {
      let url = URL(fileURLWithPath: try #require(realFolder)).appendingPathComponent(name)
      files[folder + name] = Array(try Data(contentsOf: url))
    }
    return files
  }

  func expectMNIST(_ data: Dataset) throws {
    #expect(data.train.count == 60_000)
    let test = try #require(data.test)
    #expect(test.count == 10_000)
    // Counted with Python's gzip and NumPy; the weights tell places apart.
    #expect(
      histogram(data.train) == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(histogram(test) == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    #expect(weightedSum(data.train) == 51_357_405_085_107)
    #expect(weightedSum(test) == 8_672_111_614_975)
  }

  func histogram(_ samples: Samples) -> [Int] {
    samples.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[Int($1)] += 1 }
  }

  /// Σ x_i · (i mod 65521 + 1)
  func weightedSum(_ samples: Samples) -> Int {
    guard case .bytes(let bytes) = samples.storage else { return 0 }
    return bytes.withUnsafeBufferPointer { x in
      var sum = 0
      for i in 0..<x.count { sum += Int(x[i]) * (i % 65_521 + 1) }
      return sum
    }
  }

  @Test func theFilesHoldWhatTheyShould() throws {
    let world = MemoryWorld(files: try files(in: "here/"))
    try expectMNIST(try mnist(["path": .text("here")]).load(world))
  }

  @Test func downloadsAreCheckedShownAndKept() throws {
    var world = MemoryWorld(variables: ["MLPC_MIRROR": "http://mirror/"])
    world.cacheFolder = "/cache"
    world.isWritable = true
    let files = try files(in: "http://mirror/")
    world.downloads = files.mapValues { .success($0) }
    try expectMNIST(try mnist().load(world))
    let events = world.log.events
    #expect(events.requests == Self.names.map { "http://mirror/" + $0 })
    for name in Self.names {
      #expect(events.written["/cache/mnist/" + name] == files["http://mirror/" + name])
    }
    #expect(events.notes.isEmpty)
    #expect(events.progress.contains { $0?.contains("[############............]") == true })
    #expect(events.progress.last == .some(nil))
    // The second time nothing is fetched.
    _ = try mnist().load(world)
    #expect(world.log.events.requests.count == 4)
  }

  @Test func aCacheThatCantBeWrittenIsNoted() throws {
    var world = MemoryWorld(variables: ["MLPC_MIRROR": "http://mirror/"])
    world.cacheFolder = "/cache"
    world.downloads = try files(in: "http://mirror/").mapValues { .success($0) }
    #expect(try mnist().load(world).train.count == 60_000)
    #expect(world.log.events.notes.count == 4)
    #expect(world.log.events.notes[0].hasPrefix("MNIST is not kept for the next run: '/cache"))
  }
}
