import MLPTensor

/// Any set in the IDX format.
package struct Idx: DataSource {
  package static let schema = Schema(
    "idx",
    "Samples and labels from files in the IDX format of unsigned bytes, gzip or not.",
    settings: [
      Setting(
        "images", .text, .required,
        "the training samples: n x features, n x height x width, or n x height x width x channels; a"
          + " relative path begins at the spec's folder"),
      Setting("labels", .text, .required, "the training labels, one byte each"),
      Setting("test_images", .text, .absent, "the test samples; there is no test set by default"),
      Setting("test_labels", .text, .absent, "the test labels, required with 'test_images'"),
      Setting(
        "classes", .integer(2...1000), .absent,
        "how many classes there are; by default the highest label and 1, and at least 2"),
    ] + Preparation.settings(scale: "unit", scales: Scaling.ofBytes),
    examples: [
      "data idx images \"train-images.idx\" labels \"train-labels.idx\"",
      "data idx images \"a.gz\" labels \"b.gz\" test_images \"c.gz\" test_labels \"d.gz\" classes 10",
    ])

  let images: String
  let labels: String
  let test: (images: String, labels: String)?
  package let classes: Int?

  /// - Throws: `.spec` where one of the two test files is named without the other.
  package init(_ values: Values) throws(Problem) {
    images = values.text("images")
    labels = values.text("labels")
    classes = values.optionalInteger("classes")
    switch (values.optionalText("test_images"), values.optionalText("test_labels")) {
    case (let images?, let labels?): test = (images, labels)
    case (nil, nil): test = nil
    case (_?, nil):
      throw Problem(
        .spec, "'test_images' is given without 'test_labels'", setting: "test_images",
        help: "name both files, or neither")
    case (nil, _?):
      throw Problem(
        .spec, "'test_labels' is given without 'test_images'", setting: "test_labels",
        help: "name both files, or neither")
    }
  }

  package var sampleShape: Shape? { nil }
  package var counts: (train: Int, test: Int)? { nil }

  /// - Throws: `.missing`, `.io` or `.data`, with the setting that names the file at fault.
  package func load(_ world: any World) throws(Problem) -> Dataset {
    let trainImages = try Self.file(images, world, setting: "images")
    let trainLabels = try Self.file(labels, world, setting: "labels")
    var highest = trainLabels.highest
    var testFiles: (images: IDXFile, labels: IDXFile)?
    if let test {
      let images = try Self.file(test.images, world, setting: "test_images")
      let labels = try Self.file(test.labels, world, setting: "test_labels")
      try Self.check(images, like: trainImages)
      highest = max(highest, labels.highest)
      testFiles = (images, labels)
    }
    let classes = self.classes ?? max(2, highest + 1)
    return Dataset(
      name: Self.schema.word, classes: classes,
      train: try Self.samples(trainImages, trainLabels, classes, setting: "labels"),
      test: try testFiles.map { files throws(Problem) in
        try Self.samples(files.images, files.labels, classes, setting: "test_labels")
      })
  }

  private static func file(
    _ path: String, _ world: any World, setting: String
  ) throws(Problem) -> IDXFile {
    try DataFile.idx(world.location(of: path), world, setting: setting)
  }

  private static func check(_ test: IDXFile, like train: IDXFile) throws(Problem) {
    guard test.sampleShape != train.sampleShape else { return }
    throw Problem(
      .data,
      "the samples of '\(test.name)' are \(test.sampleShape), those of '\(train.name)' "
        + "\(train.sampleShape)", setting: "test_images")
  }

  private static func samples(
    _ images: IDXFile, _ labels: IDXFile, _ classes: Int, setting: String
  ) throws(Problem) -> Samples {
    do {
      return try IDXFile.samples(images: images, labels: labels, classes: classes)
    } catch {
      throw error.blaming(setting)
    }
  }
}
