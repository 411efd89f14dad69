/// How a sample of bytes is kept without its zeros.
///
/// A record is one run of 16-bit words: for each block of features where its entries begin, counted from the
/// record's beginning, and where the last block's end, two words each; then the entries, in the order of features.
/// An entry is a place in its block and a byte in one word, place << 8 | byte: half of what a place among all
/// features would need, for records come from far memory.
package struct SparseFormat: Sendable {
  /// A word of a record.
  package typealias Word = UInt16

  package let features: Int
  package let blocks: Int

  /// Features of a block: its weights in four panels are twice a first-level cache. Smaller blocks would be read
  /// from it more often, but end more runs of entries, each of which the processor guesses wrong. At most 256, for
  /// an entry has 8 bits for the place.
  static let blockFeatures = 196

  package init(features: Int) {
    precondition(features < 1 << 24)
    self.features = features
    blocks = (features + Self.blockFeatures - 1) / Self.blockFeatures
  }

  /// Words that a record may have, and one more: an entry is written before it is known to count.
  var longest: Int { headLength + features + 1 }

  private var headLength: Int { 2 * (blocks + 1) }

  /// The features of a block.
  func range(of block: Int) -> Range<Int> {
    block * Self.blockFeatures..<min((block + 1) * Self.blockFeatures, features)
  }

  /// Writes a sample's record, and returns how many words it has.
  func write(_ bytes: UnsafePointer<UInt8>, to record: UnsafeMutablePointer<Word>) -> Int {
    let head = UnsafeMutableRawPointer(record)
    var end = headLength
    for block in 0..<blocks {
      head.storeBytes(of: UInt32(truncatingIfNeeded: end), toByteOffset: 4 * block, as: UInt32.self)
      end = add(bytes, range(of: block), to: record, end)
    }
    head.storeBytes(of: UInt32(truncatingIfNeeded: end), toByteOffset: 4 * blocks, as: UInt32.self)
    return end
  }

  /// A block's entries in a record.
  @inline(__always)
  static func entries(
    _ block: Int, of record: UnsafePointer<Word>
  ) -> UnsafeBufferPointer<Word> {
    let head = UnsafeRawPointer(record)
    let start = Int(head.loadUnaligned(fromByteOffset: 4 * block, as: UInt32.self))
    let end = Int(head.loadUnaligned(fromByteOffset: 4 * block + 4, as: UInt32.self))
    return UnsafeBufferPointer(start: record + start, count: end - start)
  }

  /// Writes each byte's entry, and goes on to the next place only where the byte isn't 0: no branch to guess.
  @inline(__always)
  private func add(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, to record: UnsafeMutablePointer<Word>,
    _ start: Int
  ) -> Int {
    var end = start
    var index = range.lowerBound
    var place: Word = 0
    while index + 8 <= range.upperBound {
      var eight = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self).littleEndian
      if eight != 0 {
        for lane in 0..<Word(8) {
          let byte = Word(truncatingIfNeeded: eight) & 0xFF
          record[end] = (place + lane) << 8 | byte
          end += byte == 0 ? 0 : 1
          eight >>= 8
        }
      }
      index += 8
      place += 8
    }
    while index < range.upperBound {
      let byte = Word(bytes[index])
      record[end] = place << 8 | byte
      end += byte == 0 ? 0 : 1
      index += 1
      place += 1
    }
    return end
  }
}
