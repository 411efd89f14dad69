import CZlib

/// The PNG format (ISO/IEC 15948); it is written with 8 bits a channel, not interlaced.
package enum PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// A whole file. The pixels are the same everywhere; how small they are packed is the system's zlib's
  /// matter.
  package static func file(of pixels: Pixels) -> [UInt8] {
    if let indexed = IndexedPixels(pixels) {
      return file(
        pixels, colourType: 3, palette: indexed.palette,
        rows: indexed.rows.flatMap { [0] + $0 })
    }
    return file(
      pixels, colourType: pixels.kind == .grey ? 0 : 2, palette: nil, rows: filtered(pixels))
  }

  private static func file(
    _ pixels: Pixels, colourType: UInt8, palette: [UInt8]?, rows: [UInt8]
  ) -> [UInt8] {
    let header = bigEndian(pixels.width) + bigEndian(pixels.height) + [8, colourType, 0, 0, 0]
    return signature + chunk("IHDR", header) + (palette.map { chunk("PLTE", $0) } ?? [])
      + chunk("IDAT", deflated(rows)) + chunk("IEND", [])
  }

  private static func bigEndian(_ n: Int) -> [UInt8] {
    let word = UInt32(n)
    return stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    return bigEndian(content.count) + checked + bigEndian(Int(Gzip.crc32(of: checked)))
  }

  // MARK: Filters

  /// Each row with the number of its filter before it: of none, left and above the one whose differences are
  /// least in sum (section 12.8).
  private static func filtered(_ pixels: Pixels) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(pixels.bytes.count + pixels.height)
    var above = [UInt8](repeating: 0, count: pixels.width * pixels.channels)
    for row in 0..<pixels.height {
      let bytes = Array(pixels.row(row))
      let candidates: [(number: UInt8, bytes: [UInt8])] = [
        (0, bytes), (1, differences(bytes, fromLeft: pixels.channels)),
        (2, zip(bytes, above).map { $0 &- $1 }),
      ]
      let best = candidates.min { cost($0.bytes) < cost($1.bytes) } ?? candidates[0]
      result.append(best.number)
      result += best.bytes
      above = bytes
    }
    return result
  }

  private static func differences(_ bytes: [UInt8], fromLeft distance: Int) -> [UInt8] {
    bytes.indices.map { $0 < distance ? bytes[$0] : bytes[$0] &- bytes[$0 - distance] }
  }

  /// The sum of the bytes' distances from 0, taken as signed.
  private static func cost(_ bytes: [UInt8]) -> Int {
    bytes.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
  }

  // MARK: Deflate

  /// A zlib stream (RFC 1950). zlib's highest level would take six times as long for a hundredth of the bytes.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let bound = Int(compressBound(UInt(bytes.count)))
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, filled in
      var size = UInt(bound)
      let status = compress2(
        buffer.baseAddress, &size, bytes, UInt(bytes.count), Z_DEFAULT_COMPRESSION)
      precondition(status == Z_OK, "there is no memory left to pack a picture")
      filled = Int(size)
    }
  }
}

/// A coloured picture of at most 256 colours: a third of the bytes, and rows that repeat are found.
private struct IndexedPixels {
  /// Three bytes a colour, in the order in which they are met.
  private(set) var palette: [UInt8] = []
  private(set) var rows: [[UInt8]] = []

  /// nil where it is grey, or has more colours.
  init?(_ pixels: Pixels) {
    guard pixels.kind == .rgb else { return nil }
    var numbers: [UInt32: UInt8] = [:]
    for row in 0..<pixels.height {
      let bytes = Array(pixels.row(row))
      var indices = [UInt8](repeating: 0, count: pixels.width)
      for x in 0..<pixels.width {
        let colour = bytes[3 * x..<3 * x + 3]
        let key = colour.reduce(0) { $0 << 8 | UInt32($1) }
        if let number = numbers[key] {
          indices[x] = number
          continue
        }
        guard let number = UInt8(exactly: numbers.count) else { return nil }
        numbers[key] = number
        palette += colour
        indices[x] = number
      }
      rows.append(indices)
    }
  }
}
