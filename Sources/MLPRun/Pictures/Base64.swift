/// Bytes as text (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let word = (0..<3).reduce(0) { word, index in
        word << 8 | (index < count ? Int(bytes[start + index]) : 0)
      }
      for index in 0..<4 {
        let isPadding = index > count
        text.append(
          isPadding ? UInt8(ascii: "=") : alphabet[word >> (18 - 6 * index) & 0x3F])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
