/// A text with its name, and the table that turns offsets into lines and columns.
package struct Source: Sendable {
  /// Larger sources are refused by the lexer.
  package static let maximumBytes = 8 << 20

  package let name: String
  package let bytes: [UInt8]
  /// In order of offset: every line's start, and places within long lines.
  private let marks: [Mark]

  /// - Parameter bytes: UTF-8; what isn't is repaired for display and reported by the lexer.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    marks = Mark.table(of: bytes, from: start)
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// Where the text begins: behind a byte order mark.
  package var start: Int { marks[0].offset }

  package var lineCount: Int { marks[marks.count - 1].line }

  /// Line and column, both from 1; the column counts characters.
  ///
  /// Takes time in the logarithm of the text's length. Offsets outside of it are moved into it.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, start), bytes.count)
    let mark = marks[marks.partitioningIndex { $0.offset > offset } - 1]
    return (mark.line, mark.column + characterCount(bytes[mark.offset..<offset]))
  }

  /// The text of a line, 1...lineCount, without its line end; bytes that aren't UTF-8 are repaired.
  package func line(_ number: Int) -> String {
    String(decoding: bytes[lineRange(number)], as: UTF8.self)
  }

  /// The offsets of a line, 1...lineCount, without its line end.
  package func lineRange(_ number: Int) -> Range<Int> {
    let lower = marks[marks.partitioningIndex { $0.line >= number }].offset
    let next = marks.partitioningIndex { $0.line > number }
    guard next < marks.count else { return lower..<bytes.count }
    let newline = marks[next].offset - 1
    let hasReturn = newline > lower && bytes[newline - 1] == UInt8(ascii: "\r")
    return lower..<(hasReturn ? newline - 1 : newline)
  }

  /// The text between two offsets, repaired.
  package func text(_ span: Span) -> String {
    let upper = min(span.upper, bytes.count)
    return String(decoding: bytes[min(span.lower, upper)..<upper], as: UTF8.self)
  }
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// A place whose line and column are known.
private struct Mark {
  var offset: Int
  var line: Int
  var column: Int

  /// Within a line, at most about this many bytes lie between two marks.
  static let stride = 512

  static func table(of bytes: [UInt8], from start: Int) -> [Mark] {
    var last = Mark(offset: start, line: 1, column: 1)
    var marks = [last]
    guard bytes.count <= Source.maximumBytes else { return marks }
    for index in start..<bytes.count {
      if bytes[index] == UInt8(ascii: "\n") {
        last = Mark(offset: index + 1, line: last.line + 1, column: 1)
      } else if index - last.offset >= stride, canCut(bytes, index, index - last.offset) {
        last.column += characterCount(bytes[last.offset..<index])
        last.offset = index
      } else {
        continue
      }
      marks.append(last)
    }
    return marks
  }

  /// Not within a character's bytes, unless so many such bytes can't be UTF-8.
  private static func canCut(_ bytes: [UInt8], _ index: Int, _ length: Int) -> Bool {
    bytes[index] & 0xC0 != 0x80 || length >= 2 * stride
  }
}

private func characterCount(_ bytes: ArraySlice<UInt8>) -> Int {
  bytes.allSatisfy { $0 < 0x80 } ? bytes.count : String(decoding: bytes, as: UTF8.self).count
}

extension Array {
  /// The first index whose element satisfies `predicate`, given that all later ones do too.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [UInt8] {
  /// The scalar whose UTF-8 begins at `offset`, and its length; nil where the bytes are faulty.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    guard offset < count else { return (nil, 0) }
    if self[offset] < 0x80 { return (Unicode.Scalar(self[offset]), 1) }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = self[offset...].makeIterator()
    switch parser.parseScalar(from: &rest) {
    case .valid(let encoded): return (Unicode.UTF8.decode(encoded), encoded.count)
    case .error(let length): return (nil, length)
    case .emptyInput: return (nil, 0)
    }
  }
}
