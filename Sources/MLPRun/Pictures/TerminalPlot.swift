/// A plot of characters for a terminal: braille cells of 2 × 4 dots.
///
/// Without colour the curves differ by their dots; with it by colour too. Numbers that aren't finite leave a
/// gap, as they do in an SVG.
package struct TerminalPlot: Sendable {
  private let plot: LinePlot
  private let width: Int
  private let height: Int
  private let isColoured: Bool

  /// - Parameters:
  ///   - width: columns in all, at least 24.
  ///   - height: lines of the curves alone, at least 3; title, axis and legend come to it.
  ///   - isColoured: whether the terminal takes colours.
  package init(_ plot: LinePlot, width: Int = 72, height: Int = 12, isColoured: Bool = false) {
    self.plot = plot.withinReach
    self.width = max(24, width)
    self.height = max(3, height)
    self.isColoured = isColoured
  }

  /// Lines, none longer than `width`, each with its line end.
  package var text: String {
    let yAxis = plot.yAxis(ticks: max(2, height / 2))
    guard !plot.drawablePoints.isEmpty else {
      return fitted("\(plot.title): no finite value to draw") + "\n"
    }
    let labels = labels(of: yAxis)
    let margin = min(width / 2, (labels.map { $0?.count ?? 0 }.max() ?? 0) + 2)
    let canvas = canvas(columns: width - margin - 1, yAxis)
    var text = plot.title.isEmpty ? "" : fitted("  " + plot.title) + "\n"
    for (row, label) in labels.enumerated() {
      text += padded(label ?? "", margin) + (label == nil ? "│" : "┤")
      text += canvas.line(row, isColoured: isColoured) + "\n"
    }
    return text + bottom(margin: margin, columns: canvas.columns) + legend(margin: margin)
  }

  // MARK: Curves

  private func canvas(columns: Int, _ yAxis: PlotScale) -> BrailleCanvas {
    let xAxis = plot.xAxis
    var canvas = BrailleCanvas(columns: columns, rows: height)
    // The first curve is drawn last: where two meet, its colour stays.
    for (place, series) in plot.series.enumerated().reversed() {
      var previous: (x: Int, y: Int)?
      var pen = BrailleCanvas.Pen(colour: place, pattern: pattern(place))
      for point in series.points {
        guard point.isDrawable else {
          previous = nil
          continue
        }
        let x = Int((xAxis.share(of: point.x) * Double(2 * columns - 1)).rounded())
        let y = Int(((1 - yAxis.share(of: point.y)) * Double(4 * height - 1)).rounded())
        canvas.draw(from: previous ?? (x, y), to: (x, y), &pen)
        previous = (x, y)
      }
    }
    return canvas
  }

  private func pattern(_ place: Int) -> Int { place % BrailleCanvas.Pen.patterns }

  // MARK: Axes

  /// For each row of cells the number that stands beside it.
  private func labels(of axis: PlotScale) -> [String?] {
    var labels = [String?](repeating: nil, count: height)
    for tick in axis.ticks {
      let dot = ((1 - axis.share(of: tick.value)) * Double(4 * height - 1)).rounded()
      let row = Int(dot) / 4
      if labels[row] == nil { labels[row] = tick.label }
    }
    return labels
  }

  /// The axis below, its numbers, and what they count.
  private func bottom(margin: Int, columns: Int) -> String {
    let axis = plot.xAxis
    var line = [Character](repeating: "─", count: columns)
    var numbers = [Character](repeating: " ", count: columns)
    var free = 0
    for tick in axis.ticks {
      let column = Int((axis.share(of: tick.value) * Double(columns - 1)).rounded())
      let start = min(max(0, column - tick.label.count / 2), columns - tick.label.count)
      guard start >= free else { continue }
      line[column] = "┬"
      numbers.replaceSubrange(start..<start + tick.label.count, with: Array(tick.label))
      free = start + tick.label.count + 2
    }
    let indent = String(repeating: " ", count: margin)
    let name = plot.xLabel.isEmpty ? "" : fitted(indent + " " + plot.xLabel) + "\n"
    return indent + "└" + String(line) + "\n" + indent + " " + trimmed(String(numbers)) + "\n"
      + name
  }

  // MARK: Legend

  /// Each curve's name behind a piece of the curve, as many a line as fit.
  private func legend(margin: Int) -> String {
    let indent = String(repeating: " ", count: margin + 1)
    var lines: [String] = []
    var used = 0
    for (place, series) in plot.series.enumerated() {
      let name = shortened(series.name, to: width - margin - 7)
      let entry = sample(place) + " " + name
      let length = 4 + name.count
      if used > 0, used + 3 + length <= width {
        lines[lines.count - 1] += "   " + entry
        used += 3 + length
      } else {
        lines.append(indent + entry)
        used = indent.count + length
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func sample(_ place: Int) -> String {
    var canvas = BrailleCanvas(columns: 3, rows: 1)
    var pen = BrailleCanvas.Pen(colour: place, pattern: pattern(place))
    canvas.draw(from: (0, 2), to: (5, 2), &pen)
    return canvas.line(0, isColoured: isColoured, keepsBlanks: true)
  }

  // MARK: Text

  private func fitted(_ text: String) -> String { shortened(text, to: width) }

  private func shortened(_ text: String, to length: Int) -> String {
    text.count <= length ? text : text.prefix(max(0, length - 1)) + "…"
  }

  private func padded(_ label: String, _ margin: Int) -> String {
    let room = margin - 1
    let shown = shortened(label, to: room)
    return String(repeating: " ", count: room - shown.count) + shown + " "
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
