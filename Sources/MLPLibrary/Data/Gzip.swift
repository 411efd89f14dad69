import CZlib

/// The gzip format (RFC 1952), through the system's zlib.
package enum Gzip {
  /// Deflate can't do better than 1032 to 1: a larger claim is false.
  static let highestRatio = 1032

  package static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// The content of a file of one gzip member.
  ///
  /// - Parameters:
  ///   - name: the file's name, for messages.
  ///   - limit: how many bytes the content may have.
  ///   - size: how many bytes it must have, where that is known: then there is one allocation.
  /// - Throws: `.data` where the bytes are no gzip file, are damaged, cut off or followed by others,
  ///   where a check fails, and where the content is larger than `limit` or not of `size`.
  package static func decompress(
    _ bytes: [UInt8], name: String, limit: Int, size: Int? = nil
  ) throws(Problem) -> [UInt8] {
    let stream = try GzipStream(bytes, name: name)
    if let size {
      guard size <= limit else { throw .tooLarge(name, limit) }
      let content = try stream.bytes(size)
      try stream.finish()
      return content
    }
    let limit = min(limit, Int.max - 1)
    var content: [UInt8] = []
    var step = min(max(4096, 4 * bytes.count), 1 << 26)
    while !stream.isAtEnd {
      guard content.count <= limit else { throw .tooLarge(name, limit) }
      step = min(max(step, content.count), limit - content.count + 1)
      try stream.append(upTo: step, to: &content)
    }
    guard content.count <= limit else { throw .tooLarge(name, limit) }
    try stream.finish()
    return content
  }

  /// The CRC-32 of RFC 1952.
  ///
  /// - Parameter previous: that of the bytes before these.
  package static func crc32(of bytes: [UInt8], after previous: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      // Without an address zlib would give the initial value.
      guard let start = $0.baseAddress, !$0.isEmpty else { return previous }
      return UInt32(truncatingIfNeeded: crc32_z(UInt(previous), start, $0.count))
    }
  }
}

/// A gzip file being inflated piece by piece, so that each piece lands where it is wanted.
final class GzipStream {
  private let input: [UInt8]
  private let name: String
  private let inflater: Inflater
  private var produced = 0
  /// Whether the content has ended and the checks of CRC and length were passed.
  var isAtEnd: Bool { inflater.isAtEnd }

  /// - Parameter isStopped: whether to end before the end; asked now and then.
  init(
    _ input: [UInt8], name: String, isStopped: @escaping () -> Bool = { false }
  ) throws(Problem) {
    guard !input.isEmpty else { throw Problem(.data, "'\(name)' is empty") }
    guard Gzip.isGzip(input) else { throw Problem(.data, "'\(name)' is not a gzip file") }
    self.input = input
    self.name = name
    inflater = Inflater(input, .gzip, isStopped: isStopped)
    guard inflater.status == Z_OK else {
      throw Problem(.io, "zlib can't be started for '\(name)' (status \(inflater.status))")
    }
  }

  /// The CRC-32 that the file's trailer gives; zlib has compared it with the content at the end.
  var checksum: UInt32 {
    let consumed = inflater.consumed
    guard consumed >= 8 else { return 0 }
    return (0..<4).reduce(0) { $0 | UInt32(input[consumed - 8 + $1]) << UInt32(8 * $1) }
  }

  /// The next `count` bytes of content, in one allocation.
  func bytes(_ count: Int) throws(Problem) -> [UInt8] {
    let wanted = produced + count
    guard count <= Gzip.highestRatio * input.count else { throw ends(after: nil, of: wanted) }
    var content: [UInt8] = []
    try append(upTo: count, to: &content)
    guard content.count == count else { throw ends(after: produced, of: wanted) }
    return content
  }

  /// Makes sure that nothing follows: neither content nor other bytes in the file.
  func finish() throws(Problem) {
    var rest: [UInt8] = []
    while !isAtEnd, rest.isEmpty { try append(upTo: 1, to: &rest) }
    guard rest.isEmpty else {
      throw Problem(.data, "'\(name)' holds more than the \(produced - 1) bytes that it should")
    }
    guard inflater.consumed == input.count else {
      let extra = input.count - inflater.consumed
      throw Problem(
        .data,
        "'\(name)' has \(extra) \(extra == 1 ? "byte" : "bytes") behind the end of its gzip data")
    }
  }

  private func ends(after found: Int?, of wanted: Int) -> Problem {
    let count = found.map { "\($0) bytes" } ?? "far less"
    return Problem(.data, "'\(name)' should hold \(wanted) bytes, but holds \(count)")
  }

  /// Inflates until `count` more bytes are there or the content ends.
  func append(upTo count: Int, to content: inout [UInt8]) throws(Problem) {
    guard count > 0 else { return }
    let piece = inflater.bytes(upTo: count)
    produced += piece.count
    if inflater.wasStopped { throw .stopped }
    guard inflater.status == Z_OK || inflater.isAtEnd else { throw failure(inflater.status) }
    if content.isEmpty {
      content = piece
    } else {
      content.append(contentsOf: piece)
    }
  }

  private func failure(_ status: Int32) -> Problem {
    if status == Z_BUF_ERROR {
      return Problem(.data, "'\(name)' is cut off: its gzip data end after \(input.count) bytes")
    }
    guard status == Z_DATA_ERROR else {
      return Problem(.io, "zlib can't inflate '\(name)' (status \(status))")
    }
    switch inflater.complaint {
    case "incorrect data check"?:
      return Problem(
        .data, "'\(name)' is damaged: the CRC-32 of its content is not the one it states")
    case "incorrect length check"?:
      return Problem(.data, "'\(name)' is damaged: its content is not as long as it states")
    case let reason?:
      return Problem(.data, "'\(name)' is damaged near byte \(inflater.consumed) (\(reason))")
    case nil:
      return Problem(.data, "'\(name)' is damaged near byte \(inflater.consumed)")
    }
  }
}

extension Problem {
  fileprivate static func tooLarge(_ name: String, _ limit: Int) -> Problem {
    Problem(.data, "'\(name)' holds more than \(limit) bytes, the limit here")
  }

  /// The same, with the setting that the file was named by.
  func blaming(_ setting: String?) -> Problem {
    var copy = self
    copy.setting = setting ?? copy.setting
    return copy
  }
}
