/// Columns of text, each as wide as its widest cell.
package struct TextTable {
  package enum Alignment: Sendable {
    case left
    case right
  }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  package init(_ alignments: [Alignment]) { self.alignments = alignments }

  package mutating func add(_ cells: String...) { add(cells) }

  package mutating func add(_ cells: [String]) {
    precondition(cells.count == alignments.count)
    rows.append(cells)
  }

  /// The table without a column that has nothing but a title.
  package func withoutEmpty(_ column: Int) -> TextTable {
    rows.dropFirst().allSatisfy { $0[column].isEmpty } ? withoutColumn(column) : self
  }

  package func withoutColumn(_ column: Int) -> TextTable {
    func rest<Cell>(_ cells: [Cell]) -> [Cell] {
      Array(cells[..<column] + cells[(column + 1)...])
    }
    var table = TextTable(rest(alignments))
    table.rows = rows.map { rest($0) }
    return table
  }

  /// The rows, each indented by two, columns two apart, without trailing blanks.
  package var text: String {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return alignments[column] == .left ? cell + padding : padding + cell
      }
      var line = "  " + cells.joined(separator: "  ")
      while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
