import Testing

@testable import mlpc

@Suite("What is being typed, on the terminal")
struct LineScreenTests {
  private let prompt = LineLayout.Prompt(first: "> ", continued: ". ", colour: "")

  private func width(_ character: Character) -> Int { "字語😀".contains(character) ? 2 : 1 }

  private func layout(_ text: String, _ cursor: Int, _ columns: Int) -> LineLayout {
    LineLayout(prompt, Array(text), cursor: cursor, columns: columns)
  }

  @Test("lies as it reads, broken where the terminal ends")
  func rows() {
    var terminal = TerminalModel(columns: 10, rows: 6)
    var screen = LineScreen()
    terminal.write(screen.draw(layout("abcdefghij\nxy", 13, 10), columns: 10, height: 6))
    #expect(terminal.text == ["> abcdefgh", "ij", ". xy"])
    #expect((terminal.row, terminal.column) == (2, 4))
  }

  @Test("keeps wide characters whole and the cursor right")
  func wide() {
    var terminal = TerminalModel(columns: 7, rows: 6)
    var screen = LineScreen()
    terminal.write(screen.draw(layout("字語字é", 3, 7), columns: 7, height: 6), width: width)
    #expect(terminal.text == ["> 字語", "字é"])
    #expect((terminal.row, terminal.column) == (1, 2))
  }

  @Test("has the cursor on a new row behind a full one")
  func full() {
    var terminal = TerminalModel(columns: 6, rows: 6)
    var screen = LineScreen()
    terminal.write(screen.draw(layout("abcd", 4, 6), columns: 6, height: 6))
    #expect((terminal.row, terminal.column) == (1, 0))
    terminal.write(screen.draw(layout("abc", 3, 6), columns: 6, height: 6))
    #expect(terminal.text == ["> abc"])
    #expect((terminal.row, terminal.column) == (0, 5))
  }

  @Test(
    "is drawn over what stood there, wherever the cursor was and is", arguments: [5, 8, 13, 40])
  func redrawn(columns: Int) {
    let texts = [
      "", "a", "fc 12 -> relu", "字語 and 字", "one\ntwo lines\nthree", "\n\n", "fc 3 ->\n  字",
    ]
    var terminal = TerminalModel(columns: columns, rows: 60)
    var screen = LineScreen()
    terminal.write("top\r\n")
    for (index, text) in (texts + texts.reversed() + texts).enumerated() {
      for cursor in [0, text.count / 2, text.count] {
        let layout = layout(text, cursor, columns)
        terminal.write(screen.draw(layout, columns: columns, height: 60), width: width)
        var fresh = TerminalModel(columns: columns, rows: 60)
        fresh.write("top\r\n")
        var freshScreen = LineScreen()
        fresh.write(freshScreen.draw(layout, columns: columns, height: 60), width: width)
        #expect(terminal.text == fresh.text, "\(index)")
        #expect((terminal.row, terminal.column) == (fresh.row, fresh.column), "\(index)")
        #expect((layout.cursor.row + 1, layout.cursor.column) == (fresh.row, fresh.column))
      }
    }
    #expect(terminal.unknown.isEmpty)
  }

  @Test("shows what is around the cursor where it is higher than the terminal")
  func high() {
    let text = (0..<30).map { "line \($0)" }.joined(separator: "\n")
    var terminal = TerminalModel(columns: 20, rows: 5)
    var screen = LineScreen()
    for cursor in [text.count, text.count / 2, 0, text.count] {
      terminal.write(screen.draw(layout(text, cursor, 20), columns: 20, height: 5))
      #expect(terminal.text.count == 5)
    }
    #expect(terminal.text.last == ". line 29")
  }

  @Test("is left below its last row")
  func left() {
    var terminal = TerminalModel(columns: 20, rows: 6)
    var screen = LineScreen()
    terminal.write(screen.draw(layout("a\nb\nc", 0, 20), columns: 20, height: 6))
    terminal.write(screen.leave() + "answer")
    #expect(terminal.text == ["> a", ". b", ". c", "answer"])
  }

  @Test("counts the rows that a narrower terminal breaks it into")
  func resized() {
    let layout = layout("abcdefghijklmnopqr", 18, 20)
    #expect(layout.rowsAboveCursor(columns: 20) == 1)
    #expect(layout.rowsAboveCursor(columns: 10) == 2)
    #expect(self.layout("abc", 3, 20).rowsAboveCursor(columns: 5) == 1)
  }

  @Test("shows nothing that would control the terminal")
  func harmless() {
    let layout = layout("a\u{1B}[31m\u{9B}b", 2, 20)
    #expect(!layout.rows[0].text.contains("\u{1B}"))
    #expect(!layout.rows[0].text.contains("\u{9B}"))
  }

  @Test("has colours that take no room")
  func colours() {
    let plain = layout("fc 3", 4, 20)
    let painted = LineLayout(
      prompt, Array("fc 3"), cursor: 4, columns: 20, style: ["36", "36", "", "33"])
    #expect(painted.rows[0].width == plain.rows[0].width)
    #expect(
      painted.rows[0].text == "> \u{1B}[36mfc\u{1B}[0m \u{1B}[33m3\u{1B}[0m")
  }
}
