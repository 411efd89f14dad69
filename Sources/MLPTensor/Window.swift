/// Where a convolution or a pooling looks: a kernel that walks over a picture.
///
/// A picture is a shape of height, width and channels, its numbers in that order. Output (i, j) sees input
/// (i·stride - before + a, j·stride - before + b) for each tap (a, b) of the kernel that lies inside.
package struct Window: Equatable, Sendable {
  package struct Extent: Equatable, Sendable, CustomStringConvertible {
    package let height: Int
    package let width: Int

    package init(height: Int, width: Int) {
      self.height = height
      self.width = width
    }

    /// - Parameter sizes: two.
    package init(_ sizes: [Int]) { self.init(height: sizes[0], width: sizes[1]) }

    package var count: Int { height * width }

    package var description: String { "\(height)x\(width)" }
  }

  package let input: Extent
  package let channels: Int
  package let kernel: Extent
  package let stride: Extent
  /// Rows above and columns left of the input that the first output's kernel begins with; less than the kernel.
  package let before: Extent
  package let output: Extent

  /// - Parameters: such that each output sees at least one number of the input.
  package init(
    input: Extent, channels: Int, kernel: Extent, stride: Extent, before: Extent, output: Extent
  ) {
    self.input = input
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.before = before
    self.output = output
  }

  /// Numbers that a kernel sees.
  package var taps: Int { kernel.count * channels }

  /// The kernel's rows that lie inside the input for output row i.
  @inline(__always)
  func kernelRows(_ i: Int) -> Range<Int> {
    let start = i * stride.height - before.height
    return max(0, -start)..<min(kernel.height, input.height - start)
  }

  /// The kernel's columns that lie inside the input for output column j.
  @inline(__always)
  func kernelColumns(_ j: Int) -> Range<Int> {
    let start = j * stride.width - before.width
    return max(0, -start)..<min(kernel.width, input.width - start)
  }

  /// Calls `body` for each pixel of the output and each tap that lies inside, in the order of samples, output
  /// rows and columns, kernel rows and columns.
  ///
  /// - Parameter body: gets the indices of the input's and the output's pixel in the batch, and the tap's.
  @inline(__always)
  func forEachTap(
    _ samples: Int, _ body: (_ pixel: Int, _ output: Int, _ tap: Int) -> Void
  ) {
    for n in 0..<samples {
      for i in 0..<output.height {
        for j in 0..<output.width {
          let target = (n * output.height + i) * output.width + j
          for a in kernelRows(i) {
            let row = n * input.height + i * stride.height - before.height + a
            for b in kernelColumns(j) {
              let column = j * stride.width - before.width + b
              body(row * input.width + column, target, a * kernel.width + b)
            }
          }
        }
      }
    }
  }
}
