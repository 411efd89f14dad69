/// A terminal that understands as much as the line editor sends, and no more.
struct TerminalModel {
  let columns: Int
  let rows: Int
  private(set) var cells: [[Character]]
  private(set) var row = 0
  private(set) var column = 0
  /// Behind a full row the cursor waits on its last cell.
  private var isWaiting = false
  /// What it did not understand.
  private(set) var unknown: [String] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows without blanks at their ends, and without blank rows at the end.
  var text: [String] {
    var lines = cells.map { row in
      var line = String(row.filter { $0 != "\u{0}" })
      while line.last == " " { line.removeLast() }
      return line
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  mutating func write(_ text: String, width: (Character) -> Int = { _ in 1 }) {
    var rest = Array(text)[...]
    while let character = rest.popFirst() {
      switch character {
      case "\r\n":
        move(toColumn: 0)
        down()
      case "\r": move(toColumn: 0)
      case "\n": down()
      case "\u{7}": break
      case "\u{1B}": sequence(&rest)
      default: put(character, width(character))
      }
    }
  }

  private mutating func sequence(_ rest: inout ArraySlice<Character>) {
    guard rest.popFirst() == "[" else { return unknown.append("ESC") }
    var parameters = ""
    while let character = rest.popFirst() {
      guard character.isLetter else {
        parameters.append(character)
        continue
      }
      return control(character, parameters)
    }
  }

  private mutating func control(_ final: Character, _ parameters: String) {
    let count = Int(parameters) ?? 1
    isWaiting = false
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "H": (row, column) = (0, 0)
    case "J":
      if parameters != "2" { clear(row, from: column) }
      for other in (parameters == "2" ? 0 : row + 1)..<rows { clear(other, from: 0) }
    case "m": break
    default: unknown.append(parameters + String(final))
    }
  }

  private mutating func clear(_ row: Int, from column: Int) {
    for place in column..<columns { cells[row][place] = " " }
  }

  private mutating func move(toColumn place: Int) {
    column = place
    isWaiting = false
  }

  private mutating func down() {
    isWaiting = false
    guard row == rows - 1 else { return row += 1 }
    cells.removeFirst()
    cells.append(Array(repeating: " ", count: columns))
  }

  private mutating func put(_ character: Character, _ width: Int) {
    if isWaiting || column + width > columns {
      move(toColumn: 0)
      down()
    }
    cells[row][column] = character
    for place in 1..<max(1, width) { cells[row][column + place] = "\u{0}" }
    column += width
    guard column >= columns else { return }
    column = columns - 1
    isWaiting = true
  }
}
