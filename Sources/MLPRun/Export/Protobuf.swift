/// A message in the wire format of Protocol Buffers, as far as ONNX needs it: fields are appended in any order.
struct Protobuf {
  private(set) var bytes: [UInt8] = []

  /// Field of type int32, int64 or an enum.
  mutating func add(_ field: Int, _ number: Int) {
    append(UInt64(field) << 3)
    append(UInt64(bitPattern: Int64(number)))
  }

  /// Field of type float.
  mutating func add(_ field: Int, _ number: Float) {
    append(UInt64(field) << 3 | 5)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Field of type bytes.
  mutating func add(_ field: Int, _ content: [UInt8]) {
    append(UInt64(field) << 3 | 2)
    append(UInt64(content.count))
    bytes += content
  }

  /// Field of type string.
  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Field that is a message itself.
  mutating func add(_ field: Int, _ message: Protobuf) { add(field, message.bytes) }

  /// A varint: seven bits a byte, the lowest first.
  private mutating func append(_ number: UInt64) {
    var rest = number
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
