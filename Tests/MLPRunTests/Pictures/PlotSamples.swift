@testable import MLPRun

/// Plots as trainings make them, with everything that makes drawing hard.
enum PlotSamples {
  static let all: [(name: String, plot: LinePlot)] = [
    ("one epoch", oneEpoch), ("ten epochs", tenEpochs), ("a hundred epochs", hundredEpochs),
    ("four rates with bands", fourRates), ("diverged", diverged), ("never finite", neverFinite),
    ("long names", longNames), ("twenty combinations", twenty), ("flat at 0", flat),
    ("ten thousand points", many), ("nothing", nothing), ("one point with a deviation", bar),
  ]

  static let oneEpoch = plot([("train", [2.1426]), ("validation", [1.7866])])
  static let tenEpochs = plot([
    ("train", [2.14, 1.62, 1.34, 1.17, 1.05, 0.98, 0.93, 0.89, 0.87, 0.85]),
    ("validation", [1.79, 1.41, 1.18, 1.03, 0.94, 0.87, 0.83, 0.80, 0.78, 0.77]),
  ])

  static let hundredEpochs = LinePlot(
    title: "Loss", xLabel: "epoch", yLabel: "loss",
    series: [
      LineSeries("train", (1...100).map { falling($0, power: 2) + 0.001 }),
      LineSeries("validation", (1...100).map { falling($0, power: 1) + 0.02 + ripple($0) }),
    ], yScale: .automatic)

  static let fourRates = LinePlot(
    title: "Validation accuracy (mean of 3 runs, band: standard deviation)", xLabel: "epoch",
    yLabel: "accuracy",
    series: ["lr 0.001", "lr 0.003", "lr 0.01", "lr 0.03"].enumerated().map { place, name in
      LineSeries(name, (1...5).map { rate(place, epoch: $0) })
    })

  private static func rate(_ place: Int, epoch: Int) -> LineSeries.Point {
    let mean: Double = 0.97 - 0.25 / Double(epoch * (place + 1)) - 0.01 * Double(place)
    let deviation: Double = 0.012 / Double(epoch) + 0.004 * Double(place)
    return LineSeries.Point(Double(epoch), mean, deviation: deviation)
  }

  static let diverged = plot([
    ("lr 0.01", [2.3, 1.2, 0.8, 0.6, 0.5]), ("lr 0.1", [2.9, 40, 3e4, .nan, .nan]),
    ("lr 1", [2.6, .infinity]), ("lr 10", [.nan]),
  ])

  static let neverFinite = plot([("lr 10", [.nan, .nan]), ("lr 100", [.infinity])])

  static let longNames = plot([
    (
      "fc 784 300 -> leaky_relu slope 0.01 -> dropout 0.5 -> fc 300 100 -> leaky_relu slope 0.01 -> "
        + "dropout 0.5 -> fc 100 10 -> softmax_ce, solver sgd lr 0.001 momentum 0.9 nesterov yes, train",
      [1, 0.5, 0.4]
    ),
    (String(repeating: "unbreakable", count: 14), [0.9, 0.7, 0.2]), ("<&\">", [0.3, 0.2, 0.1]),
  ])

  static let twenty = plot(
    (1...20).map { n in
      let values = (1...10).map { epoch in falling(n + epoch, power: 1) + ripple(n * epoch) }
      return ("relu, lr \(n)e-3, batch \(50 * n)", values)
    })

  static let flat = plot([("train", [0, 0, 0]), ("validation", [0, 0, 0])])

  static let many = LinePlot(
    title: "Loss per 1 000 observations", xLabel: "observations", yLabel: "loss",
    series: [LineSeries("train", (1...10_000).map { observed($0) })])

  private static func observed(_ thousands: Int) -> LineSeries.Point {
    let loss: Double = falling(thousands, power: 1) + 0.3 + ripple(thousands)
    return LineSeries.Point(Double(thousands) * 1000, loss)
  }

  static let nothing = plot([])

  static let bar = LinePlot(
    title: "Loss", xLabel: "epoch", yLabel: "loss",
    series: [LineSeries("train", [LineSeries.Point(1, 0.5, deviation: 0.1)])])

  private static func plot(_ series: [(String, [Double])]) -> LinePlot {
    LinePlot(
      title: "Loss", xLabel: "epoch", yLabel: "loss",
      series: series.map { LineSeries($0.0, $0.1) }, yScale: .automatic)
  }

  private static func falling(_ n: Int, power: Int) -> Double {
    let x = Double(n)
    return power == 1 ? 2.2 / x : 2.3 / (x * x)
  }

  private static func ripple(_ n: Int) -> Double { Double(n * 7919 % 101) / 3000 }
}
