extension Lexer {
  /// `"…"` with the escapes `\"`, `\\`, `\n` and `\t`, on one line.
  mutating func text() {
    let lower = offset
    var content: [UInt8] = []
    var isFaulty = false
    offset += 1
    while !isAtLineEnd, bytes[offset] != UInt8(ascii: "\"") {
      if let byte = textByte() { content.append(byte) } else { isFaulty = true }
    }
    guard !isAtLineEnd else { return unclosedText(from: lower) }
    offset += 1
    isFaulty = checkEncoding(lower..<offset) || isFaulty
    emit(isFaulty ? .invalid : .text(String(decoding: content, as: UTF8.self)), from: lower)
  }

  /// Reads one byte or escape; nil where it has reported that there is none.
  private mutating func textByte() -> UInt8? {
    let lower = offset
    let byte = bytes[offset]
    offset += 1
    if byte == UInt8(ascii: "\\") { return escape(from: lower) }
    guard byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F else { return byte }
    while !isAtLineEnd, bytes[offset] == byte { offset += 1 }
    report(.controlCharacterInText(Unicode.Scalar(byte), at: span(from: lower)))
    return nil
  }

  private mutating func escape(from lower: Int) -> UInt8? {
    if isAtLineEnd { return nil }
    let (scalar, length) = bytes.scalar(at: offset)
    offset += length
    switch scalar {
    case "\"", "\\": return bytes[offset - 1]
    case "n": return UInt8(ascii: "\n")
    case "t": return UInt8(ascii: "\t")
    case let scalar?: report(.unknownEscape(scalar, at: span(from: lower)))
    case nil: break
    }
    return nil
  }

  private mutating func unclosedText(from lower: Int) {
    offset = lower + bytes[lower..<offset].droppingTrailingBlanks.count
    checkEncoding(lower..<offset)
    fail(.unclosedText(at: span(from: lower)), from: lower)
  }

  /// Reports the first faulty bytes in a range, once a source. Returns whether there are some.
  @discardableResult
  mutating func checkEncoding(_ range: Range<Int>) -> Bool {
    if bytes[range].allSatisfy({ $0 < 0x80 }) { return false }
    var position = range.lowerBound
    while position < range.upperBound {
      let (scalar, length) = bytes.scalar(at: position)
      guard scalar != nil else {
        reportEncoding(Span(position, position + length, source: sourceIndex))
        return true
      }
      position += length
    }
    return false
  }

  mutating func reportEncoding(_ span: Span) {
    if hasReportedEncoding { return }
    hasReportedEncoding = true
    report(.invalidEncoding(at: span))
  }
}
