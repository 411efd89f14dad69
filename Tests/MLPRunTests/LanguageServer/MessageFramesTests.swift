import Testing

@testable import MLPRun

@Suite("Messages with headers")
struct MessageFramesTests {
  private func pieces(_ text: String) -> [MessageFrames.Piece] {
    var frames = MessageFrames()
    return frames.add(Array(text.utf8))
  }

  private func content(_ text: String) -> MessageFrames.Piece { .content(Array(text.utf8)) }

  @Test("are taken apart wherever the bytes are cut")
  func cuts() {
    let bytes = Array(
      "Content-Length: 2\r\n\r\n{}Content-Type: x\r\ncontent-length:4\r\n\r\n\"é\"".utf8)
    let expected = [content("{}"), content("\"é\"")]
    for cut in 0...bytes.count {
      var frames = MessageFrames()
      let found = frames.add(bytes[..<cut]) + frames.add(bytes[cut...])
      #expect(found == expected)
    }
    var frames = MessageFrames()
    #expect(bytes.flatMap { frames.add([$0]) } == expected)
  }

  @Test("read back as they were written")
  func roundTrip() {
    var frames = MessageFrames()
    let message = JSON.object([("é", .text("\n😀"))])
    #expect(frames.add(MessageFrames.framed(message)) == [content(message.line)])
  }

  @Test(
    "come through after garbage, which is one fault",
    arguments: [
      "garbage\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n", "\n\n",
      "Content-Length: 99999999999999999999999\r\n\r\n", "{\"jsonrpc\":\"2.0\"}",
      "Content-Length: 1000000000000000000\r\n\r\nabc", "X: y\r\n\r\nmore\r\n\r\nand more\n\n",
    ])
  func garbage(text: String) {
    let found = pieces(text + "Content-Length: 2\r\n\r\n{}")
    #expect(found.last == content("{}"))
    #expect(found.count <= 2)
  }

  @Test("come through after much garbage, without all of it being kept")
  func muchGarbage() {
    var frames = MessageFrames()
    var found: [MessageFrames.Piece] = []
    for _ in 0..<100 { found += frames.add([UInt8](repeating: 0x41, count: 10_000)) }
    found += frames.add(Array("Content-Length: 2\r\n\r\n{}".utf8))
    #expect(found.count == 2)
    #expect(found.last == content("{}"))
  }

  @Test("that are too large are passed over")
  func oversize() {
    let size = MessageFrames.maximumContent + 1
    var frames = MessageFrames()
    var found = frames.add(Array("Content-Length: \(size)\r\n\r\n".utf8))
    #expect(found == [.fault("a message of \(size) bytes is too large")])
    var left = size
    while left > 0 {
      let count = min(left, 1 << 22)
      found = frames.add([UInt8](repeating: 0x7B, count: count))
      #expect(found == [])
      left -= count
    }
    #expect(frames.add(Array("Content-Length: 2\r\n\r\n{}".utf8)) == [content("{}")])
  }
}

@Suite("Positions in a text")
struct TextPositionsTests {
  private let text = "a\r\né😀b\rc\n\nd"

  @Test("count lines by any line end, and characters as agreed")
  func positions() {
    let bytes = Array(text.utf8)
    let utf16 = TextPositions(bytes, .utf16)
    let utf8 = TextPositions(bytes, .utf8)
    func place(_ line: Int, _ character: Int) -> TextPositions.Position {
      TextPositions.Position(line: line, character: character)
    }
    #expect(utf16.position(of: 0) == place(0, 0))
    #expect(utf16.position(of: 3) == place(1, 0))
    #expect(utf16.position(of: 5) == place(1, 1))
    #expect(utf16.position(of: 9) == place(1, 3))
    #expect(utf8.position(of: 9) == place(1, 6))
    #expect(utf16.position(of: 11) == place(2, 0))
    #expect(utf16.position(of: 13) == place(3, 0))
    #expect(utf16.position(of: bytes.count) == place(4, 1))
    #expect(utf16.position(of: 1_000) == place(4, 1))
    #expect(utf16.position(of: -1) == place(0, 0))
  }

  @Test(
    "come back from each character's beginning", arguments: [TextPositions.Encoding.utf8, .utf16])
  func roundTrip(encoding: TextPositions.Encoding) {
    let positions = TextPositions(Array(text.utf8), encoding)
    var offset = 0
    for scalar in text.unicodeScalars {
      let isWithinLineEnd = scalar == "\n" && offset == 2
      if !isWithinLineEnd {
        #expect(positions.offset(of: positions.position(of: offset)) == offset)
      }
      offset += scalar.utf8.count
    }
  }

  @Test(
    "outside of the text are moved into it",
    arguments: [
      (0, 99, 1), (1, 99, 10), (2, .max, 12), (4, 99, 15), (5, 0, 15), (.max, .max, 15),
      (-1, 0, 0), (.min, .min, 0), (0, -5, 0), (1, 2, 5),
    ])
  func clamping(line: Int, character: Int, offset: Int) {
    let positions = TextPositions(Array(text.utf8), .utf16)
    #expect(positions.offset(of: .init(line: line, character: character)) == offset)
  }
}

@Suite("The lines in which texts differ")
struct LineChangeTests {
  @Test(
    "are all that changes",
    arguments: [
      ("a\nb\nc\n", "a\nx\nc\n", 2..<4, "x\n"), ("a\nb\n", "a\nb\nc\n", 4..<4, "c\n"),
      ("a\nb\n", "b\n", 0..<2, ""), ("", "a\n", 0..<0, "a\n"), ("a", "a\n", 0..<1, "a\n"),
      ("a\na\n", "a\n", 2..<4, ""), ("ab\ncb\n", "ab\nxcb\n", 3..<6, "xcb\n"),
    ])
  func change(old: String, new: String, range: Range<Int>, text: String) {
    let change = LineChange(from: Array(old.utf8), to: Array(new.utf8))
    #expect(change?.range == range)
    #expect(change?.text == text)
    var bytes = Array(old.utf8)
    if let change { bytes.replaceSubrange(change.range, with: Array(change.text.utf8)) }
    #expect(bytes == Array(new.utf8))
  }

  @Test("are none where the texts are equal")
  func equal() { #expect(LineChange(from: [1, 2], to: [1, 2]) == nil) }
}
