import MLPLibrary
import MLPTensor

/// A training's state as a file, and what it belongs to.
package struct Checkpoint: Equatable, Sendable {
  package let state: TrainingState
  package let provenance: Provenance

  package init(_ state: TrainingState, _ provenance: Provenance) {
    self.state = state
    self.provenance = provenance
  }

  static let format = "mlpc checkpoint 1"
}

// MARK: - Writing

extension Checkpoint {
  /// - Parameter net: whose layers name the numbers: `0.fc.weight`, `solver.0.fc.weight.0`, `best.0.fc.weight`.
  func file(_ net: CheckedNet) -> Safetensors {
    var file = Safetensors()
    file.set("format", to: Self.format)
    provenance.write(to: &file)
    let course = state.course
    let position = [course.epoch, course.step, course.sum.count, course.sum.correct]
    file.add("course.position", [4], .integers(position.map { Int64($0) }))
    file.add(
      "course.numbers", [4],
      .doubles([
        course.sum.loss, course.seconds.train, course.seconds.evaluate, course.seconds.epoch,
      ]))
    file.add(
      "epochs.train", [course.records.count, 2], .doubles(course.records.numbers { $0.train }))
    let validated = course.records.filter { $0.validation != nil }
    file.add(
      "epochs.validation", [validated.count, 2], .doubles(validated.numbers { $0.validation }))
    let trace = course.sum.trace.finished.map { $0.loss } + [course.sum.trace.sum]
    file.add("course.trace", [trace.count], .doubles(trace))
    let traces = course.records.flatMap { $0.trace.map { $0.loss } }
    file.add("epochs.trace", [traces.count], .doubles(traces))
    file.add("epochs.seconds", [course.records.count], .doubles(course.records.map { $0.seconds }))
    for parameter in ParameterName.all(of: net) {
      let (layer, index) = (parameter.layer, parameter.index)
      file.add(parameter.text, state.numbers.parameters[layer][index])
      for (place, tensor) in state.numbers.solver[layer][index].enumerated() {
        file.add("solver.\(parameter.text).\(place)", tensor)
      }
      if let best = course.best { file.add("best.\(parameter.text)", best[layer][index]) }
    }
    return file
  }
}

extension [EpochRecord] {
  /// Loss and accuracy of each epoch, one after the other.
  fileprivate func numbers(_ score: (EpochRecord) -> Score?) -> [Double] {
    flatMap { record in score(record).map { [$0.loss, $0.accuracy] } ?? [] }
  }
}

extension Safetensors {
  mutating func add(_ name: String, _ tensor: Tensor<Float>) {
    add(name, tensor.sizes, .floats(tensor.elements))
  }
}

// MARK: - Reading

extension Checkpoint {
  /// The file's provenance alone, so that it can be compared before the rest is looked at.
  static func provenance(_ file: Safetensors) throws(Problem) -> Provenance {
    guard file.text("format") == format else {
      throw Problem(.data, "it is no checkpoint of this program ('format' is not '\(format)')")
    }
    return try Provenance(file)
  }

  /// - Parameters:
  ///   - samples: the training samples of an epoch.
  /// - Throws: where a number is missing, or of other sizes than the experiment's.
  init(
    _ file: Safetensors, for experiment: Experiment, _ method: any Solver, samples: Int
  ) throws(Problem) {
    provenance = try Self.provenance(file)
    var parameters: [[Tensor<Float>]] = experiment.net.layers.map { _ in [] }
    var solver: [[[Tensor<Float>]]] = experiment.net.layers.map { _ in [] }
    var best: [[Tensor<Float>]] = experiment.net.layers.map { _ in [] }
    let hasBest = file.entries.contains { $0.name.hasPrefix("best.") }
    for parameter in ParameterName.all(of: experiment.net) {
      parameters[parameter.layer].append(
        try file.tensor(parameter.text, parameter.spec.sizes))
      var kept: [Tensor<Float>] = []
      for place in 0..<(parameter.spec.isTrained ? method.stateCount : 0) {
        kept.append(try file.tensor("solver.\(parameter.text).\(place)", parameter.spec.sizes))
      }
      solver[parameter.layer].append(kept)
      if hasBest {
        best[parameter.layer].append(
          try file.tensor("best.\(parameter.text)", parameter.spec.sizes))
      }
    }
    var course = try CourseReader(
      file: file, experiment: experiment, solver: method, samples: samples
    ).course()
    if hasBest { course.best = best }
    state = TrainingState(
      numbers: PlanState(parameters: parameters, solver: solver), course: course)
  }
}

extension Safetensors {
  func tensor(_ name: String, _ sizes: [Int]) throws(Problem) -> Tensor<Float> {
    guard let entry = entry(name) else { throw Problem(.data, "'\(name)' is missing") }
    guard entry.sizes == sizes, case .floats(let numbers) = entry.numbers else {
      throw Problem(.data, "'\(name)' is not of the type and sizes of this network's")
    }
    return Tensor(sizes, elements: numbers)
  }

  func doubles(_ name: String, count: Int) throws(Problem) -> [Double] {
    guard case .doubles(let numbers)? = entry(name)?.numbers, numbers.count == count else {
      throw Problem(.data, "'\(name)' needs \(count) numbers of double precision")
    }
    return numbers
  }

  /// - Throws: also where a number has no place in `Int`.
  func integers(_ name: String, count: Int) throws(Problem) -> [Int] {
    guard case .integers(let numbers)? = entry(name)?.numbers, numbers.count == count else {
      throw Problem(.data, "'\(name)' needs \(count) whole numbers")
    }
    return numbers.map { Int(clamping: $0) }
  }
}
