extension Kernel {
  // One sample of pictures of the same depth, a multiple of 8: eight channels at a time. x, dx: the window's input
  // y, dy: its output, to which it adds no border.

  /// y ← the greatest number that each output sees.
  package static func maximum(_ x: Images, into y: Images, sample n: Int, _ window: Window) {
    forEachOutput(x, y, n, window) { source, target in
      var best = source.halfLanes
      for a in 0..<window.kernel.height {
        for b in 0..<window.kernel.width {
          let value = (source + x.offset(a, b)).halfLanes
          best = best.replacing(with: value, where: value .> best)
        }
      }
      target.halfLanes = best
    }
  }

  /// dx ← for each output dy at the first of the greatest numbers that it sees, summed in the order of outputs; else
  /// 0. dx and dy are laid out as their pictures x and y, but for the borders.
  package static func maximumBackward(
    _ dy: Images, _ y: Images, _ x: Images, into dx: Images, sample n: Int, _ window: Window
  ) {
    for row in 0..<dx.height {
      (dx.sample(n) + dx.offset(row, 0)).update(repeating: 0, count: dx.width * dx.depth)
    }
    for i in 0..<window.output.height {
      for j in 0..<window.output.width {
        let (row, column) = (i * window.stride.height, j * window.stride.width)
        let source = x.sample(n) + x.offset(row, column)
        let target = dx.sample(n) + dx.offset(row, column)
        for channel in stride(from: 0, to: x.depth, by: HalfLanes.scalarCount) {
          let best = (y.sample(n) + (y.offset(i, j) + channel)).halfLanes
          var rest = (dy.sample(n) + (dy.offset(i, j) + channel)).halfLanes
          for a in 0..<window.kernel.height {
            for b in 0..<window.kernel.width {
              let isBest = (source + (x.offset(a, b) + channel)).halfLanes .== best
              let place = target + (dx.offset(a, b) + channel)
              place.halfLanes += HalfLanes().replacing(with: rest, where: isBest)
              rest = rest.replacing(with: HalfLanes(), where: isBest)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func forEachOutput(
    _ x: Images, _ y: Images, _ n: Int, _ window: Window,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    for i in 0..<window.output.height {
      for j in 0..<window.output.width {
        let source = x.sample(n) + x.offset(i * window.stride.height, j * window.stride.width)
        let target = y.sample(n) + y.offset(i, j)
        for channel in stride(from: 0, to: x.depth, by: HalfLanes.scalarCount) {
          body(source + channel, target + channel)
        }
      }
    }
  }
}
