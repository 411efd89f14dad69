import CProcessor

/// The numbers other than 0 of a batch of byte samples, found twice: by sample, and by feature.
///
/// A number that is exactly 0 adds nothing to any chain of multiply-adds, so leaving it out changes no bit.
/// Different threads may set different rows, and then index different blocks.
package final class SparseRows {
  /// How many samples there is room for.
  package let capacity: Int
  package let format: SparseFormat
  /// What each byte counts as; 0 is 0.
  let table: UnsafeMutablePointer<Float>

  package var features: Int { format.features }
  package var blocks: Int { format.blocks }

  // By sample n: its record, which is its own or was remembered.
  let records: UnsafeMutablePointer<UnsafePointer<SparseFormat.Word>>
  private let ownRecords: UnsafeMutablePointer<SparseFormat.Word>
  // By feature i: entries from i · featureStride up to its end, in the order of samples.
  let featureEnds: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  let featureEntries: UnsafeMutablePointer<UInt32>
  let featureStride: Int

  /// - Parameter table: 256 numbers, the first of them 0.
  package init(capacity: Int, format: SparseFormat, table: [Float]) {
    precondition(table.count == 256 && table[0] == 0 && capacity < 1 << 24)
    self.capacity = capacity
    self.format = format
    self.table = .allocate(capacity: 256)
    for byte in 0..<256 { self.table[byte] = table[byte] }
    records = .allocate(capacity: capacity)
    ownRecords = .allocate(capacity: capacity * format.longest)
    for n in 0..<capacity { records[n] = UnsafePointer(ownRecords + n * format.longest) }
    featureEnds = .allocate(capacity: format.features)
    // An odd number of cache lines, so that the features' first entries don't share cache sets.
    featureStride = ((capacity + 15) / 16 | 1) * 16
    featureEntries = .allocate(capacity: format.features * featureStride)
    for i in 0..<format.features { featureEnds[i] = featureEntries + i * featureStride }
  }

  deinit {
    table.deallocate()
    records.deallocate()
    ownRecords.deallocate()
    featureEnds.deallocate()
    featureEntries.deallocate()
  }

  // MARK: By sample

  /// Makes a sample of bytes row `n`.
  package func set(_ n: Int, to bytes: UnsafePointer<UInt8>) {
    precondition(n < capacity)
    let record = ownRecords + n * format.longest
    _ = format.write(bytes, to: record)
    records[n] = UnsafePointer(record)
  }

  /// Makes a remembered sample row `n`, for as long as it is remembered.
  package func set(_ n: Int, toRecord record: UnsafePointer<SparseFormat.Word>) {
    precondition(n < capacity)
    records[n] = record
  }

  /// Asks for a sample's bytes before it is set: in random order each sample is far from the last one.
  package static func prefetch(_ bytes: UnsafePointer<UInt8>, count: Int) {
    for offset in stride(from: 0, to: count, by: 64) { mlpc_processor_prefetch(bytes + offset) }
  }

  /// Asks for a row's record before it is read: for as much as most have.
  @inline(__always)
  func prefetch(_ n: Int) {
    guard n < capacity else { return }
    for line in 0..<7 { mlpc_processor_prefetch(records[n] + 32 * line) }
  }

  /// Entries of one sample in one block.
  @inline(__always)
  func run(_ n: Int, block: Int) -> UnsafeBufferPointer<SparseFormat.Word> {
    SparseFormat.entries(block, of: records[n])
  }

  /// The first sample's entries of some of a block's features.
  func run(ofFirstIn rows: Range<Int>, block: Int) -> UnsafeBufferPointer<SparseFormat.Word> {
    let all = run(0, block: block)
    let features = format.range(of: block)
    if rows.lowerBound <= features.lowerBound && features.upperBound <= rows.upperBound {
      return all
    }
    let places = rows.clamped(to: features)
    func position(_ feature: Int) -> Int {
      all.firstIndex { Int($0 >> 8) >= feature - features.lowerBound } ?? all.count
    }
    return UnsafeBufferPointer(
      rebasing: all[position(places.lowerBound)..<position(places.upperBound)])
  }

  // MARK: By feature

  /// Sorts some blocks' entries of rows 0 ..< rows by feature, sample by sample.
  package func indexByFeature(_ blocks: Range<Int>, rows: Int) {
    for block in blocks {
      for i in format.range(of: block) { featureEnds[i] = featureEntries + i * featureStride }
    }
    for n in 0..<rows {
      let sample = UInt32(truncatingIfNeeded: n) << 8
      for block in blocks {
        let ends = featureEnds + format.range(of: block).lowerBound
        for entry in run(n, block: block) {
          let end = ends + Int(entry >> 8)
          let place = end.pointee
          place.pointee = sample | UInt32(entry & 0xFF)
          end.pointee = place + 1
        }
      }
    }
  }

  /// Entries of one feature.
  @inline(__always)
  func run(ofFeature i: Int) -> UnsafeBufferPointer<UInt32> {
    let start = featureEntries + i * featureStride
    return UnsafeBufferPointer(start: start, count: featureEnds[i] - start)
  }
}
