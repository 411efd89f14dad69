import Foundation
import Testing

/// Faulty data and impossible networks: one diagnostic at the setting at fault, the right code, no trap.
@Suite struct HostileDataTests {
  struct Case: CustomTestStringConvertible {
    let title: String
    let data: String
    let status: Int32
    let message: String
    /// The text that the diagnostic underlines; it may be any word of the spec.
    let place: String
    var net = "fc 4 3 -> relu -> fc 2 -> softmax_ce"

    var testDescription: String { title }
  }

  static let tables = [
    table("no file", "gone.csv", 66, "there is no file 'gone.csv'"),
    table("a folder", "folder", 74, "'folder' is a folder, not a file"),
    table("a device", "/dev/null", 74, "'/dev/null' is a device, not a file"),
    table("nothing", "empty", 65, "'empty' is empty"),
    table("a header only", "header.csv", 65, "'header.csv' has a header but no rows"),
    table(
      "a word", "word.csv", 65, "'word.csv', line 3, column 2: expected a number, found 'four'"),
    table("no value", "missing.csv", 65, "'missing.csv', line 3, column 2: a value is missing"),
    table("no label", "label.csv", 65, "'label.csv', line 2, column 5: the label is missing"),
    table(
      "too few fields", "few.csv", 65,
      "'few.csv', line 3, column 2: the row ends here, but 5 fields are expected"),
    table(
      "too many fields", "many.csv", 65,
      "'many.csv', line 2, column 5: the row should end here, after 5 fields"),
    table("bytes that are no text", "bytes.csv", 65, "'bytes.csv', line 2, column 1: expected a"),
    Case(
      title: "an unknown column", data: "csv path \"good.csv\" label z", status: 65,
      message: "'good.csv' has no column named 'z'", place: "z"),
    Case(
      title: "another size", data: "csv path \"good.csv\" label k", status: 65,
      message: "the network takes 7 inputs, but a sample has 4 numbers", place: "fc 7 3",
      net: "fc 7 3 -> fc 2 -> softmax_ce"),
    Case(
      title: "all rows for the test", data: "csv path \"good.csv\" label k test last 2", status: 65,
      message: "'test' takes 2 of 2 training samples and leaves none to train on", place: "last 2"),
    Case(
      title: "more samples than there are", data: "csv path \"good.csv\" label k first 3",
      status: 65,
      message: "the first 3 training samples are asked for, but there are 2", place: "3"),
  ]

  static let grids = [
    grid("a gzip file that is cut off", "cut.gz", 65, "'cut.gz' is cut off"),
    grid("a gzip file with a wrong CRC", "crc.gz", 65, "'crc.gz' is damaged: the CRC-32 of"),
    grid(
      "a wrong magic number", "magic.idx", 65,
      "'magic.idx' is not an IDX file: it should begin with two zero bytes"),
    grid("too few pixels", "short.idx", 65, "'short.idx' is cut off: it should have 32 bytes"),
    grid("no samples", "none.idx", 65, "'none.idx' holds no samples: its sizes are 0x2x2"),
    grid("a size beyond memory", "huge.idx", 65, "'huge.idx' states a size of 4294967295x"),
    grid("no bytes", "empty", 65, "'empty' is empty"),
    Case(
      title: "other numbers of samples and labels",
      data: "idx images \"good.idx\" labels \"label.idx\"", status: 65,
      message: "'label.idx' holds 1 labels for the 4 samples of 'good.idx'", place: "\"label.idx\""
    ),
    Case(
      title: "label 11 of 10 classes",
      data: "idx images \"good.idx\" labels \"eleven.idx\" classes 10", status: 65,
      message: "label 11 of sample 3 in 'eleven.idx' is not in 0 to 9", place: "\"eleven.idx\"",
      net: "fc 4 3 -> relu -> fc 10 -> softmax_ce"),
    Case(
      title: "label 11 of as many classes as there are",
      data: "idx images \"good.idx\" labels \"eleven.idx\"", status: 65,
      message: "the network tells 10 classes apart, but the data have 12", place: "fc 10",
      net: "fc 4 3 -> relu -> fc 10 -> softmax_ce"),
    Case(
      title: "another sample size", data: "idx images \"good.idx\" labels \"labels.idx\"",
      status: 65, message: "the network takes 784 inputs, but a sample has 4 numbers",
      place: "fc 784 3", net: "fc 784 3 -> fc 2 -> softmax_ce"),
    Case(
      title: "a folder without MNIST", data: "mnist path \"folder\"", status: 66,
      message: "'folder' has no 'train-images-idx3-ubyte', with or without '.gz'",
      place: "\"folder\"", net: "fc 10 -> softmax_ce"),
  ]

  private static func table(
    _ title: String, _ file: String, _ status: Int32, _ message: String
  ) -> Case {
    Case(
      title: title, data: "csv path \"\(file)\" label k", status: status, message: message,
      place: "\"\(file)\"")
  }

  private static func grid(
    _ title: String, _ file: String, _ status: Int32, _ message: String
  ) -> Case {
    Case(
      title: title, data: "idx images \"\(file)\" labels \"labels.idx\"", status: status,
      message: message, place: "\"\(file)\"")
  }

  @Test(arguments: tables + grids) func hasOneDiagnosticAtItsPlace(_ example: Case) throws {
    let scratch = try Scratch()
    try writeData(scratch)
    let spec = "net \(example.net)\ndata \(example.data)\nsolver sgd lr 0.1\ntrain epochs 1\n"
    try scratch.write("s.mlp", spec)
    let found = try Program.run(["run", "s.mlp", "--json"], in: scratch.url)
    #expect(found.status == example.status)
    try #require(found.lines.count == 1, "\(found.stdout)")
    let diagnostic = try object(found.lines.first)
    let message = try #require(diagnostic["message"] as? String)
    #expect(message.hasPrefix(example.message), "\(message)")
    #expect(underlined(diagnostic, in: spec) == example.place)
    let shown = try Program.run(["run", "s.mlp"], in: scratch.url)
    #expect(shown.status == example.status)
    #expect(shown.stdout.isEmpty)
    #expect(shown.stderr.contains(message))
    #expect(shown.stderr.hasSuffix("\n1 error\n"))
  }

  private func underlined(_ diagnostic: [String: Any], in spec: String) -> String? {
    guard let span = diagnostic["span"] as? [String: [String: Int]],
      let line = span["start"]?["line"], let start = span["start"]?["column"],
      let end = span["end"]?["column"]
    else { return nil }
    let text = spec.split(separator: "\n", omittingEmptySubsequences: false)[line - 1]
    return String(text.prefix(end - 1).dropFirst(start - 1))
  }

  private func writeData(_ scratch: Scratch) throws {
    let head = "a,b,c,d,k\n"
    let row = "1,2,3,4,0\n"
    try scratch.write("good.csv", head + row + "4,3,2,1,1\n")
    try scratch.write("header.csv", head)
    try scratch.write("word.csv", head + row + "3,four,5,6,1\n")
    try scratch.write("missing.csv", head + row + "3,,5,6,1\n")
    try scratch.write("label.csv", head + "1,2,3,4,\n")
    try scratch.write("few.csv", head + row + "3,4\n")
    try scratch.write("many.csv", head + "1,2,3,4,5,6\n")
    try scratch.write(
      "bytes.csv", Array(head.utf8) + [0xFF, 0x1B, 0x00] + Array(",2,3,4,0\n".utf8))
    try scratch.write("folder/file", "")
    try scratch.write("empty", "")
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2]
    let pixels = (0..<16).map { UInt8($0 * 16) }
    try scratch.write("good.idx", header + pixels)
    try scratch.write("magic.idx", [0x12, 0x34] + header.dropFirst(2) + pixels)
    try scratch.write("short.idx", header + pixels.dropLast(3))
    try scratch.write("none.idx", header[..<4] + [0, 0, 0, 0] + header[8...])
    try scratch.write("huge.idx", header[..<4] + [UInt8](repeating: 0xFF, count: 12))
    try scratch.write("labels.idx", [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1])
    try scratch.write("label.idx", [0, 0, 8, 1, 0, 0, 0, 1, 0])
    try scratch.write("eleven.idx", [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 11, 1])
    try scratch.write("crc.gz", stored(header + pixels, checksum: 0))
    try scratch.write("cut.gz", stored(header + pixels, checksum: 0).dropLast(20))
  }

  /// A gzip file with one stored block (RFC 1951, 1952).
  private func stored(_ bytes: [UInt8], checksum: UInt8) -> [UInt8] {
    let count = UInt8(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, count, 0, ~count, 0xFF] + bytes
      + [checksum, checksum, checksum, checksum, count, 0, 0, 0]
  }

  @Test func aNetworkBeyondAllMeasureIsRefusedAtOnce() throws {
    let found = try run(
      "net fc 2 1000000 -> fc 1000000 1000000 -> fc 2 -> softmax_ce\ndata toy xor\n"
        + "solver sgd lr 1\n")
    #expect(found.status == 65)
    #expect(found.stderr.contains("parameters, more than 1 000 000 000"))
    #expect(found.stderr.contains("--> s.mlp:1:21"))
    #expect(found.stderr.hasSuffix("\n1 error\n"))
  }

  @Test func aBatchLargerThanTheDataIsAllOfThem() throws {
    let overlay = ["--with", "data validation none"]
    let larger = try result(smallSpec, overlay + ["--with", "train batch 100000"])
    let same = try result(smallSpec, overlay + ["--with", "train batch 500"])
    #expect(larger["weights_hash"] as? String == same["weights_hash"] as? String)
  }

  @Test func aFileThatCantBeReadIsAnError() throws {
    guard FileManager.default.fileExists(atPath: "/proc/self/mem") else { return }
    let found = try run(
      "fc 2 2 -> softmax_ce\ndata csv path \"/proc/self/mem\" label 1\nsolver sgd lr 1\n")
    #expect(found.status == 74)
    #expect(found.stderr.contains("'/proc/self/mem' can't be read: "))
    #expect(found.stderr.contains("--> s.mlp:2:15"))
  }

  @Test func aLossThatRunsAwayStaysInItsColumn() throws {
    let found = try run(smallSpec, ["--with", "solver lr 1e6"])
    #expect(found.status == 0 || found.status == 76)
    let row = found.lines.first { $0.hasPrefix("      1") }
    #expect(row?.split(separator: " ").count == 7, "\(found.stdout)")
  }
}
