import MLPLibrary
import MLPTensor

/// The batch's samples, scaled, as the first stage reads them.
final class PlanInput {
  let features: Int
  /// [batch, features]; unused where `sparse` holds the samples.
  private let buffer: PanelBuffer?
  /// The batch's numbers other than 0, where few are.
  let sparse: SparseRows?
  /// The records of samples that come again each epoch, and these samples' bytes.
  private let memory: (records: SparseMemory, bytes: [UInt8])?
  private let scaling: Scaling
  /// One row for each chunk, where the samples are dense.
  private let rowScratch: [UnsafeMutableBufferPointer<Float>]

  /// Below this share of numbers other than 0, leaving the zeros out is faster.
  static let densityLimit = 0.4

  /// - Parameter recurring: samples that are trained on more than once.
  init(
    features: Int, cut: PlanChunks, capacity: Int, scaling: Scaling, density: Double,
    recurring: Samples?
  ) {
    self.features = features
    self.scaling = scaling
    let table = scaling.zeroKeepingTable ?? []
    let isSparse =
      !table.isEmpty && density < Self.densityLimit && capacity <= 4096
    let format = SparseFormat(features: features)
    sparse = isSparse ? SparseRows(capacity: capacity, format: format, table: table) : nil
    if isSparse, let recurring, case .bytes(let bytes) = recurring.storage {
      let records = SparseMemory(
        count: recurring.count, format: format, writers: cut.maximumCount)
      memory = (records, bytes)
    } else {
      memory = nil
    }
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

  /// Takes the samples with these indices as the batch, where all are remembered.
  func recall(_ order: UnsafeBufferPointer<Int>, of samples: Samples) -> Bool {
    guard let sparse, let records = records(of: samples) else { return false }
    for (row, sample) in order.enumerated() {
      guard let record = records.record(sample) else { return false }
      sparse.set(row, toRecord: record)
    }
    return true
  }

  /// Reads a chunk's samples: those with these indices, from the chunk's first row on.
  func load(_ chunk: Chunk, _ order: UnsafePointer<Int>, of samples: Samples) {
    if let sparse, case .bytes(let bytes) = samples.storage {
      loadSparse(chunk, order, bytes, records(of: samples), into: sparse)
    } else {
      loadDense(chunk, order, samples)
    }
  }

  /// What is remembered of these samples, where they are those that recur.
  private func records(of samples: Samples) -> SparseMemory? {
    guard let memory, case .bytes(let bytes) = samples.storage else { return nil }
    let isSame = bytes.withUnsafeBufferPointer { given in
      memory.bytes.withUnsafeBufferPointer { $0.baseAddress == given.baseAddress }
    }
    return isSame ? memory.records : nil
  }

  private func loadSparse(
    _ chunk: Chunk, _ order: UnsafePointer<Int>, _ bytes: [UInt8], _ records: SparseMemory?,
    into sparse: SparseRows
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      guard let bytes = bytes.baseAddress else { return }
      for row in chunk.rows {
        let later = min(row + 2, chunk.rows.upperBound - 1)
        SparseRows.prefetch(bytes + order[later] * features, count: features)
        let sample = bytes + order[row] * features
        guard let records else {
          sparse.set(row, to: sample)
          continue
        }
        let record =
          records.record(order[row])
          ?? records.add(order[row], sample, writer: chunk.index)
        sparse.set(row, toRecord: record)
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
