import MLPLibrary
import MLPSyntax

@testable import MLPRun

/// Pages with one block of each kind.
enum PageSamples {
  static let run = Page(
    title: "two_layer", lead: "fc 784 128 → relu → fc 128 10 → softmax_ce",
    verdict: Page.Mark("as expected", .good),
    sections: [
      PageSection("Result", results), PageSection("Curves", curves),
      PageSection("Pictures", pictures), PageSection("Spec", [.spec(spec)]),
    ], footer: "mlpc 0.1")

  static let folder = Page(
    title: "specs/reports",
    sections: [
      PageSection(
        "Reported and reached",
        [
          .table(
            PageTable(
              [.init("spec"), .init("reached", isNumber: true)],
              [.init([PageTable.Cell("one", section: "one"), "0.8584"])]))
        ]),
      PageSection(
        "one", verdict: Page.Mark("met", .good), [.paragraph("Text.")],
        parts: [PageSection("Result", results), PageSection("Spec", [.spec(spec)])]),
      PageSection("two", verdict: Page.Mark("1 of 3 missed", .bad), curves),
    ], hasIndex: true)

  static let spec = Source(
    name: "two_layer.mlp",
    text: """
      # Report 000, section 3.4: one hidden layer, ReLU, softmax cross-entropy.
      let width = 128
      net     fc 784 width -> relu -> fc width 10 -> softmax_ce
      data    mnist scale own_mean validation last 5000 else digits
      solver  sgd lr {0.001 | 0.003} decay 0.1
      expect  test accuracy 0.8595 within 0.02

      """)

  private static let results: [PageBlock] = [
    .figures([("0.8584", "test accuracy"), ("0.8091", "test loss"), ("4.4 s", "training")]),
    .table(
      PageTable(
        [
          .init("expect"), .init("reported", isNumber: true), .init("reached", isNumber: true),
          .init("verdict"),
        ],
        [
          .init(["test accuracy", "0.8595", "0.8584", .init("met", .good)], isMarked: true),
          .init(["train loss", "0.8055", "0.8504", .init("missed", .bad)]),
        ], caption: "What the spec expects")),
    .facts([("data", "mnist"), ("weights", "373a1df328a53569"), ("seed", "1")]),
    .fold("Epochs", [.paragraph("Ten of them.")]),
  ]

  private static let curves: [PageBlock] = [
    .drawing(PlotSamples.tenEpochs.drawing(), caption: "Loss of each epoch."),
    .drawing(PlotSamples.fourRates.drawing(), caption: ""),
  ]

  private static let pictures: [PageBlock] = [
    .drawing(confusion.drawing(title: "Confusion"), caption: "Test set."),
    .picture(
      PictureFile(weights.pixels), description: "weights", caption: "The first layer's weights."),
    .picture(
      PictureFile(mistakes.pixels), description: "mistakes",
      caption: "True class → predicted class."),
  ]

  private static let confusion: ConfusionMatrix = {
    var matrix = ConfusionMatrix(classes: 10)
    for label in 0..<10 {
      for sample in 0..<900 {
        let isMistaken = sample % 17 == label
        matrix.add(label, takenFor: isMistaken ? sample % 10 : label)
      }
    }
    return matrix
  }()

  private static let weights = TileGrid(
    width: 28, height: 28, tiles: (0..<64).map { slope($0) }, palette: .diverging(limit: 90))

  private static func slope(_ unit: Int) -> [Float] {
    let (right, down) = (unit % 8 - 4, unit / 8 - 4)
    return (0..<784).map { pixel -> Float in
      let (x, y) = (pixel % 28 - 14, pixel / 28 - 14)
      return Float(x * right + y * down)
    }
  }

  private static let mistakes = TileGrid(
    width: 28, height: 28, tiles: (0..<20).map { stripes($0) },
    labels: (0..<20).map { "\($0 % 10)→\(($0 + 3) % 10)" }, palette: .grey(0...255), columns: 10)

  private static func stripes(_ n: Int) -> [Float] {
    (0..<784).map { pixel -> Float in Float(pixel * n % 256) }
  }
}
