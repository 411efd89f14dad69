import MLPLibrary
import MLPTensor

// `:plot` and `:weights`.
extension Repl {
  mutating func plot(_ argument: String) {
    let measures = ["loss", "accuracy"].filter { argument.isEmpty || $0 == argument }
    guard !measures.isEmpty else {
      return fail("':plot' takes 'loss' or 'accuracy', found '\(argument)'")
    }
    let shown = plotted()
    guard !shown.isEmpty else { return fail("nothing was trained yet: ':train' does") }
    for measure in measures { view.show(plot(measure, of: shown)) }
  }

  /// The present trial, or those of the present sweep.
  private func plotted() -> [ReplTrial] {
    guard let experiments = spec.checked?.experiments else { return [] }
    return experiments.compactMap { experiment in
      let key = ReplTrial.Key(experiment, among: experiments)
      return trials.index(key).map { trials[$0] }
    }.filter { !$0.records.isEmpty }
  }

  private func plot(_ measure: String, of trials: [ReplTrial]) -> String {
    func value(_ score: Score?) -> Double {
      score.map { measure == "loss" ? $0.loss : $0.accuracy } ?? .nan
    }
    var series: [LineSeries] = []
    for trial in trials {
      let validates = trial.records.contains { $0.validation != nil }
      let train = trial.records.map { value($0.train) }
      let validation = trial.records.map { value($0.validation) }
      if trials.count == 1 {
        series.append(LineSeries("train", train))
        if validates { series.append(LineSeries("validation", validation)) }
      } else {
        let name = trial.experiment.choices.map { $0.text }.joined(separator: ", ")
        series.append(LineSeries(name, validates ? validation : train))
      }
    }
    let isOfSets = trials.count == 1
    let set =
      trials.contains { $0.records.contains { $0.validation != nil } } ? "validation" : "train"
    let plot = LinePlot(
      title: isOfSets ? measure : "\(set) \(measure)", xLabel: "epoch", yLabel: measure,
      series: series, yScale: measure == "loss" ? .automatic : .linear)
    return TerminalPlot(
      plot, width: min(view.columns, 80), height: 10, isColoured: view.hasColours
    ).text
  }

  // MARK: Weights

  mutating func weights(_ argument: String) {
    let count = argument.isEmpty ? nil : Int(argument)
    if !argument.isEmpty, count.map({ (0...10_000).contains($0) }) != true {
      return fail("':weights' takes a number of pictures from 0 to 10000, found '\(argument)'")
    }
    guard let experiments = spec.checked?.experiments else {
      return fail(spec.diagnostics, [spec.source])
    }
    guard experiments.count == 1 else {
      return fail(
        "the spec describes \(experiments.count) networks: type one of them for its weights")
    }
    let experiment = experiments[0]
    let training = currentIndex(experiments).flatMap { trials[$0].training }
    view.beginWork()
    guard let beginning = experiment.beginning(unless: { [view] in view.isStopped }) else {
      return note("stopped before the weights were there")
    }
    let present = training?.parameters ?? beginning
    if training == nil { say("  untrained") }
    view.show(WeightsTable.text(experiment.net, present, beginning: beginning))
    guard let pictures = WeightsPictures(experiment, present, columns: view.columns) else { return }
    let text = pictures.text(count: count, hasColours: view.hasColours)
    if !text.isEmpty { view.show("\n" + text) }
  }
}

extension Experiment {
  /// The parameters as they are before any training; nil where that was stopped between two layers.
  fileprivate func beginning(unless isStopped: () -> Bool) -> [[Tensor<Float>]]? {
    var parameters: [[Tensor<Float>]] = []
    for (index, layer) in net.layers.enumerated() {
      if isStopped() { return nil }
      parameters.append(initialisation.parameters(of: layer, index: index, seed: training.seed))
    }
    return parameters
  }
}
