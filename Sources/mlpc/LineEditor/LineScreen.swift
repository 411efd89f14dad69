/// Draws what is being typed over what was drawn before.
struct LineScreen {
  private var drawn: LineLayout?

  /// What to write for `layout` to stand on the terminal, whose size may have changed since.
  mutating func draw(_ layout: LineLayout, columns: Int, height: Int) -> String {
    let window = layout.window(height: height)
    var text = toTop(columns: columns) + "\u{1B}[J"
    text += window.rows.map { $0.text }.joined(separator: "\r\n")
    text += Self.up(window.rows.count - 1 - window.cursor.row) + "\r"
    if window.cursor.column > 0 { text += "\u{1B}[\(window.cursor.column)C" }
    drawn = window
    return text
  }

  /// What to write so that what follows begins on a line of its own below.
  mutating func leave() -> String {
    guard let drawn else { return "" }
    self.drawn = nil
    let down = drawn.rows.count - 1 - drawn.cursor.row
    return (down > 0 ? "\u{1B}[\(down)B" : "") + "\r\n"
  }

  /// What to write so that nothing of it is seen any more.
  mutating func erase(columns: Int) -> String {
    defer { drawn = nil }
    return toTop(columns: columns) + "\u{1B}[J"
  }

  /// Forgets what was drawn: the terminal was cleared.
  mutating func forget() { drawn = nil }

  private func toTop(columns: Int) -> String {
    "\r" + Self.up(drawn?.rowsAboveCursor(columns: columns) ?? 0)
  }

  private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)A" : "" }
}
