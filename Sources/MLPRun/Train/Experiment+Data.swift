import MLPLibrary
import MLPSyntax

extension Experiment {
  /// What of the data doesn't fit the network, now that they are there.
  func misfits(with data: PreparedData) -> [Diagnostic] {
    guard let source = self.data else { return [] }
    var misfits: [Diagnostic] = []
    let first = net.layers.first?.span ?? net.lossSpan
    if data.shape.count != net.input.count {
      misfits.append(
        .sampleSize(
          data.shape.count, inputs: net.input.count, at: first, dataSpan: source.place(of: nil)))
    }
    if data.classes > net.classes {
      misfits.append(
        .classesFound(
          data.classes, outputs: net.classes, at: net.layers.last?.span ?? net.lossSpan,
          dataSpan: source.place(of: nil)))
    }
    if data.test == nil {
      for expectation in expectations where expectation.set == "test" {
        misfits.append(.noSet("test", data: source.word, at: expectation.span))
      }
    }
    return misfits
  }

  /// Bytes that training takes besides the data: parameters, gradients and what the solver keeps, and the
  /// numbers between the layers, forwards and backwards, for one batch.
  package var trainingMemory: Int {
    let perParameter = 2 + (solver?.solver.stateCount ?? 0)
    let working = net.layers.reduce(2 * net.input.count) {
      $0 + $1.layer.workingNumbers(for: $1.input)
    }
    let numbers =
      Double(net.parameterCount * perParameter) + Double(working) * Double(training.batch)
    return Int(min(4 * numbers, 9e18))
  }

  /// Multiply-adds of the products for one sample of training: forward, weight gradient, and the input gradient
  /// where a layer before has something to train.
  package var multiplyAddsPerSample: Int {
    var sum = 0
    var trainsBefore = false
    for placed in net.layers {
      sum += placed.layer.multiplyAdds(for: placed.input) * (trainsBefore ? 3 : 2)
      if placed.trainedCount > 0 { trainsBefore = true }
    }
    return sum
  }

  /// Multiply-adds of one step, where a fully connected first layer leaves out the input's zeros.
  func multiplyAdds(density: Double) -> Double {
    let all = Double(multiplyAddsPerSample)
    let first = net.firstDense.map { Double(2 * $0.layer.multiplyAdds(for: $0.input)) } ?? 0
    return Double(training.batch) * (all - first * (1 - min(1, density)))
  }
}

extension RunEvent.Loaded {
  init(_ data: PreparedData, named: String, threads: Int) {
    self.init(
      data: data.name, named: named, train: data.train.count, validation: data.validation.count,
      test: data.test?.count ?? 0, threads: threads)
  }
}
