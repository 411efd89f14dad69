extension Digits {
  /// One way to write a digit.
  struct Glyph: Sendable {
    /// One movement of the pen: a spline through `points`.
    struct Stroke: Sendable {
      let points: [SIMD2<Float>]
      /// Whether the pen stops and turns at that point.
      let corners: [Bool]
    }

    let strokes: [Stroke]

    /// - Parameter strokes: x, y, x, y, … in a box of 100 x 100, x to the right and y down; a point
    ///   that is said twice running is a corner.
    init(_ strokes: [Int]...) { self.strokes = strokes.map(Self.stroke) }

    private static func stroke(_ numbers: [Int]) -> Stroke {
      var points: [SIMD2<Float>] = []
      var corners: [Bool] = []
      for i in stride(from: 0, to: numbers.count - 1, by: 2) {
        // To -1 ... 1, the box's middle being 0.
        let point = SIMD2(Float(numbers[i] - 50), Float(numbers[i + 1] - 50)) / 50
        if point == points.last {
          corners[corners.count - 1] = true
        } else {
          points.append(point)
          corners.append(false)
        }
      }
      return Stroke(points: points, corners: corners)
    }
  }

  /// The ways to write each digit; each way of a digit is as frequent as the others.
  static let glyphs: [[Glyph]] = [
    zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines,
  ]

  private static let zeros = [
    Glyph([52, 0, 26, 12, 16, 50, 26, 88, 50, 100, 76, 88, 86, 50, 74, 12, 50, 1, 42, 3]),
    Glyph([58, 2, 34, 14, 24, 54, 32, 90, 50, 99, 68, 84, 78, 44, 70, 10, 54, 2]),
    Glyph([66, 8, 44, 2, 20, 24, 14, 60, 30, 94, 58, 98, 82, 70, 84, 34, 68, 8, 50, 6]),
    Glyph([38, 6, 22, 40, 24, 80, 46, 100, 72, 84, 80, 44, 66, 8, 44, 0, 30, 14]),
  ]

  private static let ones = [
    Glyph([51, 0, 50, 50, 49, 100]),
    Glyph([62, 0, 50, 50, 38, 100]),
    Glyph([34, 22, 46, 12, 54, 0, 54, 0, 52, 50, 50, 100]),
    Glyph([34, 20, 52, 0, 52, 0, 50, 50, 50, 98], [28, 99, 50, 98, 74, 99]),
    Glyph([54, 0, 48, 40, 50, 100]),
  ]

  private static let twos = [
    Glyph([20, 26, 34, 4, 62, 3, 76, 24, 64, 52, 40, 78, 18, 97, 18, 97, 50, 97, 84, 95]),
    Glyph([
      20, 22, 40, 2, 68, 6, 75, 30, 56, 64, 32, 92, 18, 94, 18, 80, 36, 80, 60, 96, 86, 90,
    ]),
    Glyph([18, 16, 48, 0, 78, 18, 62, 52, 22, 94, 22, 94, 52, 100, 82, 92]),
    Glyph([26, 18, 44, 2, 66, 10, 66, 38, 46, 70, 24, 98, 24, 98, 52, 94, 78, 98]),
  ]

  private static let threes = [
    Glyph([20, 14, 46, 0, 72, 14, 66, 38, 42, 47, 42, 47, 72, 58, 80, 80, 54, 100, 18, 88]),
    Glyph([20, 5, 50, 4, 74, 4, 74, 4, 44, 40, 44, 40, 74, 54, 76, 84, 46, 100, 16, 88]),
    Glyph([24, 10, 52, 0, 72, 18, 58, 42, 38, 49, 58, 50, 78, 66, 72, 92, 44, 100, 20, 92]),
    Glyph([28, 6, 56, 2, 66, 20, 50, 42, 50, 42, 72, 56, 70, 82, 48, 96, 24, 98]),
  ]

  private static let fours = [
    Glyph([26, 4, 20, 32, 18, 56, 18, 56, 50, 58, 84, 52], [70, 0, 66, 50, 62, 100]),
    Glyph([66, 100, 65, 50, 64, 0, 64, 0, 36, 36, 14, 66, 14, 66, 50, 66, 90, 64]),
    Glyph([24, 4, 20, 38, 32, 54, 64, 46, 76, 6, 76, 6, 70, 50, 64, 100]),
    Glyph([36, 2, 26, 30, 16, 52, 16, 52, 50, 54, 80, 50], [72, 16, 62, 56, 52, 100]),
  ]

  private static let fives = [
    Glyph(
      [30, 4, 26, 44, 26, 44, 52, 38, 78, 56, 74, 86, 46, 100, 18, 90], [30, 4, 54, 5, 78, 3]),
    Glyph([78, 2, 54, 4, 34, 4, 34, 4, 26, 46, 26, 46, 56, 40, 78, 62, 66, 92, 38, 100, 16, 88]),
    Glyph([76, 6, 48, 4, 30, 24, 46, 44, 70, 60, 66, 88, 42, 100, 18, 92]),
    Glyph([84, 0, 58, 4, 44, 8, 44, 8, 34, 42, 34, 42, 58, 48, 66, 70, 48, 94, 18, 98]),
  ]

  private static let sixes = [
    Glyph([64, 0, 38, 24, 22, 62, 32, 94, 58, 98, 76, 78, 62, 56, 38, 62, 28, 78]),
    Glyph([42, 0, 28, 40, 26, 78, 46, 100, 72, 86, 66, 62, 44, 60, 28, 80]),
    Glyph([76, 6, 50, 4, 26, 36, 20, 74, 42, 100, 74, 90, 80, 64, 56, 50, 26, 66]),
    Glyph([56, 0, 36, 30, 28, 66, 36, 96, 54, 96, 62, 78, 52, 68, 34, 80]),
  ]

  private static let sevens = [
    Glyph([16, 6, 50, 6, 82, 4, 82, 4, 58, 48, 44, 100]),
    Glyph([16, 6, 50, 6, 80, 4, 80, 4, 60, 48, 44, 100], [32, 52, 52, 50, 74, 48]),
    Glyph([18, 24, 20, 5, 20, 5, 50, 6, 80, 4, 80, 4, 62, 40, 50, 100]),
    Glyph([20, 12, 44, 2, 72, 10, 72, 32, 54, 66, 40, 100]),
  ]

  private static let eights = [
    Glyph([
      72, 14, 48, 0, 26, 16, 38, 40, 66, 58, 76, 82, 50, 100, 24, 84, 36, 58, 62, 42, 76, 20, 66, 6,
    ]),
    Glyph(
      [50, 47, 28, 36, 30, 10, 50, 0, 70, 10, 70, 36, 50, 47],
      [50, 47, 22, 64, 24, 92, 50, 100, 76, 92, 78, 64, 50, 47]),
    Glyph([
      76, 8, 52, 2, 32, 18, 44, 42, 60, 62, 60, 88, 42, 99, 28, 84, 38, 60, 62, 40, 80, 14,
    ]),
    Glyph([
      50, 48, 30, 32, 36, 6, 62, 2, 72, 22, 52, 48, 30, 70, 32, 94, 54, 100, 70, 82, 62, 62, 44, 44,
    ]),
  ]

  private static let nines = [
    Glyph([74, 14, 52, 1, 26, 16, 26, 40, 48, 50, 70, 36, 76, 12, 76, 12, 74, 52, 68, 100]),
    Glyph([74, 22, 52, 0, 28, 18, 34, 46, 60, 44, 74, 18, 76, 52, 62, 90, 36, 99, 22, 90]),
    Glyph([76, 10, 50, 4, 24, 26, 32, 50, 62, 40, 78, 6, 78, 6, 66, 48, 50, 100]),
    Glyph([66, 12, 48, 2, 34, 16, 36, 38, 54, 42, 66, 24, 66, 10, 64, 50, 60, 100]),
  ]
}
