import MLPTensor

/// A file in the IDX format, as of MNIST: numbers in a grid of 1 to 4 axes, each an unsigned byte.
///
/// The file is two zeros, a type code, the number of axes, each axis' size as four bytes with the
/// highest first, and then the numbers, the last axis running fastest. Source: LeCun, Cortes, Burges,
/// "The MNIST database of handwritten digits". It may be compressed with gzip.
package struct IDXFile: Sendable {
  /// For messages.
  package let name: String
  package let sizes: [Int]
  package let body: [UInt8]
  /// As gzip's trailer states and zlib found it, where the file is compressed.
  private let statedChecksum: UInt32?

  private static let typeNames: [UInt8: String] = [
    0x09: "signed bytes", 0x0B: "16-bit integers", 0x0C: "32-bit integers", 0x0D: "32-bit floats",
    0x0E: "64-bit floats",
  ]

  /// - Parameters:
  ///   - bytes: the file, gzip or not. Pass the only reference: then the numbers aren't copied.
  ///   - limit: how many numbers there may be.
  ///   - isStopped: whether to end before the end; asked now and then.
  /// - Throws: `.data` where that is not an IDX file of unsigned bytes, complete and nothing else; `.stopped`.
  package init(
    _ bytes: consuming [UInt8], name: String, limit: Int,
    isStopped: @escaping () -> Bool = { false }
  ) throws(Problem) {
    self.name = name
    guard !bytes.isEmpty else { throw Problem(.data, "'\(name)' is empty") }
    if Gzip.isGzip(bytes) {
      let stream = try GzipStream(bytes, name: name, isStopped: isStopped)
      let rank = try Self.rank(try stream.bytes(4), name)
      sizes = try Self.sizes(try stream.bytes(4 * rank), name)
      body = try stream.bytes(try Self.count(sizes, limit, name))
      try stream.finish()
      statedChecksum = stream.checksum
      return
    }
    guard bytes.count >= 4 else { throw Self.cutOff(name, bytes.count, 4) }
    let rank = try Self.rank(Array(bytes[..<4]), name)
    let header = 4 + 4 * rank
    guard bytes.count >= header else { throw Self.cutOff(name, bytes.count, header) }
    sizes = try Self.sizes(Array(bytes[4..<header]), name)
    let total = header + (try Self.count(sizes, limit, name))
    guard bytes.count >= total else { throw Self.cutOff(name, bytes.count, total) }
    guard bytes.count == total else {
      let extra = bytes.count - total
      throw Problem(
        .data, "'\(name)' has \(extra) \(extra == 1 ? "byte" : "bytes") more than its header states"
      )
    }
    bytes.removeFirst(header)
    body = bytes
    statedChecksum = nil
  }

  /// How many bytes the uncompressed file has.
  package var contentSize: Int { 4 + 4 * sizes.count + body.count }

  /// The CRC-32 of the uncompressed file.
  package func checksum() -> UInt32 {
    if let statedChecksum { return statedChecksum }
    var header: [UInt8] = [0, 0, 0x08, UInt8(sizes.count)]
    for size in sizes {
      header += stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: size >> $0) }
    }
    return Gzip.crc32(of: body, after: Gzip.crc32(of: header))
  }

  /// The numbers of rank, of the four bytes that each IDX file begins with.
  private static func rank(_ magic: [UInt8], _ name: String) throws(Problem) -> Int {
    guard magic[0] == 0, magic[1] == 0 else {
      throw Problem(.data, "'\(name)' is not an IDX file: it should begin with two zero bytes")
    }
    guard magic[2] == 0x08 else {
      guard let type = typeNames[magic[2]] else {
        throw Problem(.data, "'\(name)' is not an IDX file: there is no type code \(magic[2])")
      }
      throw Problem(.data, "'\(name)' holds \(type); only unsigned bytes can be read")
    }
    guard (1...4).contains(magic[3]) else {
      throw Problem(.data, "'\(name)' should have 1 to 4 axes, found \(magic[3])")
    }
    return Int(magic[3])
  }

  private static func sizes(_ bytes: [UInt8], _ name: String) throws(Problem) -> [Int] {
    let sizes = stride(from: 0, to: bytes.count, by: 4).map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    guard !sizes.contains(0) else {
      let text = sizes.map { String($0) }.joined(separator: "x")
      throw Problem(.data, "'\(name)' holds no samples: its sizes are \(text)")
    }
    return sizes
  }

  private static func count(
    _ sizes: [Int], _ limit: Int, _ name: String
  ) throws(Problem) -> Int {
    var count = 1
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, product <= limit else {
        let text = sizes.map { String($0) }.joined(separator: "x")
        throw Problem(
          .data, "'\(name)' states a size of \(text), which is more than fits here (\(limit) bytes)"
        )
      }
      count = product
    }
    return count
  }

  private static func cutOff(_ name: String, _ found: Int, _ wanted: Int) -> Problem {
    Problem(.data, "'\(name)' is cut off: it should have \(wanted) bytes, found \(found)")
  }
}

extension IDXFile {
  /// One sample's shape: without the first axis, and with a channel where there are two others.
  package var sampleShape: Shape {
    switch sizes.count {
    case 1: Shape(1)
    case 3: Shape([sizes[1], sizes[2], 1])
    default: Shape(Array(sizes.dropFirst()))
    }
  }

  /// The highest number in the file.
  var highest: Int { Int(body.max() ?? 0) }

  /// Images and their labels as samples.
  ///
  /// - Throws: `.data` where the files don't belong together, or a label is `classes` or more.
  static func samples(
    images: IDXFile, labels: IDXFile, classes: Int
  ) throws(Problem) -> Samples {
    guard labels.sizes.count == 1 else {
      throw Problem(
        .data, "'\(labels.name)' should hold labels on one axis, found \(labels.sizes.count) axes")
    }
    guard labels.sizes[0] == images.sizes[0] else {
      throw Problem(
        .data,
        "'\(labels.name)' holds \(labels.sizes[0]) labels for the \(images.sizes[0]) samples of "
          + "'\(images.name)'")
    }
    if labels.highest >= classes, let row = labels.body.firstIndex(where: { $0 >= classes }) {
      throw Problem(
        .data,
        "label \(labels.body[row]) of sample \(row + 1) in '\(labels.name)' is not in 0 to "
          + "\(classes - 1)")
    }
    return Samples(
      shape: images.sampleShape, storage: .bytes(images.body), labels: labels.body.map { Int32($0) }
    )
  }
}
