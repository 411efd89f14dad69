import MLPTensor
import Testing

@testable import MLPLibrary

@Suite("A PNG picture")
struct PNGReadingTests {
  /// A chunk with its checksum.
  static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    func word(_ n: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(n >> $0 & 0xFF) } }
    let checked = Array(name.utf8) + content
    return word(content.count) + checked + word(Int(Gzip.crc32(of: checked)))
  }

  /// A file of these rows, each with its filter's number before it, packed by gzip's deflate.
  static func file(
    _ width: Int, _ height: Int, depth: UInt8, colour: UInt8, rows: [UInt8],
    extra: [UInt8] = [], interlaced: UInt8 = 0
  ) -> [UInt8] {
    func word(_ n: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(n >> $0 & 0xFF) } }
    let header = word(width) + word(height) + [depth, colour, 0, 0, interlaced]
    return PNG.signature + chunk("IHDR", header) + extra + chunk("IDAT", zlib(rows))
      + chunk("IEND", [])
  }

  /// A zlib stream of stored blocks (RFC 1950 and 1951), written by hand.
  static func zlib(_ content: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var (a, b) = (1, 0)
    for byte in content {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let count = content.count
    precondition(count < 65536)
    stream += [
      1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255),
    ]
    return stream + content + [UInt8(b >> 8), UInt8(b & 255), UInt8(a >> 8), UInt8(a & 255)]
  }

  private func read(_ file: [UInt8]) throws(Problem) -> PNG.Decoded {
    try PNG.read(file, name: "a.png")
  }

  @Test("that the writer made is read back", arguments: [Pixels.Kind.grey, .rgb])
  func roundTrip(_ kind: Pixels.Kind) throws {
    let count = 57 * 31 * (kind == .grey ? 1 : 3)
    let random = Random(seed: 1, purpose: .test)
    for smooth in [false, true] {
      let bytes = (0..<count).map {
        smooth ? UInt8($0 / 9 % 250) : UInt8(random.integer($0, below: 256))
      }
      let pixels = Pixels(width: 57, height: 31, kind: kind, bytes: bytes)
      let decoded = try read(PNG.file(of: pixels))
      #expect(decoded.pixels == pixels)
      #expect(decoded.alpha == nil)
    }
  }

  /// Worked out by hand from section 9 of the standard.
  @Test("is freed of each of the five filters")
  func filters() throws {
    let rows: [UInt8] = [
      // As it is.
      0, 10, 20, 30,
      // From the left: 5, 10, 15.
      1, 5, 5, 5,
      // From above: 6, 12, 18.
      2, 1, 2, 3,
      // From the mean of left and above: 3 + 7, (10 + 12)/2 + 1 and (12 + 18)/2 + 1.
      3, 7, 1, 1,
      // From Paeth's neighbour: above, 10; of 11, 12 and 10 the nearest to 13, 12; of 13, 16 and 12 that to 17, 16.
      4, 1, 1, 1,
    ]
    let decoded = try read(Self.file(3, 5, depth: 8, colour: 0, rows: rows))
    #expect(
      decoded.pixels.bytes == [10, 20, 30, 5, 10, 15, 6, 12, 18, 10, 12, 16, 11, 13, 17])
  }

  @Test("of any depth comes out with 8 bits")
  func depths() throws {
    func bytes(_ depth: UInt8, _ row: [UInt8], width: Int) throws -> [UInt8] {
      try read(Self.file(width, 1, depth: depth, colour: 0, rows: [0] + row)).pixels.bytes
    }
    #expect(try bytes(1, [0b1010_0000], width: 3) == [255, 0, 255])
    #expect(try bytes(2, [0b0001_1011], width: 4) == [0, 85, 170, 255])
    #expect(try bytes(4, [0x0F, 0x80], width: 3) == [0, 255, 136])
    #expect(try bytes(8, [7, 200], width: 2) == [7, 200])
    #expect(try bytes(16, [0xFF, 0xFF, 0x80, 0x00, 0x00, 0x7F], width: 3) == [255, 128, 0])
  }

  @Test("has colours, a palette and transparency where it says so")
  func colours() throws {
    let rgb = try read(Self.file(1, 1, depth: 8, colour: 2, rows: [0, 1, 2, 3]))
    #expect(rgb.pixels == Pixels(width: 1, height: 1, kind: .rgb, bytes: [1, 2, 3]))
    let rgba = try read(Self.file(1, 1, depth: 8, colour: 6, rows: [0, 1, 2, 3, 4]))
    #expect(rgba.pixels.bytes == [1, 2, 3] && rgba.alpha == [4])
    let greyAlpha = try read(Self.file(1, 1, depth: 16, colour: 4, rows: [0, 255, 255, 128, 0]))
    #expect(greyAlpha.pixels.bytes == [255] && greyAlpha.alpha == [128])
    let palette = try read(
      Self.file(
        4, 1, depth: 2, colour: 3, rows: [0, 0b0001_1000],
        extra: Self.chunk("PLTE", [9, 8, 7, 6, 5, 4, 3, 2, 1]) + Self.chunk("tRNS", [50])))
    #expect(palette.pixels.bytes == [9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7])
    #expect(palette.alpha == [50, 255, 255, 50])
    let key = try read(
      Self.file(2, 1, depth: 8, colour: 0, rows: [0, 3, 4], extra: Self.chunk("tRNS", [0, 4])))
    #expect(key.alpha == [255, 0])
  }

  /// Packs numbers as rows of the standard's section 7.2, each with the filter 0 before it.
  private static func rows(_ numbers: [[Int]], depth: Int) -> [UInt8] {
    numbers.flatMap { row -> [UInt8] in
      var bits = row.flatMap { number in (0..<depth).reversed().map { number >> $0 & 1 } }
      bits += [Int](repeating: 0, count: -bits.count & 7)
      return [0]
        + stride(from: 0, to: bits.count, by: 8).map { start in
          UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
        }
    }
  }

  @Test("is the same interlaced, of any size, colour type and depth")
  func interlacing() throws {
    // Which pass a pixel belongs to: the pattern of the standard's section 8.2, eight by eight.
    let pattern = [
      "16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656",
      "77777777",
    ].map { $0.map { Int(String($0)) ?? 0 } }
    let kinds: [(colour: UInt8, channels: Int, depths: [Int])] = [
      (0, 1, [1, 2, 4, 8, 16]), (2, 3, [8, 16]), (3, 1, [1, 2, 4, 8]), (4, 2, [8, 16]),
      (6, 4, [8, 16]),
    ]
    let random = Random(seed: 3, purpose: .test)
    var drawn = 0
    for (colour, channels, depths) in kinds {
      for depth in depths {
        let palette = (0..<3 << depth).map { UInt8($0 * 7 & 255) }
        let extra = colour == 3 ? Self.chunk("PLTE", palette) : []
        for (width, height) in [(1, 1), (2, 1), (1, 9), (5, 3), (8, 8), (9, 17), (33, 2)] {
          let picture = (0..<height).map { _ in
            (0..<width).map { _ in
              (0..<channels).map { _ in
                drawn += 1
                return random.integer(drawn, below: 1 << depth)
              }
            }
          }
          let passes = (1...7).map { pass in
            picture.enumerated().map { y, row in
              row.enumerated().filter { pattern[y % 8][$0.offset % 8] == pass }.flatMap {
                $0.element
              }
            }.filter { !$0.isEmpty }
          }
          let plain = try read(
            Self.file(
              width, height, depth: UInt8(depth), colour: colour,
              rows: Self.rows(picture.map { $0.flatMap { $0 } }, depth: depth), extra: extra))
          let interlaced = try read(
            Self.file(
              width, height, depth: UInt8(depth), colour: colour,
              rows: passes.flatMap { Self.rows($0, depth: depth) }, extra: extra, interlaced: 1))
          #expect(interlaced == plain, "\(width)x\(height), colour \(colour), \(depth) bits")
        }
      }
    }
  }

  @Test("is refused with its name and the reason where it is faulty")
  func faults() {
    let good = Self.file(2, 2, depth: 8, colour: 0, rows: [0, 1, 2, 0, 3, 4])
    func message(_ file: [UInt8]) -> String {
      problem { () throws(Problem) in try read(file) }.message
    }
    #expect(message([1, 2, 3]).contains("not a PNG file"))
    #expect(message(Array(good.dropLast(6))).contains("cut off"))
    var damaged = good
    damaged[20] ^= 1
    #expect(message(damaged).contains("CRC-32"))
    #expect(
      message(Self.file(2, 2, depth: 8, colour: 0, rows: [0, 1, 2])).contains(
        "of 2 rows it holds 1"))
    #expect(
      message(Self.file(2, 1, depth: 8, colour: 0, rows: [0, 1, 2, 3])).contains("don't end after"))
    #expect(message(Self.file(1, 1, depth: 8, colour: 0, rows: [5, 1])).contains("no filter 5"))
    #expect(message(Self.file(1, 1, depth: 3, colour: 0, rows: [0, 1])).contains("colour type 0"))
    #expect(message(Self.file(1, 1, depth: 8, colour: 3, rows: [0, 1])).contains("no palette"))
    #expect(
      message(
        Self.file(1, 1, depth: 8, colour: 3, rows: [0, 1], extra: Self.chunk("PLTE", [1, 2, 3]))
      ).contains("colour 1 is not among the 1"))
    // Two by two pixels come in three passes of one row each.
    #expect(
      message(Self.file(2, 2, depth: 8, colour: 0, rows: [0, 1, 0, 2], interlaced: 1)).contains(
        "of 3 rows it holds 2"))
    #expect(
      message(Self.file(2, 2, depth: 8, colour: 0, rows: [0, 1], interlaced: 2)).contains(
        "interlace method"))
    #expect(
      message(Self.file(1, 1, depth: 8, colour: 0, rows: [0, 1], extra: Self.chunk("ABCD", [])))
        .contains("'ABCD'"))
    #expect(
      message(Self.file(60_000, 60_000, depth: 8, colour: 0, rows: [0])).contains("there may be"))
    #expect(
      message(Self.file(8000, 8000, depth: 16, colour: 6, rows: [0])).contains("can hold"))
  }

  @Test("keeps its mean when it is scaled, and single pixels where the factor is whole")
  func scaling() {
    let small = Pixels(width: 2, height: 2, kind: .grey, bytes: [0, 40, 80, 120])
    let large = small.scaled(width: 6, height: 4)
    #expect(Array(large.row(1)) == [0, 0, 0, 40, 40, 40])
    #expect(large.scaled(width: 2, height: 2) == small)
    #expect(small.scaled(width: 1, height: 1).bytes == [60])
    let odd = Pixels(width: 3, height: 1, kind: .rgb, bytes: [0, 9, 90, 30, 9, 90, 60, 9, 90])
    // Each new pixel covers one and a half old ones.
    #expect(odd.scaled(width: 2, height: 1).bytes == [10, 9, 90, 50, 9, 90])
  }

  @Test("becomes grey by BT.601, and lies on black where it is transparent")
  func conversions() {
    let colours = Pixels(width: 3, height: 1, kind: .rgb, bytes: [255, 0, 0, 0, 255, 0, 0, 0, 255])
    #expect(colours.grey.bytes == [76, 150, 29])
    let grey = Pixels(width: 2, height: 1, kind: .grey, bytes: [100, 200])
    #expect(grey.coloured.grey == grey)
    #expect(grey.inverted.bytes == [155, 55])
    #expect(grey.onBlack([255, 0]).bytes == [100, 0])
  }
}
