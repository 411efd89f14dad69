import MLPLibrary
import MLPSyntax

/// The resolved network as `mlpc check` shows it.
package enum CheckTable {
  /// - Parameter rows: how many layers are shown, at least 2; of more, the first and the last.
  package static func text(_ experiment: Experiment, rows: Int = .max) -> String {
    layers(experiment.net, rows) + "\n" + totals(experiment)
  }

  private static func layers(_ net: CheckedNet, _ rows: Int) -> String {
    let count = net.layers.count
    let shown = count <= rows ? count : rows / 2
    var table = TextTable([.left, .right, .right, .right])
    table.add("layer", "in", "out", "parameters")
    for placed in net.layers.prefix(shown) { add(placed, to: &table) }
    if shown < count {
      table.add("… \(Format.grouped(count - 2 * shown)) more", "", "", "")
      for placed in net.layers.suffix(shown) { add(placed, to: &table) }
    }
    table.add(type(of: net.loss).schema.word, "\(net.output)", "", "")
    table.add("total", "", "", Format.grouped(net.parameterCount))
    return table.text
  }

  private static func add(_ placed: PlacedLayer, to table: inout TextTable) {
    table.add(
      placed.text, "\(placed.input)", "\(placed.output)", Format.grouped(placed.trainedCount))
  }

  private static func totals(_ experiment: Experiment) -> String {
    var table = TextTable([.left, .left])
    table.add(
      "memory to train",
      "\(Format.bytes(experiment.trainingMemory)) beside the data, batch \(experiment.training.batch)"
    )
    let perSample = experiment.multiplyAddsPerSample
    if let samples = experiment.trainingSamples {
      table.add(
        "multiply-adds",
        "\(Format.magnitude(Double(perSample) * Double(samples))) an epoch of "
          + "\(Format.grouped(samples)) samples")
    } else {
      table.add("multiply-adds", "\(Format.grouped(perSample)) a training sample")
    }
    return table.text
  }
}

extension Experiment {
  /// How many samples an epoch trains on, where that is known without looking at the data.
  var trainingSamples: Int? {
    guard let data, let total = data.source.counts?.train else { return nil }
    var rest = total
    if case .last(let amount) = data.preparation.validation { rest -= amount.of(total) }
    return data.preparation.first.map { min(rest, $0.of(rest)) } ?? rest
  }
}
