/// All words of the language: one line a word, which a test holds against the folders.
package enum Catalogue: Sendable {
  package static let entries: [Category: [any Entry.Type]] = [
    .layer: [
      Batchnorm.self, Conv.self, Dropout.self, Fc.self, Flatten.self, LeakyRelu.self,
      Maxpool.self, Relu.self, Reshape.self, Sigmoid.self, Softmax.self, Tanh.self,
    ],
    .loss: [BinaryCe.self, Euclidean.self, Mse.self, SoftmaxCe.self],
    .solver: [Adam.self, Adamw.self, Sgd.self],
    .schedule: [Constant.self, Cosine.self, Step.self, Warmup.self],
    .initialiser: [Glorot.self, He.self, Normal.self, Uniform.self, Zeros.self],
    .data: [Csv.self, Digits.self, Idx.self, Mnist.self, Toy.self],
  ]

  /// The words of a category, in alphabetical order.
  package static func entries(in category: Category) -> [any Entry.Type] {
    entries[category, default: []]
  }

  package static func entry(_ word: String, in category: Category) -> (any Entry.Type)? {
    entries(in: category).first { $0.schema.word == word }
  }
}
