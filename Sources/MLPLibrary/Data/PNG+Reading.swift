extension PNG {
  /// A picture as a file has it, with 8 bits a channel.
  package struct Decoded: Equatable, Sendable {
    /// Grey, or colours where the file has them, looked up in its palette where it has one.
    package let pixels: Pixels
    /// How opaque each pixel is; nil where all are wholly.
    package let alpha: [UInt8]?
  }

  /// How many pixels a picture may have.
  package static let pixelLimit = 1 << 26

  package static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

  /// Reads a file of any colour type and bit depth, interlaced or not.
  ///
  /// Each chunk's checksum is looked at, and the size that is stated before anything is made by it. Numbers of 16
  /// bits are rounded to 8.
  ///
  /// - Parameter name: the file's, for messages.
  /// - Throws: `.data`.
  package static func read(_ bytes: [UInt8], name: String) throws(Problem) -> Decoded {
    let file = try PNGFile(bytes, name: name)
    var decoder = PNGDecoder(file, name: name)
    return try decoder.decoded()
  }
}

/// A PNG file taken apart into what its chunks say.
struct PNGFile {
  /// The chunk `IHDR`.
  struct Header {
    let width: Int
    let height: Int
    let depth: Int
    let colour: Colour
    /// The parts that the rows come in, one after the other; none is empty.
    let passes: [Pass]

    var bitsPerPixel: Int { depth * colour.channels }
    /// Bytes of a part's row without the filter's.
    func rowBytes(_ pass: Pass) -> Int { (pass.width * bitsPerPixel + 7) / 8 }
    /// Bytes of all rows with their filters'.
    var byteCount: Int { passes.reduce(0) { $0 + (rowBytes($1) + 1) * $1.height } }
    /// How far back the same number of the pixel before lies.
    var step: Int { max(1, bitsPerPixel / 8) }
  }

  /// A part of the pixels: in every so many rows and columns from the first one on, one.
  struct Pass: Equatable {
    let left: Int
    let top: Int
    let across: Int
    let down: Int
    /// Its own pixels.
    let width: Int
    let height: Int

    /// - Parameter size: the picture's.
    init(_ left: Int, _ top: Int, _ across: Int, _ down: Int, of size: (width: Int, height: Int)) {
      (self.left, self.top, self.across, self.down) = (left, top, across, down)
      width = max(0, (size.width - left + across - 1) / across)
      height = max(0, (size.height - top + down - 1) / down)
    }

    /// The seven of Adam7 (section 8.2 of the standard), without those that a small picture has no pixels for.
    static func adam7(_ size: (width: Int, height: Int)) -> [Pass] {
      let all = [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
      ]
      return all.map { Pass($0, $1, $2, $3, of: size) }.filter { $0.width > 0 && $0.height > 0 }
    }
  }

  enum Colour: UInt8 {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6

    /// Numbers of a pixel.
    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }

    fileprivate var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      default: [8, 16]
      }
    }
  }

  let header: Header
  /// Red, green and blue of each colour.
  private(set) var palette: [UInt8] = []
  /// The chunk `tRNS`.
  private(set) var transparency: [UInt8] = []
  private(set) var data: [UInt8] = []
  private let name: String

  init(_ bytes: [UInt8], name: String) throws(Problem) {
    self.name = name
    guard PNG.isPNG(bytes) else { throw Problem(.data, "'\(name)' is not a PNG file") }
    var reader = ChunkReader(bytes: bytes, name: name)
    guard let first = try reader.next(), first.name == "IHDR" else {
      throw Problem(.data, "'\(name)' is damaged: it should begin with the chunk 'IHDR'")
    }
    header = try Self.header(first.content, name)
    while let chunk = try reader.next() { try take(chunk) }
    guard !data.isEmpty else { throw Problem(.data, "'\(name)' holds no picture data") }
    guard header.colour != .palette || !palette.isEmpty else {
      throw Problem(.data, "'\(name)' has no palette, but colours that are numbered")
    }
    guard Inflater.canHold(header.byteCount, in: data.count) else {
      throw Problem(
        .data,
        "'\(name)' states \(header.width)x\(header.height) pixels, more than its \(data.count) bytes can hold"
      )
    }
  }

  private mutating func take(_ chunk: ChunkReader.Chunk) throws(Problem) {
    switch chunk.name {
    case "IDAT": data += chunk.content
    case "PLTE":
      guard palette.isEmpty, chunk.content.count % 3 == 0, (3...768).contains(chunk.content.count)
      else { throw Problem(.data, "'\(name)' has a faulty palette") }
      palette = Array(chunk.content)
    case "tRNS":
      guard transparency.isEmpty, chunk.content.count <= 256 else {
        throw Problem(.data, "'\(name)' has a faulty chunk 'tRNS'")
      }
      transparency = Array(chunk.content)
    default:
      // Small first letters are of chunks that need not be understood.
      guard chunk.name.utf8.first.map({ $0 & 0x20 != 0 }) ?? false else {
        throw Problem(.data, "'\(name)' has a chunk '\(chunk.name)', which can't be read")
      }
    }
  }

  private static func header(
    _ content: ArraySlice<UInt8>, _ name: String
  ) throws(Problem) -> Header {
    let bytes = Array(content)
    guard bytes.count == 13 else {
      throw Problem(.data, "'\(name)' is damaged: its header has \(bytes.count) bytes, not 13")
    }
    let (width, height) = (bytes[0..<4].bigEndian, bytes[4..<8].bigEndian)
    guard width > 0, height > 0, width <= PNG.pixelLimit, height <= PNG.pixelLimit,
      width * height <= PNG.pixelLimit
    else {
      throw Problem(
        .data,
        "'\(name)' states \(width)x\(height) pixels; there may be 1 to \(Format.grouped(PNG.pixelLimit))"
      )
    }
    guard let colour = Colour(rawValue: bytes[9]), colour.depths.contains(Int(bytes[8])) else {
      throw Problem(
        .data, "'\(name)' states colour type \(bytes[9]) with \(bytes[8]) bits, which PNG hasn't")
    }
    guard bytes[10] == 0, bytes[11] == 0, bytes[12] <= 1 else {
      throw Problem(
        .data, "'\(name)' states a compression, filter or interlace method that PNG hasn't")
    }
    let size = (width: width, height: height)
    return Header(
      width: width, height: height, depth: Int(bytes[8]), colour: colour,
      passes: bytes[12] == 0 ? [Pass(0, 0, 1, 1, of: size)] : Pass.adam7(size))
  }
}

/// Walks over a PNG file's chunks up to `IEND`.
private struct ChunkReader {
  struct Chunk {
    let name: String
    let content: ArraySlice<UInt8>
  }

  let bytes: [UInt8]
  let name: String
  private var offset = PNG.signature.count

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// nil at the end.
  mutating func next() throws(Problem) -> Chunk? {
    guard bytes.count - offset >= 12 else { throw cutOff }
    let size = bytes[offset..<offset + 4].bigEndian
    let start = offset + 8
    guard size <= bytes.count - start - 4 else { throw cutOff }
    let end = start + size
    let checked = Array(bytes[start - 4..<end])
    guard Int(Gzip.crc32(of: checked)) == bytes[end..<end + 4].bigEndian else {
      throw Problem(
        .data,
        "'\(name)' is damaged: the CRC-32 of the chunk at byte \(offset) is not the one it states")
    }
    guard checked[..<4].allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else {
      throw Problem(.data, "'\(name)' is damaged: no chunk begins at byte \(offset)")
    }
    offset = end + 4
    let chunk = String(decoding: checked[..<4], as: UTF8.self)
    return chunk == "IEND" ? nil : Chunk(name: chunk, content: bytes[start..<end])
  }

  private var cutOff: Problem {
    Problem(.data, "'\(name)' is cut off: it ends within the chunk at byte \(offset)")
  }
}

extension ArraySlice<UInt8> {
  /// A number with its highest byte first.
  var bigEndian: Int { reduce(0) { $0 << 8 | Int($1) } }
}
