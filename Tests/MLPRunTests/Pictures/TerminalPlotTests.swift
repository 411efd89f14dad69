import Testing

@testable import MLPRun

@Suite("A plot in the terminal")
struct TerminalPlotTests {
  @Test("is no wider than asked and as high", arguments: PlotSamples.all.indices)
  func size(_ index: Int) {
    let (name, plot) = PlotSamples.all[index]
    for width in [24, 40, 72, 200] {
      for height in [3, 12, 30] {
        let text = TerminalPlot(plot, width: width, height: height).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(text.hasSuffix("\n"))
        #expect(lines.allSatisfy { $0.count <= width }, "\(name) at \(width)")
        guard !plot.drawablePoints.isEmpty else { continue }
        let area = lines.filter { $0.contains("│") || $0.contains("┤") }
        #expect(area.count == height, "\(name)")
      }
    }
  }

  @Test("draws what it is given")
  func picture() {
    let plot = LinePlot(
      title: "Loss", xLabel: "epoch", yLabel: "loss", series: [LineSeries("train", [4, 3, 2, 1])])
    #expect(
      TerminalPlot(plot, width: 24, height: 4).text == """
          Loss
         4 ┤⠒⠤⢄⣀⡀
           │    ⠈⠉⠒⠢⢄⣀
         2 ┤          ⠉⠑⠢⠤⣀⡀
           │               ⠈⠉⠑⠒⠤
           └┬─────┬──────┬─────┬
            1     2      3     4
            epoch
            ⠤⠤⠤ train

        """)
  }

  @Test("has no escape codes without colour, and as many starts as ends with it")
  func colour() {
    let plain = TerminalPlot(PlotSamples.tenEpochs).text
    #expect(!plain.contains("\u{1B}"))
    let coloured = TerminalPlot(PlotSamples.tenEpochs, isColoured: true).text
    #expect(coloured.contains("\u{1B}[34m") && coloured.contains("\u{1B}[33m"))
    for line in coloured.split(separator: "\n") where line.contains("\u{1B}") {
      #expect(line.contains("\u{1B}[0m"))
    }
  }

  @Test("tells curves apart without colour")
  func patterns() {
    let text = TerminalPlot(PlotSamples.tenEpochs).text
    let samples = text.split(separator: "\n").last?.split(separator: " ").filter {
      $0.unicodeScalars.allSatisfy { (0x2800...0x28FF).contains($0.value) }
    }
    #expect(samples?.count == 2)
    #expect(samples?.first != samples?.last)
  }

  @Test("says where there is nothing to draw")
  func nothing() {
    #expect(TerminalPlot(PlotSamples.neverFinite).text == "Loss: no finite value to draw\n")
  }
}
