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
    let activations = net.layers.reduce(net.input.count) { $0 + $1.output.count }
    return 4 * (net.parameterCount * perParameter + 2 * activations * training.batch)
  }

  /// Multiply-adds of the fully connected layers for one sample of training: forward, weight gradient, and
  /// input gradient of all layers but the first.
  package var multiplyAddsPerSample: Int {
    net.layers.enumerated().reduce(0) { sum, element in
      let products = element.element.parameters.filter { $0.role == .weight }
        .reduce(0) { $0 + $1.count }
      return sum + products * (element.offset == 0 ? 2 : 3)
    }
  }

  /// Multiply-adds of one step, where the first layer leaves out the input's zeros.
  func multiplyAdds(density: Double) -> Double {
    let first = net.layers.first.map { $0.parameters.reduce(0) { $0 + $1.count } } ?? 0
    let rest = multiplyAddsPerSample - 2 * first
    return Double(training.batch) * (2 * Double(first) * min(1, density) + Double(max(0, rest)))
  }
}

extension RunEvent.Loaded {
  init(_ data: PreparedData, named: String, threads: Int) {
    self.init(
      data: data.name, named: named, train: data.train.count, validation: data.validation.count,
      test: data.test?.count ?? 0, threads: threads)
  }
}
