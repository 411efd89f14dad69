import Foundation
import Testing

@testable import MLPRun

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("A line plot")
struct LinePlotTests {
  @Test("is well-formed XML in which every number is finite", arguments: PlotSamples.all.indices)
  func wellFormed(_ index: Int) throws {
    let file = PlotSamples.all[index].plot.drawing().file
    let reader = XMLReader()
    #expect(reader.read(file), "\(PlotSamples.all[index].name): \(reader.fault)")
    for word in ["nan", "inf", "1e+"] {
      #expect(!reader.attributes.contains { $0.value.contains(word) && $0.name != "aria-label" })
    }
  }

  @Test("names its axes and each curve", arguments: PlotSamples.all.indices)
  func names(_ index: Int) {
    let plot = PlotSamples.all[index].plot
    let reader = XMLReader()
    _ = reader.read(plot.drawing().file)
    let words = reader.texts.joined(separator: "").filter { $0 != " " }
    let names = [plot.xLabel, plot.yLabel] + plot.series.map { $0.name }
    for name in names { #expect(words.contains(name.filter { $0 != " " }), "\(name)") }
  }

  @Test("has the same bytes each time")
  func deterministic() {
    #expect(PlotSamples.twenty.drawing().file == PlotSamples.twenty.drawing().file)
  }

  @Test("has numbers on both axes where there is anything to draw")
  func axes() {
    for (name, plot) in PlotSamples.all where !plot.drawablePoints.isEmpty {
      #expect(!plot.xAxis.ticks.isEmpty, "\(name)")
      #expect(plot.yAxis(ticks: 6).ticks.count >= 2, "\(name)")
    }
  }

  @Test("becomes logarithmic only where all values are positive and lie far apart")
  func scale() {
    func isLogarithmic(_ values: [Double], _ scale: LinePlot.Scale) -> Bool {
      let series = [LineSeries("a", values)]
      return LinePlot(title: "", xLabel: "", yLabel: "", series: series, yScale: scale)
        .yAxis(ticks: 6).isLogarithmic
    }
    #expect(isLogarithmic([2, 0.01], .automatic))
    #expect(!isLogarithmic([2, 0.1], .automatic))
    #expect(!isLogarithmic([2, 0], .automatic))
    #expect(!isLogarithmic([2, 0.01], .linear))
  }

  @Test("ends a curve before a value that isn't finite, and marks where")
  func gaps() {
    let series = LineSeries("a", [1, 2, .nan, .infinity, 5, 6])
    #expect(series.runs.map { $0.map { $0.y } } == [[1, 2], [5, 6]])
    #expect(series.losses.count == 1)
    #expect(series.losses[0].lost.x == 3)
    #expect(series.losses[0].last?.y == 2)
  }

  @Test("is not pressed flat by a curve that is lost")
  func reach() {
    let series = [LineSeries("a", [2, 1]), LineSeries("b", [2.5, 1e72, .nan])]
    let plot = LinePlot(title: "", xLabel: "", yLabel: "", series: series, yScale: .automatic)
    let reachable = plot.withinReach
    #expect(reachable.series[0].points == series[0].points)
    #expect(reachable.series[1].points.map { $0.y.isFinite } == [true, false, false])
    #expect(!reachable.yAxis(ticks: 6).isLogarithmic)
    // A curve that is whole is shown whole, and lost ones are where there are no others.
    #expect(Self.isUnchanged([LineSeries("a", [2, 1]), LineSeries("b", [2.5, 1e72])]))
    #expect(Self.isUnchanged([LineSeries("b", [2.5, 1e72, .infinity])]))
  }

  private static func isUnchanged(_ series: [LineSeries]) -> Bool {
    let plot = LinePlot(title: "", xLabel: "", yLabel: "", series: series)
    return zip(plot.withinReach.series, series).allSatisfy { $0.points == $1.points }
  }

  @Test("of very many points keeps the least and the greatest of each stretch")
  func thinning() {
    var values = (0..<10_000).map { Double($0 % 10) }
    values[4321] = 99
    values[8765] = -99
    let thinned = LineSeries("a", values).thinned.points
    #expect(thinned.count <= 1000)
    #expect(thinned.contains { $0.y == 99 && $0.x == 4322 })
    #expect(thinned.contains { $0.y == -99 })
    #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test("tells the first 24 curves apart by colour and dashes, and markers differ besides")
  func styles() {
    let styles = (0..<24).map { LineStyle.standard($0) }
    #expect(Set(styles.map { "\($0.colour) \($0.dash)" }).count == 24)
    let all = (0..<84).map { LineStyle.standard($0) }
    #expect(Set(all.map { "\($0.colour) \($0.dash) \($0.marker)" }).count == 84)
  }
}

/// What an XML text holds.
final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var attributes: [(name: String, value: String)] = []
  private(set) var fault = ""
  private var isInStyle = false

  func read(_ text: String) -> Bool {
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    let isRead = parser.parse()
    fault = parser.parserError.map { "\($0) in line \(parser.lineNumber)" } ?? ""
    return isRead
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes values: [String: String]
  ) {
    isInStyle = name == "style"
    attributes += values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !isInStyle { texts.append(text) }
  }
}
