import MLPLibrary
import MLPTensor

/// Samples that were taken for another class, as pictures with `true→predicted` below.
package struct MistakeTiles: Sendable {
  package let grid: TileGrid
  /// How many mistakes there are, of which the first are shown.
  package let count: Int

  package static let most = 40

  /// nil where samples are no pictures, or none was mistaken.
  ///
  /// - Parameters:
  ///   - rows: the samples that were predicted.
  ///   - predictions: one for each of them, in order.
  package init?(_ samples: Samples, rows: Range<Int>, predictions: [Int32]) {
    guard let (height, width) = samples.shape.picture else { return nil }
    let mistakes = zip(rows, predictions).filter { samples.labels[$0] != $1 }
    guard !mistakes.isEmpty else { return nil }
    count = mistakes.count
    let shown = mistakes.prefix(Self.most)
    let tiles = shown.map { samples.numbers(of: $0.0) }
    grid = TileGrid(
      width: width, height: height, tiles: tiles,
      labels: shown.map { "\(samples.labels[$0.0])→\($0.1)" },
      palette: Self.palette(samples, tiles),
      columns: 10)
  }

  private static func palette(_ samples: Samples, _ tiles: [[Float]]) -> TileGrid.Palette {
    if case .bytes = samples.storage { return .grey(0...255) }
    let numbers = tiles.joined().filter { $0.isFinite }
    guard let least = numbers.min(), let greatest = numbers.max() else { return .grey(0...1) }
    return .grey(least...greatest)
  }
}

extension Samples {
  /// One sample's numbers, unscaled.
  fileprivate func numbers(of sample: Int) -> [Float] {
    let range = sample * shape.count..<(sample + 1) * shape.count
    switch storage {
    case .bytes(let bytes): return bytes[range].map { Float($0) }
    case .floats(let floats): return Array(floats[range])
    }
  }
}
