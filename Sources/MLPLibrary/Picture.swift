import MLPTensor

/// A shape of height, width and channels: what convolution and pooling work on.
struct Picture {
  let extent: Window.Extent
  let channels: Int

  /// How many numbers one sample may have.
  static let limit = 4_000_000

  /// - Throws: where the shape is no picture.
  init(_ shape: Shape, for word: String) throws(Problem) {
    guard shape.rank == 3 else {
      throw Problem(
        "'\(word)' takes a picture, height x width x channels, but \(shape) come in",
        help:
          "say how the numbers lie, for instance 'reshape \(Self.guess(shape.count)) -> \(word) …'"
      )
    }
    extent = Window.Extent(height: shape.sizes[0], width: shape.sizes[1])
    channels = shape.sizes[2]
  }

  /// What to say where the channels stand first, as other frameworks have them; nil where they hardly do.
  func channelsLast(for word: String) -> String? {
    guard extent.height <= 4, extent.width == channels else { return nil }
    return
      "the channels come last: 'reshape \(Shape(extent.width, channels, extent.height)) -> \(word) …'"
  }

  static func tooLarge(_ count: Int) -> Problem {
    Problem(
      "a sample would have \(Format.grouped(count)) numbers here, more than \(Format.grouped(limit))"
    )
  }

  /// The square of so many numbers, or else of so many with three channels, or one row.
  private static func guess(_ count: Int) -> Shape {
    for channels in [1, 3] where count % channels == 0 {
      let side = Int(Double(count / channels).squareRoot())
      if side * side * channels == count { return Shape(side, side, channels) }
    }
    return Shape(1, count, 1)
  }
}

extension Window {
  /// Pixels of the input with the padding that its kernel reaches.
  var paddedCount: Int {
    let border = inputBorder
    return (input.height + border.top + border.bottom)
      * (input.width + border.left + border.right)
  }

  /// Pixels of the output's gradient with what is kept around it.
  var gradientCount: Int {
    let border = gradientBorder
    return (output.height + border.top + border.bottom)
      * (output.width + border.left + border.right)
  }
}
