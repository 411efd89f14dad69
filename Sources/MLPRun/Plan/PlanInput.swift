import MLPLibrary
import MLPTensor

/// The batch's samples, scaled, as the first stage reads them.
final class PlanInput {
  let features: Int
  /// [batch, features]; unused where `sparse` holds the samples.
  private let buffer: PanelBuffer?
  /// The batch's numbers other than 0, where few are.
  let sparse: SparseRows?
  private let scaling: Scaling
  /// One row for each chunk, where the samples are dense.
  private let rowScratch: [UnsafeMutableBufferPointer<Float>]

  /// Below this share of numbers other than 0, leaving the zeros out is faster.
  static let densityLimit = 0.4

  init(features: Int, cut: PlanChunks, capacity: Int, scaling: Scaling, density: Double) {
    self.features = features
    self.scaling = scaling
    let table = scaling.zeroKeepingTable ?? []
    let isSparse =
      !table.isEmpty && density < Self.densityLimit && capacity <= 4096
    sparse =
      isSparse ? SparseRows(capacity: capacity, features: features, table: table) : nil
    buffer = isSparse ? nil : PanelBuffer(rows: capacity, columns: features)
    rowScratch =
      isSparse ? [] : (0..<cut.maximumCount).map { _ in .allocate(capacity: features) }
  }

  deinit { for scratch in rowScratch { scratch.deallocate() } }

  var isSparse: Bool { sparse != nil }

  /// [batch, features], where the samples are dense.
  var panels: Panels {
    guard let buffer else { preconditionFailure("the input is sparse") }
    return buffer.panels
  }

  /// Reads a chunk's samples: those with these indices, from the chunk's first row on.
  func load(_ chunk: Chunk, _ order: UnsafePointer<Int>, of samples: Samples) {
    if let sparse, case .bytes(let bytes) = samples.storage {
      loadSparse(chunk, order, bytes, into: sparse)
    } else {
      loadDense(chunk, order, samples)
    }
  }

  private func loadSparse(
    _ chunk: Chunk, _ order: UnsafePointer<Int>, _ bytes: [UInt8], into sparse: SparseRows
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      guard let bytes = bytes.baseAddress else { return }
      for row in chunk.rows {
        let later = min(row + 2, chunk.rows.upperBound - 1)
        SparseRows.prefetch(bytes + order[later] * features, count: features)
        sparse.set(row, to: bytes + order[row] * features)
      }
    }
  }

  private func loadDense(_ chunk: Chunk, _ order: UnsafePointer<Int>, _ samples: Samples) {
    let scratch = rowScratch[chunk.index]
    guard let source = scratch.baseAddress else { return }
    for row in chunk.rows {
      scaling.fill(rows: order[row]..<order[row] + 1, of: samples, into: scratch)
      panels.fill(row: row, from: source)
    }
  }
}
