/// The numbers other than 0 of some samples, found twice: by sample, and by feature.
///
/// A number that is exactly 0 adds nothing to any chain of multiply-adds, so leaving it out changes no bit.
package final class SparseRows {
  /// How many samples there is room for.
  package let capacity: Int
  package let features: Int
  package private(set) var count = 0

  // By sample n: entries starts[n] ..< starts[n + 1], in the order of features.
  let starts: UnsafeMutablePointer<Int32>
  let indices: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Float>
  // By feature i: counts[i] entries from i·capacity on, in the order of samples.
  let featureCounts: UnsafeMutablePointer<Int32>
  let featureSamples: UnsafeMutablePointer<Int32>
  let featureValues: UnsafeMutablePointer<Float>

  package init(capacity: Int, features: Int) {
    self.capacity = capacity
    self.features = features
    starts = .allocate(capacity: capacity + 1)
    indices = .allocate(capacity: capacity * features)
    values = .allocate(capacity: capacity * features)
    featureCounts = .allocate(capacity: features)
    featureSamples = .allocate(capacity: capacity * features)
    featureValues = .allocate(capacity: capacity * features)
    starts[0] = 0
    featureCounts.initialize(repeating: 0, count: features)
  }

  deinit {
    starts.deallocate()
    indices.deallocate()
    values.deallocate()
    featureCounts.deallocate()
    featureSamples.deallocate()
    featureValues.deallocate()
  }

  /// Forgets all samples.
  package func removeAll() {
    count = 0
    featureCounts.update(repeating: 0, count: features)
  }

  /// Adds a sample of bytes; byte b counts as `table[b]`, and 0 as 0.
  ///
  /// - Parameter byFeature: whether it is also found by feature, which only weight gradients need.
  package func add(
    _ bytes: UnsafePointer<UInt8>, table: UnsafePointer<Float>, byFeature: Bool
  ) {
    precondition(count < capacity)
    var end = Int(starts[count])
    var index = 0
    while index < features {
      if index + 8 <= features {
        let eight = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
        if eight == 0 {
          index += 8
          continue
        }
      }
      let stop = min(index + 8, features)
      while index < stop {
        let byte = bytes[index]
        if byte != 0 {
          let value = table[Int(byte)]
          indices[end] = Int32(truncatingIfNeeded: index)
          values[end] = value
          end += 1
          if byFeature { addByFeature(index, value) }
        }
        index += 1
      }
    }
    count += 1
    starts[count] = Int32(truncatingIfNeeded: end)
  }

  @inline(__always)
  private func addByFeature(_ index: Int, _ value: Float) {
    let position = Int(featureCounts[index])
    featureSamples[index * capacity + position] = Int32(truncatingIfNeeded: count)
    featureValues[index * capacity + position] = value
    featureCounts[index] = Int32(truncatingIfNeeded: position + 1)
  }
}

extension Kernel {
  /// Panels that are worked on together: eight chains of eight lanes hide the multiply-add's latency.
  private static let group = 4

  /// Weights of one group that stay in the first-level cache together.
  private static let sparseBlock = 96

  /// y = x·w. y: [x.count, o]   w: [features, o]
  package static func product(_ x: SparseRows, _ w: Panels, into y: Panels) {
    precondition(w.rows == x.features && y.rows == x.count && y.columns == w.columns)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: max(1, x.count)) { position in
      guard let position = position.baseAddress else { return }
      for panel in Swift.stride(from: 0, to: w.panelCount, by: group) {
        for n in 0..<x.count { position[n] = Int(x.starts[n]) }
        var end = 0
        while end < x.features {
          let isFirst = end == 0
          end = x.count == 1 ? x.features : min(end + sparseBlock, x.features)
          for n in 0..<x.count {
            let from = position[n]
            var to = from
            let last = Int(x.starts[n + 1])
            if end == x.features {
              to = last
            } else {
              while to < last && x.indices[to] < end { to += 1 }
            }
            position[n] = to
            accumulate(
              x.indices + from, x.values + from, to - from, w, y, panel, n, isFirst: isFirst)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func accumulate(
    _ indices: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ count: Int, _ w: Panels,
    _ y: Panels, _ panel: Int, _ n: Int, isFirst: Bool
  ) {
    switch w.panelCount - panel {
    case 1: accumulate1(indices, values, count, w, y, panel, n, isFirst)
    case 2: accumulate2(indices, values, count, w, y, panel, n, isFirst)
    case 3: accumulate3(indices, values, count, w, y, panel, n, isFirst)
    default: accumulate4(indices, values, count, w, y, panel, n, isFirst)
    }
  }

  @inline(__always)
  private static func accumulate4(
    _ indices: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ count: Int, _ w: Panels,
    _ y: Panels, _ panel: Int, _ n: Int, _ isFirst: Bool
  ) {
    var c0 = isFirst ? Lanes() : y.lanes(panel, n).lanes
    var c1 = isFirst ? Lanes() : y.lanes(panel + 1, n).lanes
    var c2 = isFirst ? Lanes() : y.lanes(panel + 2, n).lanes
    var c3 = isFirst ? Lanes() : y.lanes(panel + 3, n).lanes
    let base = w.lanes(panel, 0)
    let (s1, s2, s3) = (w.stride, 2 * w.stride, 3 * w.stride)
    for k in 0..<count {
      let row = base + Int(indices[k]) * Panels.width
      let x = Lanes(repeating: values[k])
      c0.addProduct(x, row.lanes)
      c1.addProduct(x, (row + s1).lanes)
      c2.addProduct(x, (row + s2).lanes)
      c3.addProduct(x, (row + s3).lanes)
    }
    y.lanes(panel, n).lanes = c0
    y.lanes(panel + 1, n).lanes = c1
    y.lanes(panel + 2, n).lanes = c2
    y.lanes(panel + 3, n).lanes = c3
  }

  private static func accumulate3(
    _ indices: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ count: Int, _ w: Panels,
    _ y: Panels, _ panel: Int, _ n: Int, _ isFirst: Bool
  ) {
    accumulate2(indices, values, count, w, y, panel, n, isFirst)
    accumulate1(indices, values, count, w, y, panel + 2, n, isFirst)
  }

  private static func accumulate2(
    _ indices: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ count: Int, _ w: Panels,
    _ y: Panels, _ panel: Int, _ n: Int, _ isFirst: Bool
  ) {
    var c0 = isFirst ? Lanes() : y.lanes(panel, n).lanes
    var c1 = isFirst ? Lanes() : y.lanes(panel + 1, n).lanes
    let base = w.lanes(panel, 0)
    for k in 0..<count {
      let row = base + Int(indices[k]) * Panels.width
      let x = Lanes(repeating: values[k])
      c0.addProduct(x, row.lanes)
      c1.addProduct(x, (row + w.stride).lanes)
    }
    y.lanes(panel, n).lanes = c0
    y.lanes(panel + 1, n).lanes = c1
  }

  private static func accumulate1(
    _ indices: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, _ count: Int, _ w: Panels,
    _ y: Panels, _ panel: Int, _ n: Int, _ isFirst: Bool
  ) {
    var c0 = isFirst ? Lanes() : y.lanes(panel, n).lanes
    let base = w.lanes(panel, 0)
    for k in 0..<count {
      c0.addProduct(Lanes(repeating: values[k]), (base + Int(indices[k]) * Panels.width).lanes)
    }
    y.lanes(panel, n).lanes = c0
  }

  // MARK: Weight gradient

  /// Rows `rows` of dW = xᵀ·dy and the step of θ. The samples of dy are those of all parts, one after the other.
  ///
  /// dy: [n, o]   θ: [features, o]
  package static func updateWeights(
    _ θ: Parameter, _ parts: ArraySlice<SparseRows>, _ dy: Panels, rows: Range<Int>,
    _ rule: UpdateRule
  ) {
    for row in rows {
      var isEmpty = true
      for part in parts where part.featureCounts[row] > 0 { isEmpty = false }
      if isEmpty && rule.ignoresZeroGradients { continue }
      for panel in Swift.stride(from: 0, to: dy.panelCount, by: group) {
        if dy.panelCount - panel >= group {
          update4(θ, parts, dy, row, panel, rule)
        } else {
          for single in panel..<dy.panelCount { update1(θ, parts, dy, row, single, rule) }
        }
      }
    }
  }

  @inline(__always)
  private static func update4(
    _ θ: Parameter, _ parts: ArraySlice<SparseRows>, _ dy: Panels, _ row: Int, _ panel: Int,
    _ rule: UpdateRule
  ) {
    var (c0, c1, c2, c3) = (Lanes(), Lanes(), Lanes(), Lanes())
    var base = dy.lanes(panel, 0)
    let (s1, s2, s3) = (dy.stride, 2 * dy.stride, 3 * dy.stride)
    for part in parts {
      let samples = part.featureSamples + row * part.capacity
      let values = part.featureValues + row * part.capacity
      for k in 0..<Int(part.featureCounts[row]) {
        let source = base + Int(samples[k]) * Panels.width
        let x = Lanes(repeating: values[k])
        c0.addProduct(x, source.lanes)
        c1.addProduct(x, (source + s1).lanes)
        c2.addProduct(x, (source + s2).lanes)
        c3.addProduct(x, (source + s3).lanes)
      }
      base += part.count * Panels.width
    }
    θ.step(panel, row, gradient: c0, rule)
    θ.step(panel + 1, row, gradient: c1, rule)
    θ.step(panel + 2, row, gradient: c2, rule)
    θ.step(panel + 3, row, gradient: c3, rule)
  }

  private static func update1(
    _ θ: Parameter, _ parts: ArraySlice<SparseRows>, _ dy: Panels, _ row: Int, _ panel: Int,
    _ rule: UpdateRule
  ) {
    var c = Lanes()
    var base = dy.lanes(panel, 0)
    for part in parts {
      let samples = part.featureSamples + row * part.capacity
      let values = part.featureValues + row * part.capacity
      for k in 0..<Int(part.featureCounts[row]) {
        c.addProduct(Lanes(repeating: values[k]), (base + Int(samples[k]) * Panels.width).lanes)
      }
      base += part.count * Panels.width
    }
    θ.step(panel, row, gradient: c, rule)
  }
}
