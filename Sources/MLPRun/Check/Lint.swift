import MLPLibrary
import MLPSyntax

/// Finds what a spec may well mean but mostly doesn't: each finding is a warning.
struct Lint {
  /// Where settings that the experiment doesn't keep the places of were written.
  struct Places {
    /// The `init` statement's initialiser.
    let weights: Span?
    let rate: Span?
    /// nil where the default holds.
    let batch: Span?
  }

  private let experiment: Experiment
  private let places: Places
  /// Which of several experiments it is, for a note.
  private let combination: String?

  init(_ experiment: Experiment, _ places: Places, combination: String?) {
    self.experiment = experiment
    self.places = places
    self.combination = combination
  }

  var findings: [Diagnostic] {
    let found = [
      squashedTwice, faintSigmoids, rawPixels, spareOutputs, rectifiedOutputs, droppedOutputs,
      batchAboveData, zeroWeights,
    ]
    return found.compactMap { finding in
      guard var finding else { return nil }
      if finding.note == nil { finding.note = combination }
      return finding
    }
  }

  private var net: CheckedNet { experiment.net }
  private var lossWord: String { type(of: net.loss).schema.word }

  /// The layers with weights.
  private var weighted: [PlacedLayer] {
    net.layers.filter { $0.parameters.contains { $0.role == .weight } }
  }
}

// MARK: - The network's end

extension Lint {
  /// The loss repeats what the last layer has done.
  private var squashedTwice: Diagnostic? {
    guard let last = net.layers.last else { return nil }
    let isTwice =
      net.loss is BinaryCe && last.layer is Sigmoid
      || net.loss is SoftmaxCe && last.layer is Softmax
    return isTwice ? .squashedTwice(last, lossWord, at: net.lossSpan) : nil
  }

  private var rectifiedOutputs: Diagnostic? {
    guard let last = net.layers.last(where: { !($0.layer is Dropout) }), last.layer is Relu
    else { return nil }
    return .rectifiedOutputs(last, lossWord, at: net.lossSpan)
  }

  private var droppedOutputs: Diagnostic? {
    guard let lastWeighted = net.layers.lastIndex(where: { !$0.parameters.isEmpty }),
      let dropout = net.layers[lastWeighted...].first(where: { $0.layer is Dropout })
    else { return nil }
    return .droppedOutputs(dropout, behind: net.layers[lastWeighted])
  }

  private var spareOutputs: Diagnostic? {
    guard let data = experiment.data, let known = data.knownClasses, known < net.classes
    else { return nil }
    let place = net.layers.last { $0.layer is Fc }?.span ?? net.lossSpan
    return .spareOutputs(net.classes, classes: known, data: data, at: place)
  }
}

// MARK: - The beginning

extension Lint {
  /// All hidden units are alike and stay so.
  private var zeroWeights: Diagnostic? {
    guard weighted.count > 1, let layer = weighted.first(where: { deviation(of: $0) == 0 })
    else { return nil }
    return .zeroWeights(layer, at: place(of: layer))
  }

  /// Sigmoids that hardly tell inputs apart, and a training too short to change that.
  private var faintSigmoids: Diagnostic? {
    guard let solver = experiment.solver?.solver as? Sgd, let path = path(of: solver) else {
      return nil
    }
    let depth = net.layers.count { $0.layer is Sigmoid }
    let isFaint = weighted.allSatisfy { layer in
      guard let deviation = deviation(of: layer), let usual = usualDeviation(of: layer)
      else { return false }
      return deviation > 0 && deviation <= usual / 4
    }
    guard depth > 0, isFaint, let first = weighted.first, let deviation = deviation(of: first),
      path < Self.pathOfOneSigmoid * Self.power(Self.pathFactor, depth - 1)
    else { return nil }
    return .faintSigmoids(
      deviation, usual: usualDeviation(of: first) ?? 0, at: place(of: first), rate: places.rate)
  }

  /// The rate summed over all steps of plain descent, as far as that is known: how far a weight can move
  /// for each unit of gradient.
  private func path(of solver: Sgd) -> Double? {
    guard let samples = experiment.trainingSamples else { return nil }
    let training = experiment.training
    let steps = (Double(samples) / Double(training.batch)).rounded(.up) * Double(training.epochs)
    let share = solver.averagesGradient ? 1 : Double(training.batch)
    return solver.learningRate * share * steps / (1 - solver.momentum)
  }

  /// One layer of faint sigmoids learns within a path of this length, and each further one takes so many
  /// times as long; measured on MNIST with standard deviations of 0.01.
  private static let pathOfOneSigmoid = 40.0
  private static let pathFactor = 5.0

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<min(exponent, 100)).reduce(1) { power, _ in power * base }
  }

  /// The standard deviation of a layer's first weights, where it doesn't depend on the layer.
  private func deviation(of layer: PlacedLayer) -> Double? {
    switch layer.layer.initialiser ?? experiment.initialisation.weights {
    case let normal as Normal where normal.mean == 0: normal.std
    case let uniform as Uniform: uniform.limit / 3.0.squareRoot()
    case is Zeros: 0
    default: nil
    }
  }

  /// The standard deviation that `glorot` would give.
  private func usualDeviation(of layer: PlacedLayer) -> Double? {
    guard let weight = layer.parameters.first(where: { $0.role == .weight }) else { return nil }
    return (2 / Double(weight.fanIn + weight.fanOut)).squareRoot()
  }

  private func place(of layer: PlacedLayer) -> Span {
    layer.layer.initialiser == nil ? places.weights ?? layer.span : layer.span
  }
}

// MARK: - The data

extension Lint {
  /// Bytes as they are under a rate that suits numbers from 0 to 1.
  private var rawPixels: Diagnostic? {
    guard let data = experiment.data, data.holdsBytes, data.preparation.scale == "raw",
      let solver = experiment.solver?.solver as? Sgd,
      !net.layers.prefix(3).contains(where: { $0.layer is Batchnorm })
    else { return nil }
    let share = solver.averagesGradient ? 1 : Double(experiment.training.batch)
    let isBounded = net.layers.prefix(3).contains {
      $0.layer is Sigmoid || $0.layer is Tanh || $0.layer is Softmax
    }
    guard solver.learningRate * share >= (isBounded ? Self.boundedRate : Self.unboundedRate)
    else { return nil }
    return .rawPixels(data, rate: solver.learningRate, at: places.rate ?? data.span)
  }

  /// Rates for one sample at which raw pixels are known to spoil the training: where the first activation
  /// is bounded, and where it isn't.
  private static let boundedRate = 0.3
  private static let unboundedRate = 0.003

  private var batchAboveData: Diagnostic? {
    guard let place = places.batch, let samples = experiment.trainingSamples,
      experiment.training.batch > samples
    else { return nil }
    return .batchAboveData(experiment.training.batch, samples: samples, at: place)
  }
}

extension CheckedData {
  /// Whether samples are bytes from 0 to 255.
  fileprivate var holdsBytes: Bool { source is Mnist || source is Digits || source is Idx }
}
