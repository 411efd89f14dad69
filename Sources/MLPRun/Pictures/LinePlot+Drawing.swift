extension LinePlot {
  /// For a browser: title, legend, curves with their bands, axes with labels.
  package func drawing(width: Double = 720, height: Double = 300) -> Drawing {
    LinePlotDrawing(withinReach, width: width, height: height).drawing
  }
}

/// Lays a line plot out. The legend never lies within the curves' area: one row of it stands above, more below.
private struct LinePlotDrawing {
  private let plot: LinePlot
  private let width: Double
  private let area: PlotArea
  private let xAxis: PlotScale
  private let yAxis: PlotScale
  private let titleLines: [String]
  private let legend: PlotLegend
  /// The upper edge of the row with the label of y.
  private let headTop: Double

  private static let edge = 14.0
  private static let titleSize = 15.0
  private static let labelSize = 13.0
  private static let tickSize = 12.0

  /// - Parameter height: of the curves' area.
  init(_ plot: LinePlot, width: Double, height: Double) {
    self.plot = plot
    self.width = width
    let inner = width - 2 * Self.edge
    titleLines =
      plot.title.isEmpty ? [] : TextLayout.lines(plot.title, within: inner, Self.titleSize)
    xAxis = plot.xAxis
    yAxis = plot.yAxis(ticks: max(3, Int(height / 40)))
    let labels = yAxis.ticks.map { TextLayout.width($0.label, Self.tickSize) }
    let left = Self.edge + max(24, labels.max() ?? 0) + 8
    legend = PlotLegend(plot, width: width - left - Self.edge)
    headTop = Self.edge + Double(titleLines.count) * 20
    let legendAbove = legend.isOneRow ? legend.height : 0
    area = PlotArea(
      left: left, right: width - Self.edge, top: headTop + legendAbove + 24,
      height: height)
  }

  var drawing: Drawing {
    let below = area.bottom + 46
    let height = legend.isOneRow ? below : below + legend.height + 6
    return Drawing(width: width, height: height, title: description, body: body(below))
  }

  private var description: String {
    let names = plot.series.map { $0.name }.joined(separator: ", ")
    return "\(plot.title): \(plot.yLabel) over \(plot.xLabel); \(names)"
  }

  private func body(_ below: Double) -> String {
    var parts = titleLines.enumerated().map { index, line in
      Shapes.text(
        line, Self.edge, Self.edge + 13 + Double(index) * 20, size: Self.titleSize, "text title")
    }
    parts.append(legend.markup(left: area.left, top: legend.isOneRow ? headTop + 4 : below))
    parts += [yTicks, xTicks, labels]
    for place in plot.series.indices { parts.append(band(place)) }
    for place in plot.series.indices.reversed() { parts.append(curve(place)) }
    return parts.joined()
  }

  // MARK: Axes

  private var yTicks: String {
    yAxis.ticks.map { tick in
      let y = area.y(yAxis.share(of: tick.value))
      return Shapes.line(area.left, y, area.right, y, "faint")
        + Shapes.text(
          tick.label, area.left - 8, y + 4, size: Self.tickSize, "muted", anchor: .end)
    }.joined()
  }

  private var xTicks: String {
    var parts = [Shapes.line(area.left, area.bottom, area.right, area.bottom, "axis")]
    for tick in xAxis.ticks {
      let x = area.x(xAxis.share(of: tick.value))
      parts.append(Shapes.line(x, area.bottom, x, area.bottom + 5, "axis"))
      // The middle of a number at the edge moves in, so that all of it is seen.
      let half = TextLayout.width(tick.label, Self.tickSize) / 2
      let place = min(x, width - 2 - half)
      parts.append(
        Shapes.text(
          tick.label, place, area.bottom + 18, size: Self.tickSize, "muted", anchor: .middle))
    }
    return parts.joined()
  }

  /// What the axes are: y's name above its numbers, x's below its own.
  private var labels: String {
    let scale = yAxis.isLogarithmic ? " (logarithmic)" : ""
    var text =
      Shapes.text(
        plot.yLabel + scale, Self.edge, area.top - 10, size: Self.labelSize, "muted")
      + Shapes.text(
        plot.xLabel, (area.left + area.right) / 2, area.bottom + 37, size: Self.labelSize,
        "muted", anchor: .middle)
    if plot.drawablePoints.isEmpty {
      text += Shapes.text(
        "no finite value to draw", (area.left + area.right) / 2, (area.top + area.bottom) / 2,
        size: Self.labelSize, "muted", anchor: .middle)
    }
    return text
  }

  // MARK: Curves

  private func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    (area.x(xAxis.share(of: x)), area.y(yAxis.share(of: y)))
  }

  private func band(_ index: Int) -> String {
    let runs = plot.series[index].thinned.runs.filter { run in
      run.contains { $0.deviation > 0 }
    }
    return runs.map { run in
      let upper = run.map { place($0.x, $0.y + $0.deviation) }
      let lower = run.reversed().map { place($0.x, $0.y - $0.deviation) }
      guard run.count > 1 else { return bar(from: lower[0], to: upper[0], index) }
      let border = Shapes.path(upper + lower, role: "band", isClosed: true)
      return group(index, border)
    }.joined()
  }

  /// A single point's deviation has no area.
  private func bar(
    from lower: (x: Double, y: Double), to upper: (x: Double, y: Double), _ index: Int
  ) -> String {
    group(
      index,
      Shapes.path([lower, upper], role: "point")
        + Shapes.path([(lower.x - 5, lower.y), (lower.x + 5, lower.y)], role: "point")
        + Shapes.path([(upper.x - 5, upper.y), (upper.x + 5, upper.y)], role: "point"))
  }

  private func curve(_ index: Int) -> String {
    let series = plot.series[index]
    let style = plot.style(of: index)
    let thinned = series.thinned
    var parts = [Markup.element("title", [], Markup.escaped(series.name))]
    for run in thinned.runs where run.count > 1 {
      let points = run.map { place($0.x, $0.y) }
      parts.append(Shapes.path(points, role: "curve", dash: Theme.dashes[style.dash]))
    }
    parts += series.losses.map { lost($0.last, $0.lost) }
    let marked = plot.series.count > 1 ? series.marked(offset: index) : series.markedAlone
    parts += marked.map { point in
      let spot = place(point.x, point.y)
      return Shapes.marker(style.marker, spot.x, spot.y)
    }
    return group(index, parts.joined())
  }

  /// From the last finite point to the upper edge, where a cross stands for all that is beyond.
  private func lost(_ last: LineSeries.Point?, _ point: LineSeries.Point) -> String {
    let x = area.x(xAxis.share(of: point.x))
    let end = (x: x, y: area.top + 5)
    let line = last.map { Shapes.path([place($0.x, $0.y), end], role: "lost") } ?? ""
    return line + Shapes.cross(end.x, end.y)
  }

  private func group(_ index: Int, _ content: String) -> String {
    Markup.element("g", [("class", "c\(plot.style(of: index).colour)")], content)
  }
}

/// Where the curves are drawn.
private struct PlotArea {
  let left: Double
  let right: Double
  let top: Double
  let height: Double

  var bottom: Double { top + height }

  /// Markers at the ends lie within.
  private static let inset = 8.0

  func x(_ share: Double) -> Double {
    left + Self.inset + share * (right - left - 2 * Self.inset)
  }

  func y(_ share: Double) -> Double { bottom - share * height }
}
