import Foundation
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary
@testable import MLPRun

/// Whatever bytes a file has, its reader answers: it neither traps nor hangs, and makes no more of them than they
/// hold. `MLPC_FUZZ=100000` gives each reader so many.
@Suite("Damaged files")
struct ReaderFuzzTests {
  private static let count =
    ProcessInfo.processInfo.environment["MLPC_FUZZ"].flatMap { Int($0) } ?? 300

  /// Gives `read` the mutated files one after the other.
  ///
  /// - Parameters:
  ///   - seed: one for each reader.
  ///   - mend: makes checksums right again, in every other file.
  ///   - read: reads a file, and says how many bytes it has made of it.
  private func fuzz(
    _ seed: UInt64, _ files: [[UInt8]], ratio: Int, mend: ([UInt8]) -> [UInt8] = { $0 },
    read: ([UInt8]) throws -> Int
  ) {
    for file in files {
      #expect(throws: Never.self, "the file as it was") { _ = try read(file) }
    }
    var refused = 0
    for number in 0..<Self.count {
      var mutation = Mutation(seed: seed, number: number)
      var file = mutation.mutated(files[number % files.count])
      if number % 2 == 0 { file = mend(file) }
      do {
        let made = try read(file)
        #expect(made <= ratio * max(file.count, 64), "input \(number) of seed \(seed)")
      } catch { refused += 1 }
    }
    #expect(refused > Self.count / 10 && refused < Self.count)
  }

  private static let digits = mnistImages(3)

  private static func mnistImages(_ count: Int) -> [UInt8] {
    [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 9, 0, 0, 0, 7]
      + (0..<count * 63).map { UInt8($0 % 251) }
  }

  @Test func idx() throws {
    let files = [Self.digits, [0, 0, 8, 1, 0, 0, 0, 4, 7, 8, 9, 10]]
    fuzz(1, files, ratio: 1) { try IDXFile($0, name: "f", limit: 1 << 30).body.count }
  }

  @Test func gzip() throws {
    let small = try Data(
      contentsOf: SourceFiles.root.appendingPathComponent("specs/data/digits-test-labels.idx"))
    let files = [
      Compressed.gzip(Self.digits), Compressed.gzip([UInt8](small)), Compressed.gzip([]),
    ]
    fuzz(2, files, ratio: 1032) { try Gzip.decompress($0, name: "f", limit: 1 << 24).count }
    fuzz(3, [files[0]], ratio: 1032) { try IDXFile($0, name: "f", limit: 1 << 30).body.count }
  }

  private static let tables = [
    "a,b,kind\n1,2.5,oak\n-3e2,4,\"elm\"\n5,6,oak\n", "1;0;2\n3;1;4\n", "x\ty\r\n1\t2\r\n0\t3\r\n",
  ].map { Array($0.utf8) }

  @Test func csv() throws {
    let layout = CSVTable.Layout(label: "3", hasHeader: true, separator: UInt8(ascii: ","))
    fuzz(4, [Self.tables[0]], ratio: 16) {
      try CSVTable($0, name: "f", layout: layout).features.count * 4
    }
    fuzz(5, Array(Self.tables.dropFirst()), ratio: 16) {
      try NumberTable($0, name: "f").numbers.count * 4
    }
  }

  @Test func png() throws {
    let grey = Pixels(width: 13, height: 9, kind: .grey, bytes: (0..<117).map { UInt8($0 * 2) })
    let files = [
      PNG.file(of: grey), PNG.file(of: grey.coloured), PNGSample.palette, PNGSample.deepAlpha,
      PNGSample.interlaced,
    ]
    fuzz(6, files, ratio: 8 * 1032, mend: PNGSample.mended) {
      let decoded = try PNG.read($0, name: "f")
      return decoded.pixels.grey.scaled(width: 5, height: 5).bytes.count
        + decoded.pixels.bytes.count + (decoded.alpha?.count ?? 0)
    }
  }

  private static let entries = [
    Safetensors.Entry("0.fc.weight", [2, 3], .floats([1, 2, 3, 4, 5, 6])),
    Safetensors.Entry("x", [2], .doubles([0.5, -1])), Safetensors.Entry("n", [], .integers([7])),
  ]

  @Test func safetensors() throws {
    var file = Safetensors()
    for entry in Self.entries { file.add(entry) }
    file.set("format", to: "é \"1\"\n")
    // Numbers of 16 bits become such of 32.
    let header =
      #"{"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"#
      + #""b":{"dtype":"BF16","shape":[1,2],"data_offsets":[6,10]}}"#
    let halves = SafetensorsTests.file(header) + (0..<10).map { UInt8(17 * $0) }
    fuzz(7, [file.bytes, halves], ratio: 2) {
      try Safetensors($0).entries.reduce(0) { $0 + $1.numbers.count * $1.numbers.type.width }
    }
  }

  @Test func npz() throws {
    let file = try NumPyArchive.bytes(of: Self.entries)
    func count(_ bytes: [UInt8]) throws -> Int {
      try NumPyArchive.entries(bytes, name: "f", limit: 1 << 30).reduce(0) {
        $0 + $1.numbers.count * 8
      }
    }
    fuzz(8, [file], ratio: 2 * 1032, read: count)
    // Behind the checksums: arrays that are damaged in an archive that is not.
    let array = try #require(try ZipArchive(file, name: "f", limit: 1 << 20).members.first).content
    fuzz(9, [array], ratio: 4) { try count(ZipArchive([.init("a.npy", $0)]).bytes()) }
  }

  @Test func json() throws {
    let text = #"{"a": [1, -2.5e3, true, null], "é\u00e9\ud83d\ude00": {"b": "x\n"}}"#
    fuzz(10, [Array(text.utf8)], ratio: 64) {
      _ = try JSON.parse($0); return 0
    }
  }

  /// A model's file: what the metadata say is checked before anything is made by it.
  @Test func models() throws {
    let run = KeptRun(
      "fc 2 3 -> batchnorm -> relu -> fc 2 -> softmax_ce\ndata toy ellipse count 20 test 10\n"
        + "solver sgd lr 0.1\ntrain batch 10 epochs 1")
    _ = try run.run()
    let file = try run.world.read("runs/test/model.safetensors")
    var world = MemoryWorld()
    var refused = 0
    for number in 0..<Self.count / 10 {
      var mutation = Mutation(seed: 11, number: number)
      world.files["m"] = mutation.mutated(file)
      do { _ = try SavedModel("m", in: world) } catch { refused += 1 }
    }
    #expect(refused > 0)
  }
}

/// Changes a file here and there, the same way for the same numbers.
struct Mutation {
  private let random: Random
  private var drawn = 0

  init(seed: UInt64, number: Int) {
    random = Random(seed: seed, purpose: .test, stream: UInt64(number))
  }

  private mutating func below(_ count: Int) -> Int {
    drawn += 1
    return random.integer(drawn, below: max(1, count))
  }

  /// Bytes at which readers go wrong.
  private static let bytes: [UInt8] = [
    0, 1, 9, 0x20, 0x22, 0x2C, 0x2D, 0x39, 0x7F, 0x80, 0xFE, 0xFF,
  ]

  mutating func mutated(_ file: [UInt8]) -> [UInt8] {
    var file = file
    for _ in 0...below(4) { change(&file) }
    return file
  }

  private mutating func change(_ file: inout [UInt8]) {
    guard !file.isEmpty else { return file.append(UInt8(below(256))) }
    // Headers, at the front, are where it matters most.
    let place = below(2) == 0 ? below(min(file.count, 40)) : below(file.count)
    switch below(8) {
    case 0: file[place] ^= 1 << UInt8(below(8))
    case 1: file[place] = Self.bytes[below(Self.bytes.count)]
    case 2: file[place] = UInt8(below(256))
    case 3:
      let byte = Self.bytes[below(Self.bytes.count)]
      for index in place..<min(place + 4, file.count) { file[index] = byte }
    case 4: file.removeSubrange(place..<min(place + 1 + below(8), file.count))
    case 5: file.insert(contentsOf: (0...below(8)).map { _ in UInt8(below(256)) }, at: place)
    case 6:
      file.insert(
        contentsOf: file[place..<min(place + below(40), file.count)], at: below(file.count))
    default: file.removeLast(below(file.count))
    }
  }
}

/// PNG files that our writer doesn't make.
enum PNGSample {
  /// 4 bits, two colours, one of them transparent.
  static let palette = file(
    depth: 4, colour: 3, width: 3, height: 2, rows: [0, 0x01, 0x10, 1, 0x10, 0x00],
    extra: chunk("PLTE", [9, 8, 7, 6, 5, 4]) + chunk("tRNS", [0]))
  /// 16 bits, grey with alpha.
  static let deepAlpha = file(
    depth: 16, colour: 4, width: 1, height: 2, rows: [4, 1, 2, 3, 4, 3, 9, 9, 9, 9])

  /// 2 bits, grey, in seven passes of 1, 1, 1, 2, 1, 3 and 2 rows.
  static let interlaced = file(
    depth: 2, colour: 0, width: 5, height: 5,
    rows: [
      0, 0x40, 0, 0x80, 0, 0xF0, 1, 0x40, 2, 0x10, 0, 0xE4, 4, 0x90, 0, 0x70, 3, 0x20, 0, 0x1B,
      0xC0, 1, 0x10, 0x40,
    ], interlaced: 1)

  private static func file(
    depth: UInt8, colour: UInt8, width: UInt8, height: UInt8, rows: [UInt8], extra: [UInt8] = [],
    interlaced: UInt8 = 0
  ) -> [UInt8] {
    let header: [UInt8] = [0, 0, 0, width, 0, 0, 0, height, depth, colour, 0, 0, interlaced]
    return PNG.signature + chunk("IHDR", header) + extra + chunk("IDAT", Compressed.zlib(rows))
      + chunk("IEND", [])
  }

  private static func word(_ n: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(n >> $0 & 0xFF) } }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    return word(content.count) + checked + word(Int(Gzip.crc32(of: checked)))
  }

  /// The file with each chunk's checksum made right, as far as its chunks can be followed.
  static func mended(_ file: [UInt8]) -> [UInt8] {
    var file = file
    var place = 8
    while place + 12 <= file.count {
      let size = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = place + 8 + size
      guard end + 4 <= file.count else { break }
      let checksum = Gzip.crc32(of: Array(file[place + 4..<end]))
      file.replaceSubrange(end..<end + 4, with: word(Int(checksum)))
      place = end + 4
    }
    return file
  }
}

/// Deflated by hand: stored blocks, which are valid streams.
enum Compressed {
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(content.count & 255), UInt8(content.count >> 8))
    return [1, low, high, ~low, ~high] + content
  }

  static func zlib(_ content: [UInt8]) -> [UInt8] {
    var (a, b) = (1, 0)
    for byte in content {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    return [0x78, 1] + stored(content) + [
      UInt8(b >> 8), UInt8(b & 255), UInt8(a >> 8), UInt8(a & 255),
    ]
  }

  static func gzip(_ content: [UInt8]) -> [UInt8] {
    let checksum = Gzip.crc32(of: content)
    let trailer = [checksum, UInt32(content.count)].flatMap { number in
      [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + stored(content) + trailer
  }
}
