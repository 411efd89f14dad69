import Testing

@testable import MLPRun

@Suite("An axis")
struct PlotScaleTests {
  private static let spans: [(Double, Double)] = [
    (0, 1), (0.75, 2.14), (0.8412, 0.8416), (1, 10), (1, 100), (-3, 7), (0, 1e-7), (1e5, 3e7),
    (2.3, 2.3), (0, 0), (-1e200, 1e200), (1e250, 1.0000001e250), (1, 1), (-5, -5), (1e-280, 2e-280),
  ]

  @Test("has 2 to 12 round numbers within it, evenly apart", arguments: spans)
  func ticks(_ least: Double, _ greatest: Double) throws {
    let scale = PlotScale(over: [least, greatest], padding: 0.04)
    let values = scale.ticks.map { $0.value }
    #expect((2...12).contains(values.count), "\(values)")
    let step = try #require(values.dropFirst().first) - values[0]
    for (one, next) in zip(values, values.dropFirst()) {
      #expect(abs(next - one - step) <= 1e-6 * step)
    }
    #expect(Set(scale.ticks.map { $0.label }).count == values.count, "labels differ")
    for tick in scale.ticks {
      let share = scale.share(of: tick.value)
      #expect(share >= 0 && share <= 1)
      #expect(tick.label.count <= 14)
    }
    #expect(scale.share(of: least) >= 0 && scale.share(of: greatest) <= 1)
    #expect(scale.share(of: least) <= scale.share(of: greatest))
  }

  @Test("reads as people write numbers")
  func labels() {
    func labels(_ least: Double, _ greatest: Double) -> [String] {
      PlotScale(over: [least, greatest]).ticks.map { $0.label }
    }
    #expect(labels(0, 1) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(1, 10) == ["2", "4", "6", "8", "10"])
    #expect(labels(0, 550_000).contains("200 000"))
    #expect(labels(0, 3e9).contains("5e8"))
    #expect(labels(0, 2.5e-8).contains("5e-9"))
    #expect(labels(-0.4, 0.4).contains("-0.2"))
  }

  @Test("that counts has whole numbers alone", arguments: [(1.0, 1.0), (1, 2), (1, 3), (1, 100)])
  func wholeNumbers(_ first: Double, _ last: Double) {
    let ticks = PlotScale(over: [first, last], isWhole: true).ticks
    #expect(!ticks.isEmpty)
    #expect(ticks.allSatisfy { $0.value == $0.value.rounded() && Int($0.label) != nil })
  }

  @Test("of one epoch names it, in the middle")
  func oneEpoch() {
    let scale = PlotScale(over: [1], isWhole: true)
    #expect(scale.ticks.map { $0.label } == ["1"])
    #expect(scale.share(of: 1) == 0.5)
  }

  @Test("that is logarithmic names powers of ten, and makes equal ratios equally long")
  func logarithms() {
    let scale = PlotScale(logarithmicOver: [0.003, 2.3])
    #expect(scale.ticks.map { $0.label }.filter { $0.contains("1") } == ["0.01", "0.1", "1"])
    let one = scale.share(of: 0.1) - scale.share(of: 0.01)
    let next = scale.share(of: 1) - scale.share(of: 0.1)
    #expect(abs(one - next) < 1e-12)
    let wide = PlotScale(logarithmicOver: [1e-300, 1e299])
    #expect((3...12).contains(wide.ticks.count))
    #expect(Set(wide.ticks.map { $0.label }).count == wide.ticks.count)
  }

  @Test("of nothing finite has no ticks and still gives places")
  func nothing() {
    for values: [Double] in [[], [.nan], [.infinity, -.infinity]] {
      let scale = PlotScale(over: values)
      #expect(scale.ticks == [])
      #expect((0...1).contains(scale.share(of: 5)))
    }
  }
}
