/// Sixteen numbers that are worked on at once.
package typealias Lanes = SIMD16<Float>

/// A matrix in panels of 16 columns: what the fast kernels work on.
///
/// Element (row, column) stands at `base[column / 16 · stride + row · 16 + column % 16]`. The same layout serves
/// each orientation of a product: 16 columns are one vector, and the 16 columns of six neighbouring rows lie
/// side by side. Columns beyond the last one are padding that stays 0.
package struct Panels {
  package let base: UnsafeMutablePointer<Float>
  package let rows: Int
  package let columns: Int
  /// Numbers from one panel to the next.
  package let stride: Int

  package static let width = 16

  package var panelCount: Int { (columns + Panels.width - 1) / Panels.width }

  /// The 16 columns of a row in one panel.
  @inline(__always)
  package func lanes(_ panel: Int, _ row: Int) -> UnsafeMutablePointer<Float> {
    base + (panel * stride + row * Panels.width)
  }

  /// One element.
  @inline(__always)
  package func element(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Float> {
    lanes(column / Panels.width, row) + column % Panels.width
  }

  /// The first rows alone.
  package func prefix(_ rows: Int) -> Panels {
    precondition(rows <= self.rows)
    return Panels(base: base, rows: rows, columns: columns, stride: stride)
  }

  /// The first columns alone.
  package func prefix(columns: Int) -> Panels {
    precondition(columns <= self.columns)
    return Panels(base: base, rows: rows, columns: columns, stride: stride)
  }

  /// These rows alone.
  package func rows(_ range: Range<Int>) -> Panels {
    Panels(
      base: base + range.lowerBound * Panels.width, rows: range.count, columns: columns,
      stride: stride)
  }

  /// The columns of these panels alone.
  package func panels(_ range: Range<Int>) -> Panels {
    let columns = min(columns, range.upperBound * Panels.width) - range.lowerBound * Panels.width
    return Panels(base: lanes(range.lowerBound, 0), rows: rows, columns: columns, stride: stride)
  }

  /// Copies a row-major matrix in.
  package func fill(from elements: [Float]) {
    precondition(elements.count == rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { element(row, column).pointee = elements[row * columns + column] }
    }
  }

  /// The matrix in row-major order, without padding.
  package var rowMajor: [Float] {
    [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
      for row in 0..<rows {
        for column in 0..<columns { buffer[row * columns + column] = element(row, column).pointee }
      }
      count = rows * columns
    }
  }
}

/// Memory for panels, zeroed, on cache-line boundaries; freed with the object.
package final class PanelBuffer {
  package let panels: Panels

  package init(rows: Int, columns: Int) {
    let panelCount = (columns + Panels.width - 1) / Panels.width
    // An odd number of cache lines from panel to panel, so that neighbouring panels don't share cache sets.
    let stride = (rows | 1) * Panels.width
    let count = max(1, panelCount * stride)
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
    let base = raw.initializeMemory(as: Float.self, repeating: 0, count: count)
    panels = Panels(base: base, rows: rows, columns: columns, stride: stride)
  }

  deinit { panels.base.deallocate() }
}

extension UnsafePointer<Float> {
  /// The 16 numbers from here on.
  @inline(__always)
  var lanes: Lanes { UnsafeRawPointer(self).loadUnaligned(as: Lanes.self) }
}

extension UnsafeMutablePointer<Float> {
  /// The 16 numbers from here on.
  @inline(__always)
  var lanes: Lanes {
    get { UnsafeRawPointer(self).loadUnaligned(as: Lanes.self) }
    nonmutating set { UnsafeMutableRawPointer(self).storeBytes(of: newValue, as: Lanes.self) }
  }
}

extension Panels {
  /// Copies one row in.
  package func fill(row: Int, from source: UnsafePointer<Float>) {
    for panel in 0..<panelCount {
      let first = panel * Panels.width
      let target = lanes(panel, row)
      if first + Panels.width <= columns {
        target.lanes = (source + first).lanes
      } else {
        for lane in 0..<columns - first { target[lane] = source[first + lane] }
      }
    }
  }
}
