import CProcessor

/// The numbers other than 0 of a batch of byte samples, found twice: by sample, and by feature.
///
/// A number that is exactly 0 adds nothing to any chain of multiply-adds, so leaving it out changes no bit. An
/// entry is a place and a byte in one word, place << 8 | byte: small enough that a batch stays in the cache.
/// Different threads may set different rows, and then index different blocks.
package final class SparseRows {
  /// How many samples there is room for.
  package let capacity: Int
  package let features: Int
  /// What each byte counts as; 0 is 0.
  let table: UnsafeMutablePointer<Float>

  /// Features of a block: its weights in four panels are twice a first-level cache. Smaller blocks would be read
  /// from it more often, but end more runs of entries, each of which the processor guesses wrong.
  static let blockFeatures = 196
  package let blocks: Int

  // By sample n and block b: entries starts[n·(blocks + 1) + b] ..< starts[… + b + 1], in the order of features.
  let starts: UnsafeMutablePointer<Int32>
  let entries: UnsafeMutablePointer<UInt32>
  // By feature i: `featureCounts[i]` entries from `featureStarts[i]` on, in the order of samples.
  let featureStarts: UnsafeMutablePointer<Int>
  let featureCounts: UnsafeMutablePointer<Int>
  let featureEntries: UnsafeMutablePointer<UInt32>

  /// - Parameter table: 256 numbers, the first of them 0.
  package init(capacity: Int, features: Int, table: [Float]) {
    precondition(table.count == 256 && table[0] == 0 && features < 1 << 24 && capacity < 1 << 24)
    self.capacity = capacity
    self.features = features
    blocks = (features + Self.blockFeatures - 1) / Self.blockFeatures
    self.table = .allocate(capacity: 256)
    for byte in 0..<256 { self.table[byte] = table[byte] }
    starts = .allocate(capacity: capacity * (blocks + 1))
    // One more for each sample than there can be: an entry is written before it is known to count.
    entries = .allocate(capacity: capacity * (features + 1))
    featureStarts = .allocate(capacity: features)
    featureCounts = .allocate(capacity: features)
    featureCounts.initialize(repeating: 0, count: features)
    featureEntries = .allocate(capacity: capacity * features)
  }

  deinit {
    table.deallocate()
    starts.deallocate()
    entries.deallocate()
    featureStarts.deallocate()
    featureCounts.deallocate()
    featureEntries.deallocate()
  }

  // MARK: By sample

  /// Makes a sample of bytes row `n`.
  package func set(_ n: Int, to bytes: UnsafePointer<UInt8>) {
    precondition(n < capacity)
    let starts = starts + n * (blocks + 1)
    var end = n * (features + 1)
    for block in 0..<blocks {
      starts[block] = Int32(truncatingIfNeeded: end)
      end = addBlock(bytes, range(of: block), end)
    }
    starts[blocks] = Int32(truncatingIfNeeded: end)
  }

  /// Asks for a sample's bytes before it is set: in random order each sample is far from the last one.
  package static func prefetch(_ bytes: UnsafePointer<UInt8>, count: Int) {
    for offset in stride(from: 0, to: count, by: 64) { mlpc_processor_prefetch(bytes + offset) }
  }

  private func range(of block: Int) -> Range<Int> {
    block * Self.blockFeatures..<min((block + 1) * Self.blockFeatures, features)
  }

  /// Writes each byte's entry, and goes on to the next place only where the byte isn't 0: no branch to guess.
  @inline(__always)
  private func addBlock(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ start: Int) -> Int {
    var end = start
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      var eight = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self).littleEndian
      if eight != 0 {
        for lane in 0..<8 {
          let byte = UInt32(truncatingIfNeeded: eight) & 0xFF
          entries[end] = UInt32(truncatingIfNeeded: index + lane) << 8 | byte
          end += byte == 0 ? 0 : 1
          eight >>= 8
        }
      }
      index += 8
    }
    while index < range.upperBound {
      let byte = UInt32(bytes[index])
      entries[end] = UInt32(truncatingIfNeeded: index) << 8 | byte
      end += byte == 0 ? 0 : 1
      index += 1
    }
    return end
  }

  /// Entries of one sample in the blocks given.
  @inline(__always)
  func run(_ n: Int, _ blocks: Range<Int>) -> UnsafeBufferPointer<UInt32> {
    let starts = starts + n * (self.blocks + 1)
    let first = Int(starts[blocks.lowerBound])
    return UnsafeBufferPointer(
      start: entries + first, count: Int(starts[blocks.upperBound]) - first)
  }

  // MARK: By feature

  /// Sorts one block's entries of rows 0 ..< rows by feature: counts, sums, and places, sample by sample.
  package func indexByFeature(_ block: Int, rows: Int) {
    let range = range(of: block)
    for i in range { featureCounts[i] = 0 }
    for n in 0..<rows {
      for entry in run(n, block..<block + 1) { featureCounts[Int(entry >> 8)] += 1 }
    }
    var start = range.lowerBound * capacity
    for i in range {
      featureStarts[i] = start
      start += featureCounts[i]
      featureCounts[i] = 0
    }
    for n in 0..<rows {
      for entry in run(n, block..<block + 1) {
        let feature = Int(entry >> 8)
        let place = featureStarts[feature] + featureCounts[feature]
        featureEntries[place] = UInt32(truncatingIfNeeded: n) << 8 | entry & 0xFF
        featureCounts[feature] += 1
      }
    }
  }

  /// Entries of one feature.
  @inline(__always)
  func run(ofFeature i: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: featureEntries + featureStarts[i], count: featureCounts[i])
  }

  /// The first sample's entries of some features.
  func run(ofFirstIn rows: Range<Int>) -> UnsafeBufferPointer<UInt32> {
    let all = run(0, 0..<blocks)
    let from = all.firstIndex { Int($0 >> 8) >= rows.lowerBound } ?? all.count
    let to = all.lastIndex { Int($0 >> 8) < rows.upperBound }.map { $0 + 1 } ?? from
    return UnsafeBufferPointer(rebasing: all[from..<max(from, to)])
  }
}
