/// Inflates a PNG file's rows one after the other and makes pixels of them (sections 9 and 13 of the standard).
struct PNGDecoder {
  private let header: PNGFile.Header
  private let file: PNGFile
  private let name: String
  private let inflater: Inflater
  /// In the order of the parts.
  private var pixels: [UInt8] = []
  private var alpha: [UInt8] = []
  /// How many rows were read.
  private var rows = 0
  /// The number, or the three, that are transparent.
  private var key: [Int] = []

  init(_ file: PNGFile, name: String) {
    header = file.header
    self.file = file
    self.name = name
    inflater = Inflater(file.data, .zlib)
  }

  mutating func decoded() throws(Problem) -> PNG.Decoded {
    try readKey()
    for pass in header.passes { try read(pass) }
    guard inflater.bytes(upTo: 1).isEmpty, inflater.isAtEnd else {
      throw Problem(.data, "'\(name)' is damaged: its data don't end after the last row")
    }
    let isGrey = header.colour == .grey || header.colour == .greyAlpha
    if header.passes.count > 1 {
      pixels = inPlace(pixels, channels: isGrey ? 1 : 3)
      alpha = inPlace(alpha, channels: 1)
    }
    return PNG.Decoded(
      pixels: Pixels(
        width: header.width, height: header.height, kind: isGrey ? .grey : .rgb, bytes: pixels),
      alpha: alpha.allSatisfy { $0 == 255 } ? nil : alpha)
  }

  /// Appends the pixels of a part.
  private mutating func read(_ pass: PNGFile.Pass) throws(Problem) {
    let count = header.rowBytes(pass)
    var above: [UInt8] = []
    for _ in 0..<pass.height {
      let line = inflater.bytes(upTo: count + 1)
      guard line.count == count + 1 else {
        let all = header.passes.reduce(0) { $0 + $1.height }
        throw Problem(
          .data, "'\(name)' is cut off or damaged: of \(all) rows it holds \(rows)")
      }
      if above.isEmpty { above = [UInt8](repeating: 0, count: count) }
      above = try unfiltered(line, above)
      try append(above, width: pass.width)
      rows += 1
    }
  }

  /// Pixels that came part by part, each where it belongs.
  private func inPlace(_ parts: [UInt8], channels: Int) -> [UInt8] {
    guard !parts.isEmpty else { return [] }
    var picture = [UInt8](repeating: 0, count: parts.count)
    var next = 0
    for pass in header.passes {
      for y in 0..<pass.height {
        let start = (pass.top + y * pass.down) * header.width + pass.left
        for x in 0..<pass.width {
          let place = (start + x * pass.across) * channels
          for channel in 0..<channels { picture[place + channel] = parts[next + channel] }
          next += channels
        }
      }
    }
    return picture
  }

  private mutating func readKey() throws(Problem) {
    let count = file.transparency.count
    guard count > 0 else { return }
    switch header.colour {
    case .palette:
      guard 3 * count <= file.palette.count else { throw faultyTransparency }
    case .grey, .rgb:
      guard count == 2 * header.colour.channels else { throw faultyTransparency }
      key = stride(from: 0, to: count, by: 2).map { file.transparency[$0..<$0 + 2].bigEndian }
    case .greyAlpha, .rgbAlpha: throw faultyTransparency
    }
  }

  private var faultyTransparency: Problem {
    Problem(.data, "'\(name)' has a faulty chunk 'tRNS'")
  }

  // MARK: Filters

  /// The row without its filter: each byte is what was taken from its neighbours, and these are added back.
  private func unfiltered(_ line: [UInt8], _ above: [UInt8]) throws(Problem) -> [UInt8] {
    var row = Array(line.dropFirst())
    let step = header.step
    switch line[0] {
    case 0: break
    case 1: for x in row.indices.dropFirst(step) { row[x] &+= row[x - step] }
    case 2: for x in row.indices { row[x] &+= above[x] }
    case 3:
      for x in row.indices {
        let left = x < step ? 0 : Int(row[x - step])
        row[x] &+= UInt8((left + Int(above[x])) / 2)
      }
    case 4:
      for x in row.indices {
        let (left, corner) = x < step ? (0, 0) : (row[x - step], above[x - step])
        row[x] &+= Self.paeth(left, above[x], corner)
      }
    case let filter:
      throw Problem(.data, "'\(name)' is damaged: there is no filter \(filter)")
    }
    return row
  }

  /// The neighbour that is nearest to left + above - corner.
  private static func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let guess = Int(left) + Int(above) - Int(corner)
    let distances = (abs(guess - Int(left)), abs(guess - Int(above)), abs(guess - Int(corner)))
    if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
    return distances.1 <= distances.2 ? above : corner
  }

  // MARK: Pixels

  private mutating func append(_ row: [UInt8], width: Int) throws(Problem) {
    let channels = header.colour.channels
    for x in 0..<width {
      switch header.colour {
      case .palette: try appendColour(number(row, x))
      case .grey, .rgb:
        for channel in 0..<channels { pixels.append(byte(number(row, x * channels + channel))) }
        if !key.isEmpty {
          let isKey = (0..<channels).allSatisfy { number(row, x * channels + $0) == key[$0] }
          alpha.append(isKey ? 0 : 255)
        }
      case .greyAlpha, .rgbAlpha:
        for channel in 0..<channels - 1 { pixels.append(byte(number(row, x * channels + channel))) }
        alpha.append(byte(number(row, x * channels + channels - 1)))
      }
    }
  }

  private mutating func appendColour(_ index: Int) throws(Problem) {
    guard 3 * index < file.palette.count else {
      throw Problem(
        .data,
        "'\(name)' is damaged: colour \(index) is not among the \(file.palette.count / 3) of its palette"
      )
    }
    pixels += file.palette[3 * index..<3 * index + 3]
    guard !file.transparency.isEmpty else { return }
    alpha.append(index < file.transparency.count ? file.transparency[index] : 255)
  }

  /// Number `index` of a row, as it is stored.
  private func number(_ row: [UInt8], _ index: Int) -> Int {
    switch header.depth {
    case 8: return Int(row[index])
    case 16: return Int(row[2 * index]) << 8 | Int(row[2 * index + 1])
    case let depth:
      let bit = index * depth
      let shift = 8 - depth - bit % 8
      return Int(row[bit / 8]) >> shift & (1 << depth - 1)
    }
  }

  /// The number on a scale from 0 to 255.
  private func byte(_ number: Int) -> UInt8 {
    let highest = 1 << header.depth - 1
    return UInt8((number * 255 + highest / 2) / highest)
  }
}
