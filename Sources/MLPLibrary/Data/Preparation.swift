import MLPTensor

/// The settings that each data source shares: which samples are used for what, and how they are scaled.
package struct Preparation: Sendable {
  package let first: Amount?
  package let validation: Portion
  package let scale: String
  package let randomLabels: Int?

  /// - Parameters:
  ///   - scale: the default.
  ///   - scales: those that the source offers, `Scaling.ofBytes` or `Scaling.ofFloats`.
  package static func settings(scale: String, scales: [String]) -> [Setting] {
    let formulas = scales.map { word in
      "\(word): \(Scaling.formulas.first { $0.word == word }?.formula ?? "")"
    }
    return [
      Setting(
        "validation", .portion, .value(.portion(.none)),
        "the samples at the end of the training set that are kept back for validation and never"
          + " shuffled in"),
      Setting(
        "first", .amount, .absent,
        "train on the first of the samples that validation leaves; all of them by default"),
      Setting(
        "scale", .choice(scales), .value(.word(scale)),
        "what becomes of each number x; " + formulas.joined(separator: "; ")),
      Setting(
        "random_labels", .integer(2...1000), .absent,
        "replace each label of training, validation and test by one of that many classes, drawn at"
          + " random by the run's seed"),
    ]
  }

  /// - Parameter values: of a word whose schema has the above settings.
  package init(_ values: Values) {
    first = values.amount("first")
    validation = values.portion("validation")
    scale = values.word("scale")
    randomLabels = values.optionalInteger("random_labels")
  }

  /// Divides the training set, replaces labels and finds the scale. No pixel is copied.
  ///
  /// - Parameter seed: the run's; it decides random labels.
  /// - Throws: `.data` where the training set is empty, `.spec` where a setting asks for more samples
  ///   than there are or for none, or for a scale that the source's numbers don't have.
  package func prepare(_ dataset: Dataset, seed: UInt64) throws(Problem) -> PreparedData {
    let total = dataset.train.count
    guard total > 0 else { throw Problem(.data, "the training set of '\(dataset.name)' is empty") }
    let rest = total - (try validation.count(of: total, setting: "validation"))
    let used = try trainingCount(of: rest)
    return PreparedData(
      name: dataset.name, classes: randomLabels ?? dataset.classes,
      samples: relabelled(dataset.train, seed, stream: 0), train: 0..<used,
      validation: rest..<total, test: dataset.test.map { relabelled($0, seed, stream: 1) },
      scaling: try Scaling(scale, over: 0..<used, of: dataset.train))
  }

  private func trainingCount(of rest: Int) throws(Problem) -> Int {
    guard let first else { return rest }
    let count = first.of(rest)
    guard count > 0 else {
      var found = "the first 0"
      if case .share(let share) = first { found = "the first \(share.percent)" }
      throw Problem(
        .spec, "\(found) of \(rest) training samples are none", setting: "first",
        help: "ask for at least one sample")
    }
    guard count <= rest else {
      let context = validation == .none ? "" : " besides the validation set"
      throw Problem(
        .spec, "the first \(count) training samples are asked for, but there are \(rest)\(context)",
        setting: "first")
    }
    return count
  }

  private func relabelled(_ samples: Samples, _ seed: UInt64, stream: UInt64) -> Samples {
    guard let classes = randomLabels else { return samples }
    let random = Random(seed: seed, purpose: .labels, stream: stream)
    let labels = (0..<samples.count).map { Int32(random.integer($0, below: classes)) }
    return Samples(shape: samples.shape, storage: samples.storage, labels: labels)
  }
}

extension Portion {
  /// How many of `total` samples are set aside; fewer than all.
  ///
  /// - Throws: `.spec` where a share comes to none, or nothing is left.
  func count(of total: Int, setting: String) throws(Problem) -> Int {
    guard case .last(let amount) = self else { return 0 }
    let count = amount.of(total)
    if case .share(let share) = amount, count == 0 {
      throw Problem(
        .spec, "\(share.percent) of \(total) training samples are none", setting: setting,
        help: "ask for a number of samples, or for 'none'")
    }
    guard count < total else {
      throw Problem(
        .spec,
        "'\(setting)' takes \(count) of \(total) training samples and leaves none to train on",
        setting: setting)
    }
    return count
  }
}

extension Double {
  /// A share as the user wrote it: `10%`.
  fileprivate var percent: String { "\(Format.number(self * 100))%" }
}

/// Data ready for training: which samples are for what, and their scale.
package struct PreparedData: Sendable {
  /// The word of the source that the samples really came from.
  package let name: String
  package let classes: Int
  /// Training and validation samples, with those that `first` left out between them.
  package let samples: Samples
  /// The indices in `samples` to train on; not empty.
  package let train: Range<Int>
  /// The indices in `samples` to validate on; may be empty.
  package let validation: Range<Int>
  package let test: Samples?
  package let scaling: Scaling
  /// The hash, once it was asked for: it takes its time.
  let knownHash = Guarded<String?>(nil)

  /// Of one sample.
  package var shape: Shape { samples.shape }
}
