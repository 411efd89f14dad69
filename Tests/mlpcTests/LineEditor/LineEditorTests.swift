import MLPRun
import MLPTestSupport
import Testing

@testable import mlpc

@Suite("The line editor")
struct LineEditorTests {
  private let words = ["relu", "repeat", "sigmoid"]

  private func candidates(_ text: String, _ offset: Int) -> [ReplCandidate] {
    let typed =
      text.utf8.prefix(offset).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .last.map { String(decoding: Array($0), as: UTF8.self) } ?? ""
    return words.filter { $0.hasPrefix(typed) }.map {
      ReplCandidate(text: $0, help: "", range: offset - typed.utf8.count..<offset)
    }
  }

  /// What comes of keys; letters are typed.
  private func type(_ keys: [Key], into editor: inout LineEditor) -> [LineEditor.Outcome] {
    keys.map { editor.handle($0, isOpen: ReplInput.isOpen, candidates: candidates) }
  }

  private func letters(_ text: String) -> [Key] { text.map { .text(String($0)) } }

  @Test("sends a line that is complete, and goes on where it is open")
  func enter() {
    var editor = LineEditor()
    #expect(type(letters("fc 3 ->") + [.enter], into: &editor).last == .edited)
    #expect(editor.buffer.text == "fc 3 ->\n  ")
    #expect(type(letters("mse") + [.enter], into: &editor).last == .entered("fc 3 ->\n  mse"))
  }

  @Test("sends what is open when an empty line follows")
  func emptyLine() {
    var editor = LineEditor()
    #expect(type(letters("fc 3 ->") + [.enter, .enter], into: &editor).last == .entered("fc 3 ->"))
  }

  @Test("ends at Ctrl-D where nothing is typed, and deletes elsewhere")
  func end() {
    var editor = LineEditor()
    #expect(type([.endOfInput], into: &editor) == [.ended])
    _ = type(letters("ab") + [.left, .endOfInput], into: &editor)
    #expect(editor.buffer.text == "a")
    #expect(type([.interrupt], into: &editor) == [.interrupted])
    #expect(editor.buffer.isEmpty)
  }

  @Test("completes a word, as far as it is certain")
  func completion() {
    var editor = LineEditor()
    #expect(type(letters("fc s") + [.tab], into: &editor).last == .edited)
    #expect(editor.buffer.text == "fc sigmoid ")
    #expect(type(letters("x") + [.tab], into: &editor).last == .refused)
    editor.begin()
    _ = type(letters("r") + [.tab], into: &editor)
    #expect(editor.buffer.text == "re")
    guard case .choices(let choices)? = type([.tab], into: &editor).last else {
      Issue.record("no choices")
      return
    }
    #expect(choices.map { $0.text } == ["relu", "repeat"])
  }

  @Test("goes through what was entered, and back to what was being typed")
  func history() {
    var editor = LineEditor(history: History(["one", "two\nlines", "three"]))
    _ = type(letters("new") + [.up], into: &editor)
    #expect(editor.buffer.text == "three")
    _ = type([.previous], into: &editor)
    #expect(editor.buffer.text == "two\nlines")
    // First up within the lines.
    _ = type([.up, .up], into: &editor)
    #expect(editor.buffer.text == "one")
    #expect(type([.up], into: &editor) == [.refused])
    _ = type([.next, .next, .next], into: &editor)
    #expect(editor.buffer.text == "new")
  }

  @Test("searches what was entered")
  func search() {
    var editor = LineEditor(history: History(["solver sgd", "train epochs 3", "solver adam"]))
    _ = type(letters("draft") + [.searchBack] + letters("sol"), into: &editor)
    #expect(editor.buffer.text == "solver adam")
    _ = type([.searchBack], into: &editor)
    #expect(editor.buffer.text == "solver sgd")
    #expect(type([.searchBack], into: &editor) == [.refused])
    #expect(editor.searched?.isFailed == true)
    _ = type([.searchForth], into: &editor)
    #expect(editor.buffer.text == "solver adam")
    var other = editor
    #expect(type([.enter], into: &other) == [.entered("solver adam")])
    _ = type([.escape], into: &editor)
    #expect(editor.buffer.text == "draft")
    #expect(editor.searched == nil)
  }
}

@Suite("The history of lines")
struct HistoryTests {
  @Test("has no line twice in a row, none that is blank, and at most a thousand")
  func adding() {
    var history = History()
    for text in ["a", "a", " ", "b", "a"] { history.add(text) }
    #expect(history.entries == ["a", "b", "a"])
    for number in 0..<1500 { history.add("\(number)") }
    #expect(history.entries.count == 1000)
    #expect(history.entries.last == "1499")
  }

  @Test(
    "lies where the XDG specification wants it",
    arguments: [
      (["XDG_STATE_HOME": "/state", "HOME": "/home/a"], "/state/mlpc/history"),
      (["XDG_STATE_HOME": "relative", "HOME": "/home/a"], "/home/a/.local/state/mlpc/history"),
      (["HOME": "/home/a"], "/home/a/.local/state/mlpc/history"), ([:], nil),
    ])
  func path(variables: [String: String], path: String?) {
    #expect(HistoryFile(world: MemoryWorld(variables: variables)).path == path)
  }

  @Test("comes back as it was, line ends and backslashes too")
  func kept() throws {
    var world = MemoryWorld(variables: ["HOME": "/home/a"])
    world.isWritable = true
    let file = HistoryFile(world: world)
    let entries = ["net fc 3 ->\n  mse", "a\\nb", "\\", "字"]
    try file.append(entries)
    #expect(file.read().entries == entries)
    try file.append(["later"])
    #expect(file.read().entries == entries + ["later"])
  }

  @Test("is empty without a home, and says when it can't be written")
  func without() throws {
    let homeless = HistoryFile(world: MemoryWorld())
    try homeless.append(["a"])
    #expect(homeless.read().entries.isEmpty)
    let sealed = HistoryFile(world: MemoryWorld(variables: ["HOME": "/home/a"]))
    #expect(throws: (any Error).self) { try sealed.append(["a"]) }
  }
}
