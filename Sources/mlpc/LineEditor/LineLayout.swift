import MLPSyntax

/// How a prompt and what is typed behind it lie on a terminal: rows of cells, and the cursor's place.
struct LineLayout: Equatable {
  struct Row: Equatable {
    var text = ""
    var width = 0
    /// The colour in which the text goes on.
    fileprivate var style = ""

    fileprivate mutating func change(to style: String) {
      guard style != self.style else { return }
      text += (self.style.isEmpty ? "" : "\u{1B}[0m") + (style.isEmpty ? "" : "\u{1B}[\(style)m")
      self.style = style
    }
  }

  struct Prompt: Equatable {
    /// Before the first line.
    var first: String
    /// Before the lines that continue it.
    var continued: String
    /// Begins and ends the colour of both, or empty.
    var colour: String
  }

  private(set) var rows: [Row] = [Row()]
  private(set) var cursor = (row: 0, column: 0)
  private let columns: Int

  /// - Parameters:
  ///   - cursorIndex: how many characters stand before the cursor.
  ///   - columns: of the terminal.
  ///   - style: the colour of each character, as parameters of "select graphic rendition"; empty for none.
  init(
    _ prompt: Prompt, _ characters: [Character], cursor cursorIndex: Int, columns: Int,
    style: [String] = []
  ) {
    self.columns = max(2, columns)
    put(prompt.first, prompt.colour)
    for (index, character) in characters.enumerated() {
      if index == cursorIndex { markCursor(before: character) }
      if character == "\n" {
        rows.append(Row())
        put(prompt.continued, prompt.colour)
      } else {
        put(character, style.indices.contains(index) ? style[index] : "")
      }
    }
    if cursorIndex >= characters.count { markCursor(before: nil) }
    for row in rows.indices { rows[row].change(to: "") }
  }

  static func == (a: LineLayout, b: LineLayout) -> Bool {
    a.rows == b.rows && a.cursor == b.cursor && a.columns == b.columns
  }

  private mutating func put(_ text: String, _ style: String) {
    for character in text { put(character, style) }
  }

  private mutating func put(_ character: Character, _ style: String) {
    let shown = character.shown
    if rows[rows.count - 1].width + shown.width > columns { rows.append(Row()) }
    rows[rows.count - 1].change(to: style)
    rows[rows.count - 1].text += shown.text
    rows[rows.count - 1].width += shown.width
  }

  /// The cursor stands where the next character will: behind a full row that is the next one.
  private mutating func markCursor(before character: Character?) {
    let width = rows[rows.count - 1].width
    switch character {
    case nil where width >= columns:
      rows.append(Row())
      cursor = (rows.count - 1, 0)
    case "\n"?: cursor = (rows.count - 1, min(width, columns - 1))
    case let next? where width + next.shown.width > columns: cursor = (rows.count, 0)
    default: cursor = (rows.count - 1, width)
    }
  }

  /// The rows around the cursor that so many lines have room for.
  func window(height: Int) -> LineLayout {
    guard rows.count > max(1, height) else { return self }
    var window = self
    let top = min(max(0, cursor.row - max(1, height) / 2), rows.count - max(1, height))
    window.rows = Array(rows[top..<top + max(1, height)])
    window.cursor.row = cursor.row - top
    return window
  }

  /// How many rows stand above the cursor on a terminal of so many columns: one that becomes narrower breaks
  /// rows into several.
  func rowsAboveCursor(columns: Int) -> Int {
    let columns = max(1, columns)
    let above = rows[..<min(cursor.row, rows.count)].reduce(0) { sum, row in
      sum + max(1, (row.width + columns - 1) / columns)
    }
    return above + cursor.column / columns
  }
}

extension Character {
  /// As a terminal shows it, without what would control the terminal, and how many columns that takes.
  fileprivate var shown: (text: String, width: Int) {
    if let ascii = asciiValue, ascii >= 0x20, ascii != 0x7F { return (String(self), 1) }
    let scalars = unicodeScalars.map { $0.harmless }
    return (
      String(String.UnicodeScalarView(scalars)), scalars.reduce(0) { $0 + $1.width }
    )
  }
}
