/// Curves over one axis: what is drawn, not how. `svg` draws it for a browser, `TerminalPlot` with characters.
package struct LinePlot: Sendable {
  /// How values become heights.
  package enum Scale: Sendable {
    case linear
    /// Logarithmic where all values are positive and the greatest is at least 50 times the least.
    case automatic
  }

  package var title: String
  package var xLabel: String
  package var yLabel: String
  package var series: [LineSeries]
  package var yScale: Scale
  /// Whether x counts something, so that no tick stands between two whole numbers.
  package var countsX: Bool

  package init(
    title: String, xLabel: String, yLabel: String, series: [LineSeries],
    yScale: Scale = .linear, countsX: Bool = true
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.yScale = yScale
    self.countsX = countsX
  }
}

/// One curve.
package struct LineSeries: Sendable {
  package struct Point: Equatable, Sendable {
    package var x: Double
    /// Where it isn't finite, the curve ends before it, and the plot marks where.
    package var y: Double
    /// Half the height of the band around y: the standard deviation where y is a mean.
    package var deviation: Double

    package init(_ x: Double, _ y: Double, deviation: Double = 0) {
      self.x = x
      self.y = y
      self.deviation = deviation.isFinite ? max(0, deviation) : 0
    }
  }

  package var name: String
  /// By growing x.
  package var points: [Point]
  /// nil: by the curve's place among the others.
  package var style: LineStyle?

  package init(_ name: String, _ points: [Point], style: LineStyle? = nil) {
    self.name = name
    self.points = points
    self.style = style
  }

  /// Values at x = first, first + 1, …
  package init(_ name: String, from first: Int = 1, _ values: [Double], style: LineStyle? = nil) {
    let points = values.enumerated().map { Point(Double(first + $0.offset), $0.element) }
    self.init(name, points, style: style)
  }
}

/// How a curve differs from others: by colour, by dashes and by its markers, so that it can be told without
/// colour. Numbers beyond those that there are begin again.
package struct LineStyle: Equatable, Sendable {
  package static let colours = 6
  package static let dashes = 4
  package static let markers = 7

  package var colour: Int
  package var dash: Int
  package var marker: Int

  package init(colour: Int, dash: Int = 0, marker: Int) {
    self.colour = colour % Self.colours
    self.dash = dash % Self.dashes
    self.marker = marker % Self.markers
  }

  /// The style of the curve in that place, from 0; the first 84 differ.
  package static func standard(_ place: Int) -> LineStyle {
    LineStyle(colour: place, dash: place / colours, marker: place)
  }
}

extension LineSeries.Point {
  /// Whether it has a place in a picture.
  var isDrawable: Bool { abs(x) < 1e300 && abs(y) < 1e300 }
}

extension LinePlot {
  /// The same where curves that are lost don't press the others flat: what such a curve reaches far above the
  /// others is beyond the picture.
  var withinReach: LinePlot {
    let whole = series.filter { $0.losses.isEmpty }.flatMap { $0.points.filter { $0.isDrawable } }
    guard let least = whole.map({ $0.y }).min(),
      let greatest = whole.map({ $0.y + $0.deviation }).max()
    else { return self }
    let limit = greatest + max(greatest - least, abs(greatest) * 0.1)
    var plot = self
    for place in series.indices where !series[place].losses.isEmpty {
      for index in series[place].points.indices where series[place].points[index].y > limit {
        plot.series[place].points[index].y = .infinity
      }
    }
    return plot
  }

  var drawablePoints: [LineSeries.Point] {
    series.flatMap { $0.points.filter { $0.isDrawable } }
  }

  func style(of place: Int) -> LineStyle { series[place].style ?? .standard(place) }

  var xAxis: PlotScale {
    let values = series.flatMap { $0.points.map { $0.x } }.filter { abs($0) < 1e300 }
    return PlotScale(over: values, isWhole: countsX)
  }

  /// - Parameter ticks: about how many numbers there is room for.
  func yAxis(ticks: Int) -> PlotScale {
    let points = drawablePoints
    let values = points.map { $0.y }
    let edges = points.flatMap { [$0.y - $0.deviation, $0.y + $0.deviation] }
    if yScale == .automatic, let least = values.min(), let greatest = values.max(), least > 0,
      greatest / least >= 50
    {
      let positive = edges.filter { $0 > least / 10 && $0 < 1e300 }
      return PlotScale(logarithmicOver: values + positive, ticks: ticks)
    }
    return PlotScale(over: edges, ticks: ticks, padding: 0.04)
  }
}
