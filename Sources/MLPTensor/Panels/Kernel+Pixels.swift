extension Kernel {
  /// The same numbers with one row a pixel. samples: [n, pixels·k]   pixels: [n·pixels, k]
  package static func copy(_ samples: Panels, toPixels pixels: Panels) {
    forEachRun(samples, pixels) { sample, pixel, count in pixel.update(from: sample, count: count) }
  }

  /// The same numbers with one row a sample. pixels: [n·pixels, k]   samples: [n, pixels·k]
  package static func copy(pixels: Panels, to samples: Panels) {
    forEachRun(samples, pixels) { sample, pixel, count in sample.update(from: pixel, count: count) }
  }

  /// The numbers that lie side by side in both layouts.
  @inline(__always)
  private static func forEachRun(
    _ samples: Panels, _ pixels: Panels,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) {
    let width = pixels.columns
    precondition(samples.rows * samples.columns == pixels.rows * width)
    let perSample = samples.columns / width
    for row in 0..<pixels.rows {
      let (n, first) = (row / perSample, row % perSample * width)
      var column = 0
      while column < width {
        let (lane, place) = ((first + column) % Panels.width, column % Panels.width)
        let count = min(Panels.width - max(lane, place), width - column)
        body(samples.element(n, first + column), pixels.element(row, column), count)
        column += count
      }
    }
  }
}
