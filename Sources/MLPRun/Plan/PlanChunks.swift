/// How a batch is cut for the threads.
struct PlanChunks {
  let chunks: [Chunk]

  /// Rows of a chunk that keep the caches busy: more would fall out of them, fewer read the weights too often.
  private static let wanted = 64

  /// - Parameter rows: at least 1.
  init(rows: Int, threads: Int) {
    let least = (rows + Self.wanted - 1) / Self.wanted
    let count = min(rows, (least + threads - 1) / threads * threads)
    let size = (rows + count - 1) / count
    chunks = stride(from: 0, to: rows, by: size).enumerated().map { index, start in
      Chunk(index: index, rows: start..<min(start + size, rows))
    }
  }
}
