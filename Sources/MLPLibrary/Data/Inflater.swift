import CZlib

/// A deflate stream (RFC 1951) being inflated piece by piece, so that no more memory is taken than for what it
/// really holds.
final class Inflater {
  /// What stands around the stream.
  enum Wrapping: Int32 {
    /// A header, and a checksum that is looked at (RFC 1950).
    case zlib = 15
    /// A header, and a trailer whose checksum and length are looked at (RFC 1952).
    case gzip = 31
    case none = -15
  }

  /// Deflate can't do better than 1032 to 1: who states more is wrong.
  static func canHold(_ count: Int, in packed: Int) -> Bool {
    count / Gzip.highestRatio <= packed
  }

  private let input: [UInt8]
  // zlib keeps the record's address, so it must not move.
  private let record: UnsafeMutablePointer<z_stream>
  /// Bytes of the input that were used.
  private(set) var consumed = 0
  /// Whether the stream has ended, and its checksum, if it has one, is right.
  var isAtEnd: Bool { status == Z_STREAM_END }
  /// What zlib said last: not `Z_OK` where the stream is at its end, or can't be inflated further.
  private(set) var status: Int32

  /// zlib's own words for what is wrong.
  var complaint: String? { record.pointee.msg.map { String(cString: $0) } }

  private let isStopped: () -> Bool
  /// Whether it ended before `count` bytes, as it was asked to.
  private(set) var wasStopped = false
  /// Bytes between two questions whether to stop.
  private static let stretch = 1 << 24

  /// - Parameter isStopped: whether to end before the end; asked now and then.
  init(_ input: [UInt8], _ wrapping: Wrapping, isStopped: @escaping () -> Bool = { false }) {
    self.input = input
    self.isStopped = isStopped
    record = .allocate(capacity: 1)
    record.initialize(to: z_stream())
    status = inflateInit2_(
      record, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(record)
    record.deinitialize(count: 1)
    record.deallocate()
  }

  /// The next bytes, `count` of them, or fewer where the stream ends, is cut off or damaged.
  ///
  /// A count that isn't true costs little: no more is allocated at first than 16 times the input, and then no more
  /// than was really there so far.
  func bytes(upTo count: Int) -> [UInt8] {
    let likely = max(Self.leastPiece, Self.likelyRatio * input.count)
    var content = piece(upTo: min(count, likely))
    while content.count < count, goesOn {
      content += piece(upTo: min(count - content.count, max(likely, content.count)))
    }
    return content
  }

  /// Whether there may be more bytes, as far as is known: neither the stream nor the user has ended it.
  private var goesOn: Bool { status == Z_OK && !wasStopped }

  private static let leastPiece = 1 << 16
  private static let likelyRatio = 16

  private func piece(upTo count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, goesOn {
        wasStopped = isStopped()
        if wasStopped { break }
        let room = UInt32(clamping: min(count - filled, Self.stretch))
        record.pointee.next_out = buffer.baseAddress.map { $0 + filled }
        record.pointee.avail_out = room
        status = step()
        filled += Int(room - record.pointee.avail_out)
      }
    }
  }

  private func step() -> Int32 {
    input.withUnsafeBufferPointer { bytes in
      let room = UInt32(clamping: bytes.count - consumed)
      // zlib only reads from it.
      record.pointee.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress.map { $0 + consumed })
      record.pointee.avail_in = room
      let status = inflate(record, Z_NO_FLUSH)
      consumed += Int(room - record.pointee.avail_in)
      return status
    }
  }
}
