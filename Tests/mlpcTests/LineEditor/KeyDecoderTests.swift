import Testing

@testable import mlpc

@Suite("Keys from a terminal's bytes")
struct KeyDecoderTests {
  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = KeyDecoder()
    var keys = bytes.compactMap { decoder.add($0) }
    if let last = decoder.finish() { keys.append(last) }
    return keys
  }

  @Test("are letters of all scripts, each as it comes")
  func letters() {
    #expect(keys("aé字😀") == [.text("a"), .text("é"), .text("字"), .text("😀")])
    #expect(
      keys([0xFF, UInt8(ascii: "a")]) == [.text("\u{FFFD}"), .text("a")] || keys([0xFF]).isEmpty)
  }

  @Test(
    "are control characters and escape sequences",
    arguments: [
      ("\u{1}", Key.home), ("\u{5}", .end), ("\u{B}", .killBehind), ("\u{15}", .killBefore),
      ("\u{17}", .killWordBefore), ("\u{19}", .yank), ("\u{C}", .clearScreen),
      ("\u{4}", .endOfInput), ("\u{14}", .transpose), ("\u{12}", .searchBack),
      ("\u{3}", .interrupt),
      ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[C", .right), ("\u{1B}[1;5D", .wordLeft),
      ("\u{1B}[1;3C", .wordRight), ("\u{1B}b", .wordLeft), ("\u{1B}f", .wordRight),
      ("\u{1B}d", .killWordBehind), ("\u{1B}\u{7F}", .killWordBefore), ("\u{1B}[H", .home),
      ("\u{1B}[4~", .end), ("\u{1B}OF", .end), ("\u{1B}[3~", .delete), ("\u{1B}\r", .newLine),
      ("\u{1B}", .escape), ("\u{1B}\u{1B}[A", .up),
    ])
  func sequences(text: String, key: Key) { #expect(keys(text) == [key]) }

  @Test(
    "that mean nothing are passed over whole",
    arguments: ["\u{1B}[15~", "\u{1B}[99;9z", "\u{1B}x", "\u{0}"])
  func unknown(text: String) { #expect(keys(text + "a") == [.text("a")]) }

  @Test("in a paste are its text, with plain line ends and nothing that controls")
  func paste() {
    #expect(
      keys("\u{1B}[200~fc 1 ->\r\n\trelu\rx\u{3}\u{1B}[31m\u{1B}[201~!") == [
        .paste("fc 1 ->\n    relu\nx[31m"), .text("!"),
      ])
  }

  @Test("never fail, whatever comes")
  func anything() {
    for seed in 0..<2000 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
      let bytes = (0..<12).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return [0x1B, 0x5B, 0x4F, 0x7E, 0x3B, 0xC3, 0xFF, 0x41, 0x32, 0x00, 0x0D, 0xF0][
          Int(state % 12)]
      }
      _ = keys(bytes.map { UInt8($0) })
    }
  }
}
