/// How batches are cut for the threads.
struct PlanChunks {
  /// Chunks of the largest batch, and the rows that one has at most.
  let maximumCount: Int
  let maximumRows: Int
  private let threads: Int
  /// Rows of a chunk that keep the caches busy: more would fall out of them, fewer read the weights too often.
  private let wanted: Int

  /// Numbers that a second-level cache holds.
  private static let near = 1 << 17

  /// - Parameters:
  ///   - capacity: rows of the largest batch.
  ///   - largestWeight: numbers in the largest weight. One that is read from far should be read for many rows.
  init(capacity: Int, threads: Int, largestWeight: Int) {
    self.threads = threads
    wanted = largestWeight > Self.near ? 128 : 64
    maximumCount = min(capacity, Self.count(capacity, threads, wanted))
    maximumRows = (capacity + maximumCount - 1) / maximumCount
  }

  /// Chunks for a batch of `rows`, from 1 to the capacity: as many for each thread, where there are enough.
  func chunks(_ rows: Int) -> [Chunk] {
    let least = (rows + maximumRows - 1) / maximumRows
    let count = min(rows, maximumCount, max(least, Self.count(rows, threads, wanted)))
    let size = (rows + count - 1) / count
    return stride(from: 0, to: rows, by: size).enumerated().map { index, start in
      Chunk(index: index, rows: start..<min(start + size, rows))
    }
  }

  /// Enough for chunks of the wanted size, rounded up to a multiple of the threads.
  private static func count(_ rows: Int, _ threads: Int, _ wanted: Int) -> Int {
    ((rows + wanted - 1) / wanted + threads - 1) / threads * threads
  }
}
