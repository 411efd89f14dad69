import Testing

@testable import MLPSyntax

@Suite("A source turns offsets into lines and columns")
struct SourceTests {
  @Test func linesAndColumnsCountFromOne() {
    let source = Source(name: "x", text: "ab\ncd\n")
    #expect(source.position(of: 0) == (1, 1))
    #expect(source.position(of: 1) == (1, 2))
    #expect(source.position(of: 2) == (1, 3))
    #expect(source.position(of: 3) == (2, 1))
    #expect(source.position(of: 6) == (3, 1))
    #expect(source.lineCount == 3)
  }

  @Test func offsetsOutsideAreMovedInside() {
    let source = Source(name: "x", text: "ab")
    #expect(source.position(of: -5) == (1, 1))
    #expect(source.position(of: 99) == (1, 3))
  }

  @Test func bothLineEndsAreLeftOut() {
    let source = Source(name: "x", text: "ab\r\n\r\nc\n\nd")
    #expect((1...source.lineCount).map { source.line($0) } == ["ab", "", "c", "", "d"])
  }

  @Test func theByteOrderMarkIsSkipped() {
    let source = Source(name: "x", text: "\u{FEFF}net")
    #expect(source.line(1) == "net")
    #expect(source.position(of: 0) == (1, 1))
    #expect(source.position(of: 4) == (1, 2))
    #expect(canonical("\u{FEFF}net relu") == "net     relu\n")
  }

  @Test func columnsCountCharacters() {
    let source = Source(name: "x", text: "äe\u{301}日👩‍👩‍👧x")
    #expect(source.position(of: source.bytes.count - 1) == (1, 5))
  }

  @Test func faultyBytesAreRepaired() {
    let source = Source(name: "x", bytes: [0x61, 0xFF, 0x62, 0x0A, 0xC3])
    #expect(source.line(1) == "a\u{FFFD}b")
    #expect(source.line(2) == "\u{FFFD}")
    #expect(source.position(of: 2) == (1, 3))
  }

  @Test func longLinesCountAsShortOnes() {
    let source = Source(name: "x", text: "#" + String(repeating: "ä日a", count: 3000) + "\nx")
    for index in [0, 1, 100, 333, 2999] {
      #expect(source.position(of: 1 + 6 * index) == (1, 2 + 3 * index))
    }
    #expect(source.position(of: source.bytes.count - 1) == (2, 1))
    #expect(source.lineRange(1) == 0..<18001)
  }

  @Test func anEmptyTextHasOneLine() {
    let source = Source(name: "x", text: "")
    #expect(source.lineCount == 1)
    #expect(source.line(1) == "")
    #expect(source.position(of: 0) == (1, 1))
  }
}
