/// Eight numbers that are worked on at once: half of `Lanes`.
typealias HalfLanes = SIMD8<Float>

/// A batch of pictures as the kernels of convolutions work on them.
///
/// Sample by sample, row by row, pixel by pixel; a pixel's channels lie side by side, padded to `depth` numbers.
/// Around each picture there may be a border of zeros, which no kernel changes.
package struct Images {
  /// The first pixel of the first sample.
  let base: UnsafeMutablePointer<Float>
  package let height: Int
  package let width: Int
  package let channels: Int
  /// From one pixel to the next.
  let depth: Int
  let rowStride: Int
  let sampleStride: Int

  func sample(_ n: Int) -> UnsafeMutablePointer<Float> { base + n * sampleStride }

  /// From a sample's first pixel to another; rows and columns of the border may be given.
  func offset(_ row: Int, _ column: Int) -> Int { row * rowStride + column * depth }

  /// A depth for so many channels that half-wide vectors fill.
  package static func depth(forChannels count: Int) -> Int { (count + 7) / 8 * 8 }
}

/// Rows and columns of zeros around a picture.
package struct Border: Equatable, Sendable {
  package var top: Int
  package var left: Int
  package var bottom: Int
  package var right: Int

  package static let none = Border(0, 0, 0, 0)

  package init(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int) {
    (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
  }
}

/// Memory for pictures, zeroed, on cache-line boundaries; freed with the object.
package final class ImageBuffer {
  package let images: Images
  private let start: UnsafeMutablePointer<Float>

  /// - Parameter depth: at least the channels; a multiple of 8 where pixels are worked on as vectors.
  package init(
    samples: Int, _ extent: Window.Extent, channels: Int, depth: Int, border: Border = .none
  ) {
    // A row's last vector may reach half over the row's end: into a pixel that is the row's own.
    let reach = depth * extent.width % Panels.width == 0 ? 0 : 1
    let rowStride = (border.left + extent.width + max(border.right, reach)) * depth
    let sampleStride = (border.top + extent.height + border.bottom) * rowStride
    let count = samples * sampleStride + Panels.width
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
    start = raw.initializeMemory(as: Float.self, repeating: 0, count: count)
    images = Images(
      base: start + border.top * rowStride + border.left * depth, height: extent.height,
      width: extent.width, channels: channels, depth: depth, rowStride: rowStride,
      sampleStride: sampleStride)
  }

  deinit { start.deallocate() }
}

extension UnsafeMutablePointer<Float> {
  /// The 8 numbers from here on.
  @inline(__always)
  var halfLanes: HalfLanes {
    get { UnsafeRawPointer(self).loadUnaligned(as: HalfLanes.self) }
    nonmutating set { UnsafeMutableRawPointer(self).storeBytes(of: newValue, as: HalfLanes.self) }
  }
}

extension UnsafePointer<Float> {
  /// The 8 numbers from here on.
  @inline(__always)
  var halfLanes: HalfLanes { UnsafeRawPointer(self).loadUnaligned(as: HalfLanes.self) }
}

extension Kernel {
  /// Sample n ← row n of panels.
  package static func copy(row n: Int, of panels: Panels, to images: Images) {
    forEachRun(n, panels, images) { features, pixels, count in
      pixels.update(from: features, count: count)
    }
  }

  /// Row n of panels ← sample n.
  package static func copy(sample n: Int, of images: Images, to panels: Panels) {
    forEachRun(n, panels, images) { features, pixels, count in
      features.update(from: pixels, count: count)
    }
  }

  /// The numbers of a sample that lie side by side in both layouts.
  @inline(__always)
  private static func forEachRun(
    _ n: Int, _ panels: Panels, _ images: Images,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) {
    precondition(panels.columns == images.height * images.width * images.channels)
    // Where pixels have no padding, a whole row of them is one run.
    let isClosed = images.depth == images.channels
    let length = isClosed ? images.width * images.channels : images.channels
    let runs = isClosed ? 1 : images.width
    var feature = 0
    for row in 0..<images.height {
      for run in 0..<runs {
        var pixel = images.sample(n) + images.offset(row, run)
        let end = feature + length
        while feature < end {
          let lane = feature % Panels.width
          let count = min(Panels.width - lane, end - feature)
          body(panels.lanes(feature / Panels.width, n) + lane, pixel, count)
          pixel += count
          feature += count
        }
      }
    }
  }
}
