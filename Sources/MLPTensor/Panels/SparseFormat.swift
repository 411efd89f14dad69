/// How a sample of bytes is kept without its zeros.
///
/// A record is one run of 32-bit words: for each block of features where its entries begin, counted from the
/// record's beginning, and where the last block's end; then the entries, in the order of features. An entry is a
/// place and a byte in one word, place << 8 | byte: small enough that a batch stays in the cache.
package struct SparseFormat: Sendable {
  package let features: Int
  package let blocks: Int

  /// Features of a block: its weights in four panels are twice a first-level cache. Smaller blocks would be read
  /// from it more often, but end more runs of entries, each of which the processor guesses wrong.
  static let blockFeatures = 196

  package init(features: Int) {
    precondition(features < 1 << 24)
    self.features = features
    blocks = (features + Self.blockFeatures - 1) / Self.blockFeatures
  }

  /// Words that a record may have, and one more: an entry is written before it is known to count.
  var longest: Int { blocks + 1 + features + 1 }

  /// The features of a block.
  func range(of block: Int) -> Range<Int> {
    block * Self.blockFeatures..<min((block + 1) * Self.blockFeatures, features)
  }

  /// Writes a sample's record, and returns how many words it has.
  func write(_ bytes: UnsafePointer<UInt8>, to record: UnsafeMutablePointer<UInt32>) -> Int {
    var end = blocks + 1
    for block in 0..<blocks {
      record[block] = UInt32(truncatingIfNeeded: end)
      end = add(bytes, range(of: block), to: record, end)
    }
    record[blocks] = UInt32(truncatingIfNeeded: end)
    return end
  }

  /// Writes each byte's entry, and goes on to the next place only where the byte isn't 0: no branch to guess.
  @inline(__always)
  private func add(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, to record: UnsafeMutablePointer<UInt32>,
    _ start: Int
  ) -> Int {
    var end = start
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      var eight = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self).littleEndian
      if eight != 0 {
        for lane in 0..<8 {
          let byte = UInt32(truncatingIfNeeded: eight) & 0xFF
          record[end] = UInt32(truncatingIfNeeded: index + lane) << 8 | byte
          end += byte == 0 ? 0 : 1
          eight >>= 8
        }
      }
      index += 8
    }
    while index < range.upperBound {
      let byte = UInt32(bytes[index])
      record[end] = UInt32(truncatingIfNeeded: index) << 8 | byte
      end += byte == 0 ? 0 : 1
      index += 1
    }
    return end
  }
}
