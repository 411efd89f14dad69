import MLPLibrary

/// Small pictures side by side: weights of a layer's units, or samples.
package struct TileGrid: Sendable {
  /// How numbers become colours.
  package enum Palette: Equatable, Sendable {
    /// Black at the lower end, white at the upper.
    case grey(ClosedRange<Float>)
    /// White at zero, blue down to -limit, vermilion up to limit: told apart by any kind of sight.
    case diverging(limit: Float)
  }

  /// One picture's size in pixels.
  package let width: Int
  package let height: Int
  /// Row by row, each of width·height numbers.
  package let tiles: [[Float]]
  /// Below each tile, of digits and `→`; none where it is empty.
  package let labels: [String]
  package let palette: Palette
  /// How many pixels of the picture a number takes, across and down.
  package let zoom: Int
  package let columns: Int

  /// - Parameters:
  ///   - labels: one a tile, or none at all.
  ///   - zoom: nil: so that a tile is about 56 pixels wide, or 28 where there are very many.
  ///   - columns: nil: so that the picture is about square, or broad.
  package init(
    width: Int, height: Int, tiles: [[Float]], labels: [String] = [], palette: Palette,
    zoom: Int? = nil, columns: Int? = nil
  ) {
    precondition(width > 0 && height > 0 && tiles.allSatisfy { $0.count == width * height })
    precondition(labels.isEmpty || labels.count == tiles.count)
    self.width = width
    self.height = height
    self.tiles = tiles
    self.labels = labels
    self.palette = palette
    let wanted = tiles.count > 150 ? 28 : 56
    self.zoom = zoom ?? max(1, wanted / max(width, height))
    self.columns = max(1, min(columns ?? Self.columns(for: tiles.count), max(1, tiles.count)))
  }

  /// Rows of 8 to 24, full ones where possible.
  private static func columns(for count: Int) -> Int {
    if count <= 12 { return count }
    let broad = (1...24).last { $0 * $0 <= count * 2 } ?? 24
    return (8...max(8, broad)).reversed().first { count.isMultiple(of: $0) } ?? max(8, broad)
  }

  /// The tiles on a light ground.
  package var pixels: Pixels {
    let rows = max(1, (tiles.count + columns - 1) / columns)
    var pixels = Pixels(
      width: columns * cellWidth + Self.gap, height: rows * cellHeight + Self.gap,
      kind: palette.isGrey ? .grey : .rgb, filledWith: 0xF2)
    let colours = palette.colours
    for (index, tile) in tiles.enumerated() {
      let left = Self.gap + index % columns * cellWidth
      let top = Self.gap + index / columns * cellHeight
      draw(tile, colours, left + (cellWidth - Self.gap - width * zoom) / 2, top, into: &pixels)
      guard !labels.isEmpty else { continue }
      let room = cellWidth - Self.gap - PixelFont.width(labels[index])
      PixelFont.draw(
        labels[index], left + room / 2, top + height * zoom + Self.labelGap, into: &pixels)
    }
    return pixels
  }

  private static let gap = 4
  private static let labelGap = 4

  private var cellWidth: Int {
    max(width * zoom, labels.map { PixelFont.width($0) }.max() ?? 0) + Self.gap
  }

  private var cellHeight: Int {
    let label = labels.isEmpty ? 0 : Self.labelGap + PixelFont.height + 6
    return height * zoom + label + Self.gap
  }

  private func draw(
    _ tile: [Float], _ colours: [[UInt8]], _ left: Int, _ top: Int, into pixels: inout Pixels
  ) {
    for row in 0..<height {
      for column in 0..<width {
        let colour = colours[palette.number(of: tile[row * width + column])]
        pixels.fill(left + column * zoom, top + row * zoom, zoom, zoom, colour)
      }
    }
  }
}

extension TileGrid.Palette {
  fileprivate var isGrey: Bool {
    if case .grey = self { true } else { false }
  }

  /// Steps each way from white: few enough colours for a small file.
  private static let steps = 100

  /// All there are: one byte each for grey, else three.
  fileprivate var colours: [[UInt8]] {
    switch self {
    case .grey: return (0...255).map { [$0] }
    case .diverging:
      return (-Self.steps...Self.steps).map { step in
        let end: [Float] = step < 0 ? [5, 72, 148] : [190, 60, 5]
        let strength = Float(abs(step)) / Float(Self.steps)
        return end.map { UInt8((255 + ($0 - 255) * strength).rounded()) }
      }
    }
  }

  /// Which of them a value has. What isn't a number is drawn as the middle.
  fileprivate func number(of value: Float) -> Int {
    switch self {
    case .grey(let range):
      let span = range.upperBound - range.lowerBound
      let share = span > 0 ? (value - range.lowerBound) / span : 0.5
      return Int((min(1, max(0, share.isNaN ? 0.5 : share)) * 255).rounded())
    case .diverging(let limit):
      let share = limit > 0 && !value.isNaN ? min(1, max(-1, value / limit)) : 0
      return Self.steps + Int((share * Float(Self.steps)).rounded())
    }
  }
}
