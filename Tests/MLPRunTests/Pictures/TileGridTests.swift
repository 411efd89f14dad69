import MLPLibrary
import MLPTensor
import Testing

@testable import MLPRun

@Suite("A grid of pictures")
struct TileGridTests {
  @Test("enlarges each number to a square, with zero in the middle of the colours")
  func zoom() {
    let grid = TileGrid(
      width: 2, height: 1, tiles: [[0, 1], [-1, .nan]], palette: .diverging(limit: 1), zoom: 3,
      columns: 2)
    let pixels = grid.pixels
    #expect(pixels.width == 4 + 6 + 4 + 6 + 4)
    #expect(pixels.height == 4 + 3 + 4)
    #expect(pixels.colour(4, 4) == [255, 255, 255])
    #expect(pixels.colour(6, 6) == [255, 255, 255])
    #expect(pixels.colour(7, 4) == pixels.colour(9, 6))
    let (strongest, weakest) = (pixels.colour(7, 4), pixels.colour(14, 4))
    #expect(strongest[0] > strongest[2] && weakest[0] < weakest[2])
    #expect(pixels.colour(17, 4) == [255, 255, 255])
  }

  @Test("is grey for samples, black to white")
  func grey() {
    let pixels = TileGrid(
      width: 3, height: 1, tiles: [[0, 127.5, 255]], palette: .grey(0...255), zoom: 1
    ).pixels
    #expect(pixels.kind == .grey)
    #expect((4...6).map { pixels.colour($0, 4) } == [[0], [128], [255]])
  }

  @Test(
    "holds any number of tiles, with and without labels", arguments: [0, 1, 2, 7, 13, 40, 128, 300])
  func counts(_ count: Int) {
    let tiles = [[Float]](repeating: [Float](repeating: 0.5, count: 784), count: count)
    for labels in [[], [String](repeating: "10→3", count: count)] {
      let grid = TileGrid(
        width: 28, height: 28, tiles: tiles, labels: labels, palette: .grey(0...1))
      #expect(grid.pixels.width < 1600)
    }
  }

  @Test("of a layer's weights shows unit by unit what comes into it")
  func weights() throws {
    // W[i, o] = 10·i + o
    let weights = Tensor<Float>([6, 2], elements: [0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51])
    let tiles = try #require(WeightTiles(weights, shape: Shape(2, 3, 1)))
    #expect(tiles.units == 2)
    #expect(tiles.grid.tiles == [[0, 10, 20, 30, 40, 50], [1, 11, 21, 31, 41, 51]])
    #expect(tiles.grid.width == 3 && tiles.grid.height == 2)
    #expect(WeightTiles(weights, shape: Shape(6)) == nil)
    #expect(WeightTiles(weights, shape: Shape(1, 2, 3)) == nil)
  }

  @Test("of mistakes shows each with what it is and what it was taken for")
  func mistakes() throws {
    let samples = Samples(
      shape: Shape(2, 2, 1), storage: .bytes(Array(0..<12)), labels: [3, 1, 7])
    let tiles = try #require(MistakeTiles(samples, rows: 0..<3, predictions: [3, 4, 1]))
    #expect(tiles.count == 2)
    #expect(tiles.grid.labels == ["1→4", "7→1"])
    #expect(tiles.grid.tiles == [[4, 5, 6, 7], [8, 9, 10, 11]])
    #expect(MistakeTiles(samples, rows: 0..<3, predictions: [3, 1, 7]) == nil)
  }
}

extension Pixels {
  fileprivate func colour(_ x: Int, _ y: Int) -> [UInt8] {
    Array(row(y).dropFirst(x * channels).prefix(channels))
  }
}
