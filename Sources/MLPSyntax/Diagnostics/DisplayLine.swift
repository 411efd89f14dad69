/// A source line as a terminal shows it: tabs as blanks, what is harmful replaced, long lines cut.
struct DisplayLine {
  let text: String
  private let glyphs: ArraySlice<Glyph>
  /// How wide the mark of what is cut off before the text is: 0 or 1.
  private let indent: Int
  private let isCutBehind: Bool
  /// Of the first glyph on the whole line.
  private let firstColumn: Int

  /// - Parameter focus: an offset that is to be seen where the line is too wide.
  init(_ source: Source, _ number: Int, focus: Int) {
    let line = source.lineRange(number)
    let part = Self.near(focus, of: line, source)
    let all = Glyph.glyphs(of: source.bytes, in: part)
    let shown = Self.window(all, focus, isCut: part != line)
    glyphs = all[shown]
    firstColumn = glyphs.first?.column ?? 0
    let isCutBefore = part.lowerBound > line.lowerBound || shown.lowerBound > 0
    isCutBehind = part.upperBound < line.upperBound || shown.upperBound < all.count
    indent = isCutBefore ? 1 : 0
    text = (isCutBefore ? "…" : "") + glyphs.map { $0.text }.joined() + (isCutBehind ? "…" : "")
  }

  /// The columns of a span on this line as shown; nil where none of it is shown.
  ///
  /// What is on later lines is left out; an empty span has one column.
  func columns(of span: Span) -> Range<Int>? {
    guard let first = glyphs.first, let last = glyphs.last else { return 0..<1 }
    let isBefore = span.upper < first.offset || span.upper == first.offset && indent > 0
    let isBehind = isCutBehind && span.lower >= last.offset + last.length
    if isBefore || isBehind { return nil }
    let lower = column(at: span.lower)
    let upper = span.upper > span.lower ? columnBehind(span.upper) : lower
    return lower..<max(upper, lower + 1)
  }

  private func column(at offset: Int) -> Int {
    let glyph = glyphs.first { $0.offset + $0.length > offset }
    return (glyph?.column ?? endColumn) - firstColumn + indent
  }

  private func columnBehind(_ offset: Int) -> Int {
    let glyph = glyphs.first { $0.offset >= offset }
    return (glyph?.column ?? endColumn) - firstColumn + indent
  }

  private var endColumn: Int { glyphs.last.map { $0.column + $0.width } ?? 0 }

  /// At most a few thousand bytes around the focus: a line may have millions.
  private static func near(_ focus: Int, of line: Range<Int>, _ source: Source) -> Range<Int> {
    let reach = 2048
    if line.count <= 2 * reach { return line }
    let isStart = { (offset: Int) in source.bytes[offset] & 0xC0 != 0x80 }
    let lower = max(line.lowerBound, min(focus, line.upperBound) - reach)
    let upper = min(line.upperBound, lower + 2 * reach)
    let start = (lower..<upper).first { $0 == line.lowerBound || isStart($0) } ?? lower
    let end = upper == line.upperBound ? upper : (start..<upper).last(where: isStart) ?? upper
    return start..<end
  }

  /// Which glyphs to show: all, or those around the focus.
  private static func window(_ glyphs: [Glyph], _ focus: Int, isCut: Bool) -> Range<Int> {
    let width = glyphs.last.map { $0.column + $0.width } ?? 0
    if width <= Renderer.maximumColumns && !isCut { return 0..<glyphs.count }
    let room = Renderer.maximumColumns - 2
    let target = glyphs.first { $0.offset + $0.length > focus }?.column ?? width
    let left = max(0, min(target - room / 3, width - room))
    let first = glyphs.firstIndex { $0.column >= left } ?? 0
    let end = glyphs.firstIndex { $0.column + $0.width > glyphs[first].column + room }
    return first..<(end ?? glyphs.count)
  }
}

/// What a terminal shows in one place, with the bytes that it comes from.
struct Glyph {
  var text: String
  var offset: Int
  var length: Int
  var column: Int
  var width: Int

  static func glyphs(of bytes: [UInt8], in range: Range<Int>) -> [Glyph] {
    var glyphs: [Glyph] = []
    var offset = range.lowerBound
    var column = 0
    while offset < range.upperBound {
      let (scalar, length) = bytes.scalar(at: offset)
      let shown = (scalar ?? "\u{FFFD}").harmless
      let width = shown.width
      if width == 0, !glyphs.isEmpty {
        glyphs[glyphs.count - 1].text.unicodeScalars.append(shown)
        glyphs[glyphs.count - 1].length += length
      } else {
        let text = scalar == "\t" ? "    " : String(shown)
        let columns = scalar == "\t" ? 4 : max(1, width)
        glyphs.append(
          Glyph(text: text, offset: offset, length: length, column: column, width: columns))
        column += columns
      }
      offset += length
    }
    return glyphs
  }
}

extension Unicode.Scalar {
  /// The scalar itself, or U+FFFD for one that moves the cursor, turns the text's direction or
  /// shows nothing.
  package var harmless: Unicode.Scalar {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
    case .format where self != "\u{200C}" && self != "\u{200D}": "\u{FFFD}"
    default: self
    }
  }

  /// How many columns of a terminal it takes: 0 if it combines, 2 if it is wide.
  package var width: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if (0x1160...0x11FF).contains(value) { return 0 }
    return properties.isEmojiPresentation || wideRanges.contains { $0.contains(value) } ? 2 : 1
  }
}

/// Unicode's East Asian wide and full-width blocks, without the emoji, in order.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
  0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
  0x17000...0x18AFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
]
