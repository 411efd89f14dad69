/// The records of samples that were seen before, so that their zeros are looked for once and not in each epoch.
///
/// Different threads may add different samples, each with a writer of its own.
package final class SparseMemory {
  private let format: SparseFormat
  private let records: UnsafeMutableBufferPointer<UnsafePointer<SparseFormat.Word>?>
  private var writers: [Writer]

  /// - Parameters:
  ///   - count: how many samples there are.
  ///   - writers: how many threads may add at once.
  package init(count: Int, format: SparseFormat, writers: Int) {
    self.format = format
    records = .allocate(capacity: count)
    records.initialize(repeating: nil)
    self.writers = (0..<writers).map { _ in Writer() }
  }

  deinit { records.deallocate() }

  /// The record of a sample, where it was added.
  package func record(_ sample: Int) -> UnsafePointer<SparseFormat.Word>? { records[sample] }

  /// Adds a sample, which stays as long as this object.
  package func add(
    _ sample: Int, _ bytes: UnsafePointer<UInt8>, writer: Int
  ) -> UnsafePointer<SparseFormat.Word> {
    let record = writers[writer].room(format.longest)
    writers[writer].take(format.write(bytes, to: record))
    records[sample] = UnsafePointer(record)
    return UnsafePointer(record)
  }

  /// Memory that is given out from front to back.
  private final class Writer {
    private var pages: [UnsafeMutableBufferPointer<SparseFormat.Word>] = []
    private var used = 0

    /// Words of a page: a megabyte.
    private static let pageSize = 1 << 19

    deinit { for page in pages { page.deallocate() } }

    /// Where the next so many words lie.
    func room(_ count: Int) -> UnsafeMutablePointer<SparseFormat.Word> {
      if let page = pages.last, used + count <= page.count, let base = page.baseAddress {
        return base + used
      }
      used = 0
      let base = UnsafeMutablePointer<SparseFormat.Word>.allocate(
        capacity: max(count, Self.pageSize))
      pages.append(UnsafeMutableBufferPointer(start: base, count: max(count, Self.pageSize)))
      return base
    }

    /// The next room begins after so many words.
    func take(_ count: Int) { used += count }
  }
}
