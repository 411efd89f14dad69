import Foundation
import Testing

@testable import MLPLibrary

@Suite("A PNG file")
struct PNGTests {
  private static let pictures: [Pixels] = [
    Pixels(width: 1, height: 1, kind: .grey, bytes: [7]),
    Pixels(width: 3, height: 2, kind: .rgb, bytes: Array(0..<18)),
    noise(width: 57, height: 31, kind: .grey), noise(width: 57, height: 31, kind: .rgb),
    stripes, colours(256), colours(257),
    Pixels(width: 2000, height: 1, kind: .rgb, filledWith: 255),
  ]

  private static func noise(width: Int, height: Int, kind: Pixels.Kind) -> Pixels {
    let count = width * height * (kind == .grey ? 1 : 3)
    var state: UInt32 = 1
    let bytes = (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    return Pixels(width: width, height: height, kind: kind, bytes: bytes)
  }

  /// As many pixels, each of another colour: 256 still fit a palette.
  private static func colours(_ count: Int) -> Pixels {
    var bytes: [UInt8] = []
    for colour in 0..<count { bytes += [UInt8(colour % 256), UInt8(colour / 256), 7] }
    return Pixels(width: count, height: 1, kind: .rgb, bytes: bytes)
  }

  /// Rows and columns that repeat, so that each filter is chosen somewhere.
  private static let stripes: Pixels = {
    var bytes: [UInt8] = []
    for y in 0..<40 {
      for x in 0..<40 {
        bytes.append(UInt8(y < 13 ? 5 * x : y < 26 ? (x * x + 7 * y) % 251 : 9))
      }
    }
    return Pixels(width: 40, height: 40, kind: .grey, bytes: bytes)
  }()

  @Test(
    "is read back by Python's zlib to the same pixels",
    .enabled(if: PythonReader.isThere, "python3 is not installed"), arguments: pictures.indices)
  func roundTrip(_ index: Int) throws {
    let pixels = Self.pictures[index]
    let read = try PythonReader.read(PNG.file(of: pixels))
    #expect(read.width == pixels.width && read.height == pixels.height)
    #expect(read.channels == pixels.channels)
    #expect(read.bytes == pixels.bytes)
  }

  @Test(
    "is not read where a byte is wrong: the reader of these tests looks at the checks",
    .enabled(if: PythonReader.isThere, "python3 is not installed"))
  func damage() throws {
    var file = PNG.file(of: Self.pictures[1])
    file[20] ^= 1
    #expect(throws: (any Error).self) { try PythonReader.read(file) }
  }

  @Test("of rows that repeat is small")
  func packing() {
    #expect(PNG.file(of: Pixels(width: 1000, height: 1000, kind: .rgb)).count < 10_000)
  }

  @Test("is filled only where it is told")
  func filling() {
    var pixels = Pixels(width: 3, height: 2, kind: .grey)
    pixels.fill(1, 0, 2, 1, [9])
    #expect(pixels.bytes == [0, 9, 9, 0, 0, 0])
  }
}

/// A PNG reader that shares nothing with the writer.
private enum PythonReader {
  static let path = "/usr/bin/python3"
  static let isThere = FileManager.default.isExecutableFile(atPath: path)

  struct Picture {
    let width: Int
    let height: Int
    let channels: Int
    let bytes: [UInt8]
  }

  struct Refusal: Error {}

  static func read(_ file: [UInt8]) throws -> Picture {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("mlpc-png-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("in.png")
    let output = folder.appendingPathComponent("out")
    try Data(file).write(to: input)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", script, input.path, output.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refusal() }
    let bytes = [UInt8](try Data(contentsOf: output))
    func number(_ place: Int) -> Int {
      bytes[4 * place..<4 * place + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    return Picture(
      width: number(0), height: number(1), channels: number(2), bytes: Array(bytes[12...]))
  }

  private static let script = """
    import struct, sys, zlib
    data = open(sys.argv[1], "rb").read()
    assert data[:8] == b"\\x89PNG\\r\\n\\x1a\\n"
    place, chunks = 8, []
    while place < len(data):
        size, = struct.unpack(">I", data[place:place + 4])
        name, body = data[place + 4:place + 8], data[place + 8:place + 8 + size]
        check, = struct.unpack(">I", data[place + 8 + size:place + 12 + size])
        assert zlib.crc32(name + body) == check, name
        chunks.append((name, body))
        place += 12 + size
    assert place == len(data) and chunks[-1] == (b"IEND", b"")
    width, height, depth, colour, packing, filtering, interlaced = \\
        struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    assert (depth, packing, filtering, interlaced) == (8, 0, 0, 0)
    step = {0: 1, 2: 3, 3: 1}[colour]
    raw = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    row = width * step
    assert len(raw) == height * (row + 1)
    out, above = bytearray(), bytearray(row)
    for y in range(height):
        kind, line = raw[y * (row + 1)], bytearray(raw[y * (row + 1) + 1:(y + 1) * (row + 1)])
        for x in range(row):
            left = line[x - step] if x >= step else 0
            line[x] = line[x] + [0, left, above[x]][kind] & 255
        out += line
        above = line
    if colour == 3:
        palette, step = dict(chunks)[b"PLTE"], 3
        out = b"".join(palette[3 * index:3 * index + 3] for index in out)
    open(sys.argv[2], "wb").write(struct.pack(">III", width, height, step) + out)
    """
}
