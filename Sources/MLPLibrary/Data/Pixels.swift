/// A picture of bytes, row by row from above.
package struct Pixels: Equatable, Sendable {
  package enum Kind: Sendable {
    /// 0 is black.
    case grey
    /// Red, green and blue beside each other.
    case rgb
  }

  package let width: Int
  package let height: Int
  package let kind: Kind
  package private(set) var bytes: [UInt8]

  /// Bytes of one pixel.
  package var channels: Int { kind == .grey ? 1 : 3 }

  /// - Parameter byte: for each channel of each pixel.
  package init(width: Int, height: Int, kind: Kind, filledWith byte: UInt8 = 0) {
    precondition(width > 0 && height > 0)
    self.width = width
    self.height = height
    self.kind = kind
    bytes = Array(repeating: byte, count: width * height * (kind == .grey ? 1 : 3))
  }

  /// - Parameter bytes: width·height·channels of them.
  package init(width: Int, height: Int, kind: Kind, bytes: [UInt8]) {
    precondition(width > 0 && height > 0)
    precondition(bytes.count == width * height * (kind == .grey ? 1 : 3))
    self.width = width
    self.height = height
    self.kind = kind
    self.bytes = bytes
  }

  /// The bytes of one row.
  package func row(_ row: Int) -> ArraySlice<UInt8> {
    bytes[row * width * channels..<(row + 1) * width * channels]
  }

  /// Fills a rectangle, which lies within the picture.
  ///
  /// - Parameter colour: a byte a channel.
  package mutating func fill(
    _ left: Int, _ top: Int, _ width: Int, _ height: Int, _ colour: [UInt8]
  ) {
    precondition(colour.count == channels)
    precondition(left >= 0 && top >= 0 && left + width <= self.width)
    precondition(top + height <= self.height)
    let channels = channels
    for y in top..<top + height {
      for x in left..<left + width {
        let start = (y * self.width + x) * channels
        for channel in 0..<channels { bytes[start + channel] = colour[channel] }
      }
    }
  }
}
