import MLPLibrary
import MLPTensor

/// The weights into each unit of a first layer, as pictures of the input's shape.
package struct WeightTiles: Sendable {
  package let grid: TileGrid
  /// How many units the layer has, of which the first are shown.
  package let units: Int
  /// The weight that is drawn in the strongest colour, and beyond which none is stronger.
  package let limit: Float

  package static let most = 400

  /// nil where the input is no picture of one channel with more than one row.
  ///
  /// - Parameters:
  ///   - weights: [inputs, units]
  ///   - shape: of the input.
  package init?(_ weights: Tensor<Float>, shape: Shape) {
    guard let (height, width) = shape.picture, weights.sizes.count == 2,
      weights.sizes[0] == shape.count, weights.sizes[1] > 0
    else { return nil }
    units = weights.sizes[1]
    let columns = weights.columns
    let tiles = (0..<min(units, Self.most)).map { unit in
      (0..<shape.count).map { weights.elements[$0 * columns + unit] }
    }
    let limit = Self.limit(of: tiles)
    self.limit = limit
    grid = TileGrid(width: width, height: height, tiles: tiles, palette: .diverging(limit: limit))
  }

  /// The magnitude that one weight in two hundred exceeds: a few outliers must not pale the rest.
  private static func limit(of tiles: [[Float]]) -> Float {
    var magnitudes = tiles.flatMap { $0.map { abs($0) } }.filter { $0.isFinite }
    guard let greatest = magnitudes.max() else { return 1 }
    let limit = magnitudes.selectRank((magnitudes.count - 1) * 199 / 200)
    return limit > 0 ? limit : greatest > 0 ? greatest : 1
  }
}

extension Shape {
  /// Height and width, where samples of this shape are grey pictures.
  package var picture: (height: Int, width: Int)? {
    guard rank == 2 || rank == 3 && sizes[2] == 1, sizes[0] > 1, sizes[1] > 1,
      sizes[0] <= 512, sizes[1] <= 512
    else { return nil }
    return (sizes[0], sizes[1])
  }
}
