extension Pixels {
  /// Without colours: (299·red + 587·green + 114·blue) / 1000, rounded, the luma of ITU-R BT.601.
  package var grey: Pixels {
    guard kind == .rgb else { return self }
    let weights = [299, 587, 114]
    let grey = stride(from: 0, to: bytes.count, by: 3).map { start in
      let sum = (0..<3).reduce(500) { $0 + weights[$1] * Int(bytes[start + $1]) }
      return UInt8(sum / 1000)
    }
    return Pixels(width: width, height: height, kind: .grey, bytes: grey)
  }

  /// The same with three channels.
  package var coloured: Pixels {
    guard kind == .grey else { return self }
    return Pixels(
      width: width, height: height, kind: .rgb, bytes: bytes.flatMap { [$0, $0, $0] })
  }

  /// Light where it was dark.
  package var inverted: Pixels {
    Pixels(width: width, height: height, kind: kind, bytes: bytes.map { 255 - $0 })
  }

  /// Laid on black.
  ///
  /// - Parameter alpha: how opaque each pixel is.
  package func onBlack(_ alpha: [UInt8]) -> Pixels {
    let laid = bytes.indices.map { index in
      UInt8((Int(bytes[index]) * Int(alpha[index / channels]) + 127) / 255)
    }
    return Pixels(width: width, height: height, kind: kind, bytes: laid)
  }

  /// In another size: each new pixel is the mean of the area that it covers, rounded.
  package func scaled(width newWidth: Int, height newHeight: Int) -> Pixels {
    if newWidth == width, newHeight == height { return self }
    // A pixel of the old row is newWidth units wide, one of the new row width units; likewise downwards.
    var sums = [Int](repeating: 0, count: newWidth * newHeight * channels)
    for y in 0..<height {
      let line = widened(row(y), to: newWidth)
      Self.forEachOverlap(y, height, newHeight) { target, share in
        let start = target * newWidth * channels
        for index in line.indices { sums[start + index] += share * line[index] }
      }
    }
    let area = width * height
    return Pixels(
      width: newWidth, height: newHeight, kind: kind,
      bytes: sums.map { UInt8(($0 + area / 2) / area) })
  }

  /// A row's sums over the pixels of a new row.
  private func widened(_ row: ArraySlice<UInt8>, to newWidth: Int) -> [Int] {
    var line = [Int](repeating: 0, count: newWidth * channels)
    let start = row.startIndex
    for x in 0..<width {
      Self.forEachOverlap(x, width, newWidth) { target, share in
        for channel in 0..<channels {
          line[target * channels + channel] += share * Int(row[start + x * channels + channel])
        }
      }
    }
    return line
  }

  /// The places, of `newCount`, that place `index` of `count` overlaps with, and by how many units.
  private static func forEachOverlap(
    _ index: Int, _ count: Int, _ newCount: Int, _ body: (Int, Int) -> Void
  ) {
    let (lower, upper) = (index * newCount, (index + 1) * newCount)
    for target in lower / count...(upper - 1) / count {
      body(target, min(upper, (target + 1) * count) - max(lower, target * count))
    }
  }
}
