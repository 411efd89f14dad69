/// The names of a plot's curves, each behind a piece of its curve, in as many rows and columns as they need. A
/// curve that is alone needs none: its axis says what it is.
struct PlotLegend {
  private struct Entry {
    let lines: [String]
    let style: LineStyle

    var width: Double {
      PlotLegend.sampleWidth + (lines.map { TextLayout.width($0, PlotLegend.size) }.max() ?? 0)
    }
    var height: Double { Double(lines.count) * PlotLegend.lineHeight }
  }

  private static let size = 13.0
  private static let lineHeight = 18.0
  /// A piece of the curve and the gap behind it.
  private static let sampleWidth = 36.0
  private static let gap = 20.0

  private let entries: [Entry]
  private let columns: Int
  private let columnWidth: Double
  /// Whether the entries stand side by side.
  let isOneRow: Bool

  init(_ plot: LinePlot, width: Double) {
    let room = width - Self.sampleWidth
    let named = plot.series.count > 1 ? plot.series : []
    let entries = named.enumerated().map { place, series in
      Entry(
        lines: TextLayout.lines(series.name, within: room, Self.size), style: plot.style(of: place))
    }
    self.entries = entries
    let all = entries.reduce(0) { $0 + $1.width + Self.gap } - Self.gap
    isOneRow = all <= width && entries.allSatisfy { $0.lines.count == 1 }
    columnWidth = (entries.map { $0.width }.max() ?? 0) + Self.gap
    columns = max(1, Int((width + Self.gap) / max(1, columnWidth)))
  }

  private var rowCount: Int { (entries.count + columns - 1) / columns }

  /// Columns are filled from the top, so that curves in order stand below each other.
  private func entries(inRow row: Int) -> [(column: Int, entry: Entry)] {
    (0..<columns).compactMap { column in
      let place = column * rowCount + row
      return place < entries.count ? (column, entries[place]) : nil
    }
  }

  private func height(ofRow row: Int) -> Double {
    (entries(inRow: row).map { $0.entry.height }.max() ?? 0) + 2
  }

  var height: Double {
    if isOneRow { return entries.isEmpty ? 0 : Self.lineHeight + 6 }
    return (0..<rowCount).reduce(0) { $0 + height(ofRow: $1) } + 4
  }

  func markup(left: Double, top: Double) -> String {
    var parts: [String] = []
    if isOneRow {
      var x = left
      for entry in entries {
        parts.append(markup(entry, x, top))
        x += entry.width + Self.gap
      }
      return parts.joined()
    }
    var y = top
    for row in 0..<rowCount {
      for (column, entry) in entries(inRow: row) {
        parts.append(markup(entry, left + Double(column) * columnWidth, y))
      }
      y += height(ofRow: row)
    }
    return parts.joined()
  }

  private func markup(_ entry: Entry, _ x: Double, _ y: Double) -> String {
    let middle = y + Self.lineHeight / 2
    let line = Shapes.path(
      [(x, middle), (x + 28, middle)], role: "curve", dash: Theme.dashes[entry.style.dash])
    let sample = Markup.element(
      "g", [("class", "c\(entry.style.colour)")],
      line + Shapes.marker(entry.style.marker, x + 14, middle))
    let text = entry.lines.enumerated().map { index, line in
      Shapes.text(
        line, x + Self.sampleWidth, middle + 4.5 + Double(index) * Self.lineHeight,
        size: Self.size)
    }
    return sample + text.joined()
  }
}
