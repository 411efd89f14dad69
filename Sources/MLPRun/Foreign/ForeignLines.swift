import MLPSyntax

/// A text as the lines that other languages divide it into.
struct ForeignLines {
  struct Line {
    /// Without comment, and without blanks at both ends.
    let text: Substring
    /// How many blanks stand before it.
    let indent: Int
    /// Where it lies, with its blanks and its comment.
    let bytes: Range<Int>
  }

  /// Those that hold more than a comment.
  let lines: [Line]

  init(_ source: Source) {
    var lines: [Line] = []
    var lower = source.start
    while lower < source.bytes.count {
      let rest = source.bytes[lower...]
      let upper = rest.firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      if let line = Line(source.bytes[lower..<upper]) { lines.append(line) }
      lower = upper + 1
    }
    self.lines = lines
  }
}

extension ForeignLines.Line {
  /// nil where nothing but blanks and a comment stands there.
  fileprivate init?(_ bytes: ArraySlice<UInt8>) {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
    let end = Self.comment(in: bytes) ?? bytes.endIndex
    let last = bytes[..<max(start, end)].lastIndex { !isBlank($0) } ?? bytes.startIndex
    guard start < end else { return nil }
    text = String(decoding: bytes[start...last], as: UTF8.self)[...]
    indent = start - bytes.startIndex
    self.bytes = bytes.startIndex..<bytes.endIndex
  }

  /// Where a `#` stands outside of quotes.
  private static func comment(in bytes: ArraySlice<UInt8>) -> Int? {
    var quote: UInt8?
    for (place, byte) in zip(bytes.indices, bytes) {
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "#") {
        return place
      }
    }
    return nil
  }

  /// The letters, digits, points and underscores that it begins with.
  var head: Substring {
    text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
  }

  /// What stands behind these, without blanks before it.
  var tail: Substring { text[head.endIndex...].drop { $0 == " " || $0 == "\t" } }

  /// Whether it is a statement of this language, or a chain.
  var isOwn: Bool {
    guard indent == 0 else { return false }
    if text.contains(" -> "), !text.hasSuffix(":"), tail.first != ":", text.first != "{" {
      return true
    }
    guard Keyword(rawValue: String(head)) != nil, head.endIndex < text.endIndex else {
      return false
    }
    let isApart = text[head.endIndex] == " " || text[head.endIndex] == "\t"
    return isApart && tail.first.map { !":=([{".contains($0) } ?? false && !isSequential
  }

  /// `net nn.Sequential(`, as no statement of this language reads.
  var isSequential: Bool {
    let callee = (head == "net" ? tail : text).prefix { $0 != "(" && $0 != " " && $0 != "=" }
    return callee.split(separator: ".").last == "Sequential" && text.contains("(")
  }
}
