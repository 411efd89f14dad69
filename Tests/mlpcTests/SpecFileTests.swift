import Foundation
import MLPLibrary
import MLPTestSupport
import Testing

/// The specs that come with the program, and the data beside them.
@Suite struct SpecFileTests {
  @Test(arguments: ["digits", "toy", "csv", "idx"])
  func smallOnesReachWhatTheyExpect(name: String) throws {
    let found = try Program.run(["run", "specs/\(name).mlp", "--no-out"])
    #expect(found.status == 0, "\(found.stdout)\(found.stderr)")
    #expect(found.stdout.contains("  met\n"))
  }

  @Test func eachIsFaultless() throws {
    let folder = Program.root.appendingPathComponent("specs").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".mlp") }.sorted()
    #expect(names.count >= 7)
    let found = try Program.run(["check"] + names.map { "specs/\($0)" })
    #expect(found.status == 0, "\(found.stderr)")
  }

  @Test func pathsBeginAtTheSpecsFolder() throws {
    let scratch = try Scratch()
    try scratch.write("in/data/t.csv", "a,b,k\n1,2,0\n2,1,1\n")
    let spec = "fc 2 2 -> softmax_ce\ndata csv path \"data/t.csv\" label k\nsolver sgd lr 0.1\n"
    let file = try scratch.write("in/s.mlp", spec).path
    #expect(try Program.run(["run", file, "--no-out"], in: Program.root).status == 0)
    #expect(try Program.run(["run", "in/s.mlp"], in: scratch.url).status == 0)
    #expect(
      try Program.run(["run", "s.mlp"], in: scratch.url.appendingPathComponent("in")).status == 0)
    // As messages name them, files are found from the current folder.
    try scratch.write("in/s.mlp", spec.replacingOccurrences(of: "t.csv", with: "u.csv"))
    let found = try Program.run(["run", "in/s.mlp"], in: scratch.url)
    #expect(found.stderr.contains("there is no file 'in/data/u.csv'"))
  }

  @Test func pathsOfTheEnvironmentBeginAtTheCurrentFolder() throws {
    let scratch = try Scratch()
    // One of the four files is a mistake; that it is found is enough.
    try scratch.write("data/mnist/train-images-idx3-ubyte", [0, 0, 8, 3])
    try scratch.write("in/s.mlp", "fc 10 -> softmax_ce\ndata mnist\nsolver sgd lr 0.1\n")
    let found = try Program.run(
      ["run", "in/s.mlp"], environment: ["MLPC_DATA": "data"], in: scratch.url)
    #expect(found.status == 65)
    #expect(found.stderr.contains("'data/mnist/train-images-idx3-ubyte' is cut off"))
  }

  // MARK: The data beside them

  @Test func theImagesAreTheGenerators() throws {
    let drawn = try digits()
    try expect("digits-images.idx.gz", "digits-labels.idx", are: drawn.train)
    try expect("digits-test-images.idx.gz", "digits-test-labels.idx", are: try #require(drawn.test))
  }

  private func expect(_ images: String, _ labels: String, are samples: Samples) throws {
    guard case .bytes(let pixels) = samples.storage else { return #expect(Bool(false)) }
    let found = try IDXFile(bytes(images), name: images, limit: 1 << 20)
    #expect(found.sizes == [samples.count, 28, 28])
    #expect(found.body == pixels)
    let classes = try IDXFile(bytes(labels), name: labels, limit: 1 << 20)
    #expect(classes.body.map { Int32($0) } == samples.labels)
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Program.root.appendingPathComponent("specs/data/\(name)")))
  }

  /// `data digits count 300 test 100`
  private func digits() throws -> Dataset {
    var values = Values()
    for setting in Digits.schema.settings {
      if case .value(let value) = setting.default { values[setting.name] = value }
    }
    values["count"] = .integer(300)
    values["test"] = .integer(100)
    return try Digits(values).load(MemoryWorld())
  }

  /// The rule in csv.mlp's head.
  @Test func theLeavesFollowTheirRule() throws {
    var text = "leaf length,leaf width,stalk length,veins,tree\n"
    for k in 0..<150 {
      let c = k % 3
      let u = [2.0, 3, 5, 7].map {
        (Double(k + 1) * $0.squareRoot()).truncatingRemainder(dividingBy: 1)
      }
      let size = 0.7 + 0.6 * u[0]
      let length = [5, 6.5, 8][c] * size
      let width = length * ([0.8, 0.6, 0.5][c] + 0.2 * (u[1] - 0.5))
      let stalk = [1.2, 1.8, 3][c] * size * (0.8 + 0.4 * u[2])
      let veins = [6, 8, 9][c] + Int(4 * u[3])
      text += [length, width, stalk].map { Format.fixed($0, 2) + "," }.joined()
      text += "\(veins),\(["alder", "birch", "cherry"][c])\n"
    }
    #expect(text == String(decoding: try bytes("leaves.csv"), as: UTF8.self))
  }
}
