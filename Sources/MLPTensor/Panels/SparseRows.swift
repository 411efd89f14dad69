import CProcessor

/// The numbers other than 0 of some samples of bytes, found twice: by sample, and by feature.
///
/// A number that is exactly 0 adds nothing to any chain of multiply-adds, so leaving it out changes no bit. An
/// entry is a place and a byte in one word, place << 8 | byte: small enough that a batch stays in the cache.
package final class SparseRows {
  /// How many samples there is room for.
  package let capacity: Int
  package let features: Int
  package private(set) var count = 0
  /// What each byte counts as; 0 is 0.
  let table: UnsafeMutablePointer<Float>

  /// Features of a block: the weights of a block and four panels fill most of a first-level cache.
  static let blockFeatures = 112
  let blocks: Int

  // By sample n and block b: entries starts[n·(blocks + 1) + b] ..< starts[… + b + 1], in the order of features.
  let starts: UnsafeMutablePointer<Int32>
  let entries: UnsafeMutablePointer<UInt32>
  // By feature i: entries featureStarts[i] ..< featureStarts[i + 1], in the order of samples.
  let featureStarts: UnsafeMutablePointer<Int32>
  let featureEntries: UnsafeMutablePointer<UInt32>
  private let featureEnds: UnsafeMutablePointer<Int32>

  /// - Parameter table: 256 numbers, the first of them 0.
  package init(capacity: Int, features: Int, table: [Float]) {
    precondition(table.count == 256 && table[0] == 0 && features < 1 << 24 && capacity < 1 << 24)
    self.capacity = capacity
    self.features = features
    blocks = (features + Self.blockFeatures - 1) / Self.blockFeatures
    self.table = .allocate(capacity: 256)
    for byte in 0..<256 { self.table[byte] = table[byte] }
    starts = .allocate(capacity: capacity * (blocks + 1))
    // Eight more than there can be: entries are written eight at a time.
    entries = .allocate(capacity: capacity * features + 8)
    featureStarts = .allocate(capacity: features + 1)
    featureStarts.initialize(repeating: 0, count: features + 1)
    featureEnds = .allocate(capacity: features + 1)
    featureEntries = .allocate(capacity: capacity * features)
  }

  deinit {
    table.deallocate()
    starts.deallocate()
    entries.deallocate()
    featureStarts.deallocate()
    featureEnds.deallocate()
    featureEntries.deallocate()
  }

  /// Forgets all samples.
  package func removeAll() { count = 0 }

  /// Adds a sample of bytes.
  package func add(_ bytes: UnsafePointer<UInt8>) {
    precondition(count < capacity)
    let starts = starts + count * (blocks + 1)
    var end = count == 0 ? 0 : Int((starts - 1).pointee)
    for block in 0..<blocks {
      starts[block] = Int32(truncatingIfNeeded: end)
      let first = block * Self.blockFeatures
      end = addBlock(bytes, first..<min(first + Self.blockFeatures, features), end)
    }
    starts[blocks] = Int32(truncatingIfNeeded: end)
    count += 1
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

  /// Sorts the entries by feature, for the weight gradient: counts, sums, and places, sample by sample.
  package func indexByFeature() {
    let total = count == 0 ? 0 : Int(starts[count * (blocks + 1) - 1])
    featureEnds.initialize(repeating: 0, count: features + 1)
    for k in 0..<total { featureEnds[Int(entries[k] >> 8) + 1] += 1 }
    for i in 0..<features {
      featureEnds[i + 1] += featureEnds[i]
      featureStarts[i] = featureEnds[i]
    }
    featureStarts[features] = featureEnds[features]
    for n in 0..<count {
      let own = starts + n * (blocks + 1)
      for k in Int(own[0])..<Int(own[blocks]) {
        let entry = entries[k]
        let feature = Int(entry >> 8)
        let place = Int(featureEnds[feature])
        featureEntries[place] = UInt32(truncatingIfNeeded: n) << 8 | entry & 0xFF
        featureEnds[feature] = Int32(truncatingIfNeeded: place + 1)
      }
    }
  }

  /// The first sample's entries of some features.
  func run(ofFirstIn rows: Range<Int>) -> UnsafeBufferPointer<UInt32> {
    var from = Int(starts[0])
    var to = Int(starts[blocks])
    while from < to && Int(entries[from] >> 8) < rows.lowerBound { from += 1 }
    while from < to && Int(entries[to - 1] >> 8) >= rows.upperBound { to -= 1 }
    return UnsafeBufferPointer(start: entries + from, count: to - from)
  }

  /// Asks for a sample's bytes before they are added: in random order each sample is far from the last one.
  package static func prefetch(_ bytes: UnsafePointer<UInt8>, count: Int) {
    for offset in stride(from: 0, to: count, by: 64) { mlpc_processor_prefetch(bytes + offset) }
  }
}
