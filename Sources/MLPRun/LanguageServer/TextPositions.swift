/// Turns offsets of a text into the protocol's positions and back.
///
/// A line ends with `\n`, `\r\n` or `\r`. Lines and characters count from 0; characters are bytes or
/// units of UTF-16, as was agreed upon.
struct TextPositions {
  enum Encoding: String, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
  }

  struct Position: Equatable {
    let line: Int
    let character: Int
  }

  private let bytes: [UInt8]
  private let encoding: Encoding
  private let lineStarts: [Int]

  /// - Parameter bytes: UTF-8.
  init(_ bytes: [UInt8], _ encoding: Encoding) {
    self.bytes = bytes
    self.encoding = encoding
    var starts = [0]
    for index in bytes.indices {
      let isReturn = bytes[index] == UInt8(ascii: "\r")
      let endsLine =
        bytes[index] == UInt8(ascii: "\n")
        || isReturn && (index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n"))
      if endsLine { starts.append(index + 1) }
    }
    lineStarts = starts
  }

  /// Offsets outside of the text are moved into it.
  func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return Position(line: low, character: units(lineStarts[low]..<offset))
  }

  /// Positions behind a line's end mean its end, and lines behind the text its end.
  func offset(of position: Position) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineStarts.count else { return bytes.count }
    var offset = lineStarts[position.line]
    let end = lineEnd(position.line)
    var left = position.character
    while left > 0, offset < end {
      let length = scalarLength(at: offset)
      let width = units(offset..<min(offset + length, end))
      // Within a character is before it.
      if width > left { break }
      left -= width
      offset = min(offset + length, end)
    }
    return offset
  }

  private func lineEnd(_ line: Int) -> Int {
    guard line + 1 < lineStarts.count else { return bytes.count }
    var end = lineStarts[line + 1] - 1
    if bytes[end] == UInt8(ascii: "\n"), end > lineStarts[line],
      bytes[end - 1] == UInt8(ascii: "\r")
    {
      end -= 1
    }
    return end
  }

  private func scalarLength(at offset: Int) -> Int {
    switch bytes[offset] {
    case ..<0xC0: 1
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  }

  private func units(_ range: Range<Int>) -> Int {
    guard encoding == .utf16 else { return range.count }
    return bytes[range].reduce(0) { count, byte in
      // A continuation byte counts nothing, four bytes are a pair of surrogates.
      count + (byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1)
    }
  }
}
