import Testing

@testable import mlpc

@Suite("The line that is being typed")
struct EditBufferTests {
  /// A text whose cursor is at the `|`.
  private func buffer(_ text: String) -> EditBuffer {
    var buffer = EditBuffer()
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    buffer.insert(String(parts[0]))
    let place = buffer.cursor
    buffer.insert(String(parts[1]))
    while buffer.cursor > place { buffer.moveLeft() }
    return buffer
  }

  private func shown(_ buffer: EditBuffer) -> String {
    String(buffer.characters[..<buffer.cursor]) + "|" + String(buffer.characters[buffer.cursor...])
  }

  @Test(
    "is changed by keys",
    arguments: [
      ("ab|c", Key.left, "a|bc"), ("|a", .left, "|a"), ("a|", .right, "a|"),
      ("ab|c", .home, "|abc"),
      ("a|bc", .end, "abc|"), ("ab|c", .backspace, "a|c"), ("ab|c", .delete, "ab|"),
      ("fc 12 -> re|lu", .wordLeft, "fc 12 -> |relu"),
      ("fc 12 -> |relu", .wordLeft, "fc |12 -> relu"),
      ("fc| 12 -> relu", .wordRight, "fc 12| -> relu"),
      ("fc 12| -> relu", .wordRight, "fc 12 -> relu|"),
      ("fc 12 -> re|lu", .killWordBefore, "fc 12 -> |lu"), ("fc |12 x", .killWordBehind, "fc | x"),
      ("ab|cd", .killBefore, "|cd"), ("ab|cd", .killBehind, "ab|"), ("a|b", .transpose, "ba|"),
      ("abc|", .transpose, "acb|"), ("|ab", .transpose, "|ab"), ("a|", .transpose, "a|"),
      ("é|字", .right, "é字|"), ("字|x", .backspace, "|x"), ("👩‍👧|x", .backspace, "|x"),
      ("one\ntw|o", .home, "one\n|two"), ("one\ntw|o", .killBefore, "one\n|o"),
      ("one|\ntwo", .killBehind, "one|two"), ("one\n|two", .killBefore, "one|two"),
    ])
  func keys(before: String, key: Key, after: String) {
    var editor = LineEditor()
    editor.set(buffer(before))
    _ = editor.handle(key, isOpen: { _ in false }, candidates: { _, _ in [] })
    #expect(shown(editor.buffer) == after)
  }

  @Test("gives back what was cut out")
  func yank() {
    var one = buffer("ab cd|")
    one.killWordBefore()
    one.moveToLineStart()
    one.yank()
    #expect(shown(one) == "cd|ab ")
  }

  @Test("is left above its first line and below its last")
  func lines() {
    var one = buffer("long line\nab|\nlonger")
    #expect([one.moveUp(), one.moveUp()] == [true, false])
    #expect(shown(one) == "lo|ng line\nab\nlonger")
    one.moveToLineEnd()
    #expect([one.moveDown()] == [true])
    #expect(shown(one) == "long line\nab|\nlonger")
    #expect([one.moveDown(), one.moveDown()] == [true, false])
  }

  @Test("counts the cursor's place in UTF-8, and replaces by it")
  func offsets() {
    var one = buffer("é字x| y")
    #expect(one.offset == 6)
    one.replace(5..<6, with: "relu")
    #expect(shown(one) == "é字relu| y")
  }

  @Test("joins a mark that combines with the letter before it")
  func combining() {
    var one = buffer("e|x")
    one.insert("\u{301}")
    #expect(one.characters.count == 2)
    #expect(shown(one) == "e\u{301}|x")
  }
}
