/// A convolution between pictures in memory: where each number lies is written out beforehand.
///
/// It works in place, without copying patches: a tile of outputs goes through the same steps from the pixels that
/// each begins at. The pictures' memory must outlive it. Different threads may do different samples, and different
/// parts of the update.
package final class Convolution {
  private let window: Window
  private let outputs: Int
  private let x: Images
  private let y: Images
  private let dy: Images
  private let dx: Images?

  /// From pixels of x through the taps to pixels of y.
  private let forwardRows: ChainRows
  /// From taps through all pixels.
  private let gradientRows: ChainRows
  /// From pixels of dy to those of dx, by the pixels' remainders under the stride.
  private let inputClasses: [InputClass]
  /// For each step of the classes: where its weights begin, and the output that they belong to.
  private let packing: [(row: Int, output: Int)]
  /// The weights in the order of the classes' steps, a step's channels side by side.
  private let packed: UnsafeMutablePointer<Float>
  private let tiles: [ChainTile]

  /// Input pixels that the same taps lead to.
  private struct InputClass {
    let rows: ChainRows
    /// Its first step among all.
    let first: Int
  }

  /// - Parameters:
  ///   - x: with a border of `window.inputBorder`.
  ///   - y: a depth that vectors fill, as dy and dx.
  ///   - dy: with a border of `window.gradientBorder`, if dx is asked for.
  package init(
    _ window: Window, outputs: Int, from x: Images, to y: Images, gradient dy: Images,
    inputGradient dx: Images?
  ) {
    self.window = window
    self.outputs = outputs
    (self.x, self.y, self.dy, self.dx) = (x, y, dy, dx)
    tiles = ChainTile.covering(y.depth)
    let pixels = window.outputPixels
    let origins = pixels.map { i, j in
      x.offset(
        i * window.stride.height - window.before.height,
        j * window.stride.width - window.before.width)
    }
    let taps = window.kernelPixels.flatMap { a, b in
      (0..<window.channels).map { x.offset(a, b) + $0 }
    }
    forwardRows = ChainRows(
      from: origins, to: pixels.map { y.offset($0, $1) },
      by: taps.enumerated().map { ChainStep($1, $0 * Panels.width) })
    gradientRows = ChainRows(
      from: taps, by: zip(origins, pixels).map { ChainStep($0, dy.offset($1.0, $1.1)) })
    (inputClasses, packing) = dx.map { Self.classes(window, outputs, dy, $0) } ?? ([], [])
    let count = packing.count * (dx?.depth ?? 0) + Panels.width
    packed = .allocate(capacity: count)
    packed.initialize(repeating: 0, count: count)
  }

  deinit { packed.deallocate() }

  /// Input pixel r sees the taps a with r + before - a a multiple of the stride. In the order of outputs their rows
  /// fall.
  private static func classes(
    _ window: Window, _ outputs: Int, _ dy: Images, _ dx: Images
  ) -> ([InputClass], [(row: Int, output: Int)]) {
    var classes: [InputClass] = []
    var packing: [(row: Int, output: Int)] = []
    let (rowTaps, columnTaps) = (
      AxisTaps(window.kernel.height, window.stride.height, window.before.height),
      AxisTaps(window.kernel.width, window.stride.width, window.before.width)
    )
    for down in 0..<min(window.stride.height, window.input.height) {
      for across in 0..<min(window.stride.width, window.input.width) {
        var steps: [ChainStep] = []
        let first = packing.count
        for (a, back) in rowTaps.seen(by: down) {
          for (b, left) in columnTaps.seen(by: across) {
            for output in 0..<outputs {
              steps.append(ChainStep(-dy.offset(back, left) + output, steps.count * dx.depth))
              packing.append(((a * window.kernel.width + b) * window.channels, output))
            }
          }
        }
        let pixels = stride(from: down, to: window.input.height, by: window.stride.height)
          .flatMap { r in
            stride(from: across, to: window.input.width, by: window.stride.width).map { (r, $0) }
          }
        let rows = ChainRows(
          from: pixels.map { dy.offset(rowTaps.output(of: $0), columnTaps.output(of: $1)) },
          to: pixels.map { dx.offset($0, $1) }, by: steps)
        classes.append(InputClass(rows: rows, first: first))
      }
    }
    return (classes, packing)
  }

  // MARK: One sample

  /// y ← f(x * w + b)
  package func forward(_ n: Int, weights: Panels, bias: Panels?, _ f: Activation) {
    for tile in tiles {
      let panel = tile.column / Panels.width
      let bias = bias.map { $0.panel(panel) }
      Kernel.fill(
        forwardRows, tile, x.sample(n), weights.lanes(panel, 0), into: y.sample(n)
      ) { c in
        let result = Panels(
          base: c, rows: tile.rows, columns: Panels.width, stride: ChainTile.most * Panels.width)
        Kernel.activate(result, bias: bias, f)
      }
    }
  }

  /// dy ← dy·f′, from y = f(x).
  package func deactivate(_ n: Int, _ f: Activation) {
    if case .identity = f { return }
    let count = (y.width * y.depth + Panels.width - 1) / Panels.width
    for row in 0..<y.height {
      func panels(_ images: Images) -> Panels {
        Panels(
          base: images.sample(n) + images.offset(row, 0), rows: count, columns: Panels.width,
          stride: count * Panels.width)
      }
      Kernel.deactivate(panels(dy), panels(y), f)
    }
  }

  /// Readies the weights for `inputGradient`; after each update, before the samples.
  package func pack(_ weights: Panels) {
    guard let dx else { return }
    for (step, place) in packing.enumerated() {
      let target = packed + step * dx.depth
      for c in 0..<window.channels {
        target[c] = weights.element(place.row + c, place.output).pointee
      }
    }
  }

  /// dx from dy.
  package func inputGradient(_ n: Int) {
    guard let dx else { return }
    for tile in ChainTile.covering(dx.depth) {
      for inputClass in inputClasses {
        let weights = packed + (inputClass.first * dx.depth + tile.column)
        Kernel.fill(inputClass.rows, tile, dy.sample(n), weights, into: dx.sample(n)) { _ in }
      }
    }
  }

  // MARK: The update

  /// Parts of the weights that can be updated independently of each other.
  package var partCount: Int { tiles.reduce(0) { $0 + parts(of: $1) } }

  private func parts(of tile: ChainTile) -> Int { (window.taps + tile.rows - 1) / tile.rows }

  /// One part of the weights' gradient, summed over the samples in order, and its step.
  package func update(_ part: Int, samples: Int, _ θ: Parameter, _ rule: UpdateRule) {
    var part = part
    for tile in tiles {
      guard part >= parts(of: tile) else {
        return update(tile, row: part * tile.rows, samples, θ, rule)
      }
      part -= parts(of: tile)
    }
  }

  private func update(
    _ tile: ChainTile, row: Int, _ samples: Int, _ θ: Parameter, _ rule: UpdateRule
  ) {
    Kernel.withScratch { c in
      gradientRows.steps.withUnsafeBufferPointer { steps in
        gradientRows.sources.withUnsafeBufferPointer { sources in
          guard let sources = sources.baseAddress else { return }
          for n in 0..<samples {
            Kernel.chains(
              tile, x.sample(n), sources + row, dy.sample(n) + tile.column, steps, c,
              continuing: n > 0)
          }
        }
      }
      for r in 0..<min(tile.rows, window.taps - row) {
        let gradient = (c + r * Panels.width).lanes
        θ.step(tile.column / Panels.width, row + r, gradient: gradient, rule)
      }
    }
  }

  /// The bias's gradient, Σ dy in the order of samples and pixels, and its step. θ: [1, o]
  package func updateBias(samples: Int, _ θ: Parameter, _ rule: UpdateRule) {
    for tile in tiles {
      let sum = tile.isWide ? sum(tile.column, samples) : halfSum(tile.column, samples)
      θ.step(tile.column / Panels.width, 0, gradient: sum, rule)
    }
  }

  private func sum(_ column: Int, _ samples: Int) -> Lanes {
    var sum = Lanes()
    forEachRow(samples) { row in
      for j in 0..<dy.width { sum += (row + (j * dy.depth + column)).lanes }
    }
    return sum
  }

  private func halfSum(_ column: Int, _ samples: Int) -> Lanes {
    var sum = HalfLanes()
    forEachRow(samples) { row in
      for j in 0..<dy.width { sum += (row + (j * dy.depth + column)).halfLanes }
    }
    return Lanes(lowHalf: sum, highHalf: HalfLanes())
  }

  @inline(__always)
  private func forEachRow(_ samples: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    for n in 0..<samples {
      for i in 0..<dy.height { body(dy.sample(n) + dy.offset(i, 0)) }
    }
  }
}

/// The taps of a kernel along one axis.
private struct AxisTaps {
  let kernel: Int
  let stride: Int
  let before: Int

  init(_ kernel: Int, _ stride: Int, _ before: Int) {
    (self.kernel, self.stride, self.before) = (kernel, stride, before)
  }

  /// The last output whose kernel begins at or before an input; it may lie outside.
  func output(of input: Int) -> Int { (input + before) / stride }

  /// The taps through which outputs see an input, and how far each of those outputs lies before the last; the
  /// first output first.
  func seen(by input: Int) -> [(tap: Int, back: Int)] {
    let remainder = (input + before) % stride
    return Swift.stride(from: remainder, to: kernel, by: stride).reversed().map {
      ($0, $0 / stride)
    }
  }
}

extension Panels {
  /// One panel alone, 16 columns with their padding.
  fileprivate func panel(_ index: Int) -> Panels {
    Panels(base: lanes(index, 0), rows: rows, columns: Panels.width, stride: stride)
  }
}

extension Window {
  /// The zeros around the input that make all taps lie inside.
  package var inputBorder: Border {
    func after(_ input: Int, _ kernel: Int, _ stride: Int, _ before: Int, _ output: Int) -> Int {
      max(0, (output - 1) * stride - before + kernel - input)
    }
    return Border(
      before.height, before.width,
      after(input.height, kernel.height, stride.height, before.height, output.height),
      after(input.width, kernel.width, stride.width, before.width, output.width))
  }

  /// The zeros around the output's gradient that make all outputs that see an input lie inside.
  package var gradientBorder: Border {
    func around(_ input: Int, _ kernel: Int, _ stride: Int, _ before: Int, _ output: Int)
      -> (before: Int, after: Int)
    {
      let taps = AxisTaps(kernel, stride, before)
      let least = (0..<min(stride, input)).map { remainder in
        taps.output(of: remainder) - (taps.seen(by: remainder).first?.back ?? 0)
      }
      return (max(0, -(least.min() ?? 0)), max(0, taps.output(of: input - 1) - (output - 1)))
    }
    let rows = around(
      input.height, kernel.height, stride.height, before.height, output.height)
    let columns = around(input.width, kernel.width, stride.width, before.width, output.width)
    return Border(rows.before, columns.before, rows.after, columns.after)
  }

  fileprivate var outputPixels: [(Int, Int)] { Self.pixels(output) }
  fileprivate var kernelPixels: [(Int, Int)] { Self.pixels(kernel) }

  private static func pixels(_ extent: Extent) -> [(Int, Int)] {
    (0..<extent.height).flatMap { row in (0..<extent.width).map { (row, $0) } }
  }
}
