import MLPTensor

/// Samples in memory: what a data source gives.
package struct Samples: Sendable {
  /// Row by row. Bytes stay bytes: 60 000 images are 47 MB, as Float they would be 188.
  package enum Storage: Sendable {
    case bytes([UInt8])
    case floats([Float])
  }

  /// Of one sample.
  package let shape: Shape
  package let storage: Storage
  /// One a sample, each in 0 ..< classes of the data set.
  package let labels: [Int32]

  package init(shape: Shape, storage: Storage, labels: [Int32]) {
    self.shape = shape
    self.storage = storage
    self.labels = labels
  }

  package var count: Int { labels.count }
}

/// A training set and, where the source has one, a test set of the same shape and classes.
package struct Dataset: Sendable {
  /// The word of the source that the samples really came from.
  package let name: String
  package let classes: Int
  package let train: Samples
  package let test: Samples?

  package init(name: String, classes: Int, train: Samples, test: Samples?) {
    self.name = name
    self.classes = classes
    self.train = train
    self.test = test
  }
}

/// A word after `data`.
package protocol DataSource: Entry {
  /// The shape of one sample, where it is known without looking at the data.
  var sampleShape: Shape? { get }
  /// How many classes there are, where it is known without looking at the data.
  var classes: Int? { get }
  /// How many training and test samples there are, where it is known.
  var counts: (train: Int, test: Int)? { get }

  /// - Throws: `.missing`, `.data` or `.io`, with the setting at fault.
  func load(_ world: any World) throws(Problem) -> Dataset
}
