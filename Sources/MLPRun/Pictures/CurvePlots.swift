import MLPLibrary

/// The curves of one or several trainings: loss and accuracy, train against validation.
package struct CurvePlots: Sendable {
  /// One combination of alternatives, run once or with several seeds.
  package struct Run: Sendable {
    package var name: String
    /// One list of epochs a seed.
    package var repeats: [[EpochRecord]]
    /// The epoch in which training diverged, if it did: the curve ends there.
    package var divergedIn: Int?

    package init(_ name: String, _ repeats: [[EpochRecord]], divergedIn: Int? = nil) {
      self.name = name
      self.repeats = repeats
      self.divergedIn = divergedIn
    }
  }

  private let runs: [Run]

  package init(_ runs: [Run]) { self.runs = runs }

  package var loss: LinePlot { plot("loss", .automatic) { $0.loss } }
  package var accuracy: LinePlot { plot("accuracy", .linear) { $0.accuracy } }

  /// Of more runs, only one curve each is drawn: validation's where each run has it, else train's.
  static let mostWithBoth = 4

  private func plot(
    _ measure: String, _ scale: LinePlot.Scale, _ value: @escaping (Score) -> Double
  ) -> LinePlot {
    let sets = sets
    let name = sets.count == 1 ? "\(sets[0]) \(measure)" : measure
    return LinePlot(
      title: Self.title(name, repeats: runs.map { $0.repeats.count }.max() ?? 0),
      xLabel: "epoch", yLabel: measure,
      series: runs.enumerated().flatMap { place, run in
        sets.map { set in
          LineSeries(
            self.name(of: run, set),
            run.points(marksLoss: measure == "loss") { $0.score(of: set).map(value) },
            style: style(place, set))
        }
      }, yScale: scale)
  }

  /// The sets that have curves.
  private var sets: [String] {
    let validates = runs.map { run in
      run.repeats.contains { $0.contains { $0.validation != nil } }
    }
    if runs.count <= Self.mostWithBoth {
      return validates.contains(true) ? ["validation", "train"] : ["train"]
    }
    // A run that diverged at once has neither.
    let isValidated = zip(runs, validates).allSatisfy { $1 || $0.repeats.allSatisfy { $0.isEmpty } }
    return isValidated && validates.contains(true) ? ["validation"] : ["train"]
  }

  static func title(_ name: String, repeats: Int) -> String {
    let title = name.prefix(1).uppercased() + name.dropFirst()
    return repeats > 1 ? "\(title) (mean of \(repeats) runs, band: standard deviation)" : title
  }

  private func name(of run: Run, _ set: String) -> String {
    if runs.count == 1 { return set }
    return sets.count == 1 ? run.name : "\(run.name), \(set)"
  }

  /// A run's curves have one colour and marker; the one of training is dotted.
  private func style(_ place: Int, _ set: String) -> LineStyle {
    let isSecond = set == "train" && sets.count > 1
    if runs.count == 1 { return .standard(isSecond ? 1 : 0) }
    return isSecond ? LineStyle(colour: place, dash: 2, marker: place) : .standard(place)
  }
}

extension EpochRecord {
  fileprivate func score(of set: String) -> Score? { set == "train" ? train : validation }
}

extension CurvePlots.Run {
  /// - Parameter marksLoss: whether a point that isn't finite stands where training diverged.
  fileprivate func points(
    marksLoss: Bool, _ value: (EpochRecord) -> Double?
  ) -> [LineSeries.Point] {
    let curves = repeats.map { epochs in
      epochs.compactMap { epoch in
        value(epoch).map { LineSeries.Point(Double(epoch.epoch), $0) }
      }
    }
    let lost = divergedIn.map { LineSeries.Point(Double($0), .nan) }
    return LineSeries.mean(of: curves) + (marksLoss ? [lost].compactMap { $0 } : [])
  }
}

extension LineSeries {
  /// Mean and standard deviation of several curves at each place that all of them reached; those without a
  /// point don't count.
  static func mean(of curves: [[Point]]) -> [Point] {
    let curves = curves.filter { !$0.isEmpty }
    let count = curves.map { $0.count }.min() ?? 0
    return (0..<count).compactMap { index in
      Spread(curves.map { $0[index].y }).map { spread in
        Point(curves[0][index].x, spread.mean, deviation: spread.deviation ?? 0)
      }
    }
  }
}
