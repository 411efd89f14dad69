/// The text that is being typed, and where the cursor is in it.
struct EditBuffer: Equatable, Sendable {
  private(set) var characters: [Character] = []
  /// How many characters stand before the cursor.
  private(set) var cursor = 0
  /// What was cut out last.
  private(set) var cut: [Character] = []

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }
  var isAtEnd: Bool { cursor == characters.count }

  /// UTF-8 offset of the cursor.
  var offset: Int { String(characters[..<cursor]).utf8.count }

  /// Another text, with the cursor at its end.
  mutating func replace(with text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  mutating func insert(_ text: String) {
    // A mark that combines becomes part of the character before it.
    let before = String(characters[..<cursor]) + text
    let behind = characters[cursor...]
    characters = Array(before)
    cursor = characters.count
    characters += behind
  }

  /// Puts `text` in the place of UTF-8 offsets, and the cursor behind it.
  mutating func replace(_ range: Range<Int>, with text: String) {
    let bytes = Array(self.text.utf8)
    let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self) + text
    characters = Array(before)
    cursor = characters.count
    characters += Array(String(decoding: bytes[range.upperBound...], as: UTF8.self))
  }

  // MARK: Moving

  mutating func moveLeft() { cursor = max(0, cursor - 1) }
  mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  mutating func moveToLineStart() { cursor = lineStart }
  mutating func moveToLineEnd() { cursor = lineEnd }
  mutating func moveToEnd() { cursor = characters.count }
  mutating func moveWordLeft() { cursor = wordStart }
  mutating func moveWordRight() { cursor = wordEnd }

  /// To the same column of the line above.
  ///
  /// - Returns: whether there is one.
  mutating func moveUp() -> Bool {
    let start = lineStart
    guard start > 0 else { return false }
    let column = cursor - start
    cursor = start - 1
    cursor = min(lineStart + column, cursor)
    return true
  }

  mutating func moveDown() -> Bool {
    let end = lineEnd
    guard end < characters.count else { return false }
    let column = cursor - lineStart
    cursor = end + 1
    cursor = min(cursor + column, lineEnd)
    return true
  }

  private var lineStart: Int {
    (characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 }) ?? 0
  }

  private var lineEnd: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }

  private var wordStart: Int {
    let before = characters[..<cursor]
    guard let last = before.lastIndex(where: { $0.isWordPart }) else { return 0 }
    return before[..<last].lastIndex { !$0.isWordPart }.map { $0 + 1 } ?? 0
  }

  private var wordEnd: Int {
    let behind = characters[cursor...]
    guard let first = behind.firstIndex(where: { $0.isWordPart }) else { return characters.count }
    return behind[first...].firstIndex { !$0.isWordPart } ?? characters.count
  }

  // MARK: Taking out

  mutating func deleteBefore() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  mutating func deleteBehind() {
    if cursor < characters.count { characters.remove(at: cursor) }
  }

  /// To the line's start, or the line end before it where the cursor is there already.
  mutating func killBefore() {
    kill((lineStart == cursor ? max(0, cursor - 1) : lineStart)..<cursor)
  }

  /// To the line's end, or the line end itself.
  mutating func killBehind() {
    kill(cursor..<(lineEnd == cursor ? min(characters.count, cursor + 1) : lineEnd))
  }

  mutating func killWordBefore() { kill(wordStart..<cursor) }
  mutating func killWordBehind() { kill(cursor..<wordEnd) }

  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    cut = Array(characters[range])
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  mutating func yank() { insert(String(cut)) }

  /// Swaps the characters around the cursor; at the line's end the two before it.
  mutating func transpose() {
    let right = cursor == lineEnd ? cursor - 1 : cursor
    guard right > lineStart, right < characters.count else { return }
    characters.swapAt(right - 1, right)
    cursor = right + 1
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
