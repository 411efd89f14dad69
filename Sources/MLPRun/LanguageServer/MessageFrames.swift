/// Takes a stream of bytes apart into messages, each with a header that says its length, as the
/// Language Server Protocol's base protocol has them. Garbage is passed over up to the next header.
package struct MessageFrames: Sendable {
  package enum Piece: Equatable, Sendable {
    /// What stands behind a header.
    case content([UInt8])
    /// Something that is no message, once until the next one that is.
    case fault(String)
  }

  /// Longer messages are passed over.
  package static let maximumContent = 64 << 20
  private static let maximumHeader = 4096
  /// A length that nobody means.
  private static let maximumSkip = 1 << 32

  private enum State {
    case header
    case content(Int)
    case skip(Int)
  }

  private var buffer: [UInt8] = []
  private var start = 0
  private var state = State.header
  /// Whether what came last was a fault: further garbage belongs to it.
  private var isLost = false

  package init() {}

  /// The messages that are whole now.
  package mutating func add(_ bytes: some Sequence<UInt8>) -> [Piece] {
    buffer += bytes
    var pieces: [Piece] = []
    while step(into: &pieces) {}
    buffer.removeFirst(start)
    start = 0
    return pieces
  }

  /// A message with its header.
  package static func framed(_ message: JSON) -> [UInt8] {
    let content = Array(message.line.utf8)
    return Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
  }

  private var available: Int { buffer.count - start }

  /// Whether there may be more to do with what is there.
  private mutating func step(into pieces: inout [Piece]) -> Bool {
    switch state {
    case .skip(let count):
      let passed = min(count, available)
      start += passed
      state = passed == count ? .header : .skip(count - passed)
      return passed == count
    case .content(let count):
      guard available >= count else { return false }
      pieces.append(.content(Array(buffer[start..<(start + count)])))
      start += count
      state = .header
      isLost = false
      return true
    case .header: return header(into: &pieces)
    }
  }

  // MARK: Headers

  private mutating func header(into pieces: inout [Piece]) -> Bool {
    guard let end = headerEnd else {
      guard available > 2 * Self.maximumHeader else { return false }
      // A header may begin in the second half.
      start += Self.maximumHeader
      fault("expected a header 'Content-Length: …', found other text", into: &pieces)
      return true
    }
    let length = Self.length(in: buffer[start..<end.lower])
    start = end.upper
    switch length {
    case .some(let count) where count <= Self.maximumContent: state = .content(count)
    case .some(let count) where count <= Self.maximumSkip:
      state = .skip(count)
      fault("a message of \(count) bytes is too large", into: &pieces)
    default: fault("expected a header 'Content-Length: …', found other text", into: &pieces)
    }
    return true
  }

  private mutating func fault(_ message: String, into pieces: inout [Piece]) {
    if !isLost { pieces.append(.fault(message)) }
    isLost = true
  }

  /// The empty line behind the headers, within twice a header's greatest length.
  private var headerEnd: (lower: Int, upper: Int)? {
    let limit = min(buffer.count, start + 2 * Self.maximumHeader)
    var index = start
    while index < limit {
      defer { index += 1 }
      guard buffer[index] == UInt8(ascii: "\n") else { continue }
      if index + 1 < limit, buffer[index + 1] == UInt8(ascii: "\n") { return (index, index + 2) }
      if index + 2 < limit, buffer[index + 1] == UInt8(ascii: "\r"),
        buffer[index + 2] == UInt8(ascii: "\n")
      {
        return (index, index + 3)
      }
    }
    return nil
  }

  /// The number that the last 'Content-Length' says, whatever stands before it; nil where none does.
  private static func length(in header: ArraySlice<UInt8>) -> Int? {
    let name = Array("content-length:".utf8)
    let text = header.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard text.count >= name.count else { return nil }
    let places = (0...(text.count - name.count)).reversed()
    guard let place = places.first(where: { text[$0...].starts(with: name) }) else { return nil }
    let rest = text[(place + name.count)...].prefix { $0 != UInt8(ascii: "\n") }
    let value = rest.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
    guard value.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(String(decoding: value, as: UTF8.self))
  }
}
