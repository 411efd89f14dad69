/// How often each class was taken for which.
package struct ConfusionMatrix: Equatable, Sendable {
  package let classes: Int
  /// By true class, then by predicted class.
  private var counts: [Int]

  package init(classes: Int) {
    precondition(classes > 0)
    self.classes = classes
    counts = Array(repeating: 0, count: classes * classes)
  }

  /// - Parameters:
  ///   - labels: the true classes, each below `classes`.
  ///   - predictions: as many; what is no class counts nowhere.
  package init(classes: Int, labels: [Int32], predictions: [Int32]) {
    self.init(classes: classes)
    for (label, prediction) in zip(labels, predictions) {
      add(Int(label), takenFor: Int(prediction))
    }
  }

  package mutating func add(_ label: Int, takenFor prediction: Int) {
    guard (0..<classes).contains(label), (0..<classes).contains(prediction) else { return }
    counts[label * classes + prediction] += 1
  }

  package func count(_ label: Int, takenFor prediction: Int) -> Int {
    counts[label * classes + prediction]
  }

  /// How many samples of a class there are.
  package func total(of label: Int) -> Int {
    counts[label * classes..<(label + 1) * classes].reduce(0, +)
  }

  package var total: Int { counts.reduce(0, +) }

  /// The share of a class that was recognised; nil where there is no sample of it.
  package func recall(of label: Int) -> Double? {
    let total = total(of: label)
    return total == 0 ? nil : Double(count(label, takenFor: label)) / Double(total)
  }
}
