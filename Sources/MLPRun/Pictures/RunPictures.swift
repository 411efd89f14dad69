import MLPLibrary
import MLPTensor

/// What one training learnt and where it errs, as pictures.
package struct RunPictures: Sendable {
  /// A picture with what is said of it.
  struct Illustration: Sendable {
    let file: PictureFile
    let description: String
    let caption: String
  }

  /// The set that predictions were made on: `test` or `validation`.
  let set: String
  let confusion: ConfusionMatrix?
  let mistakes: Illustration?
  let weights: Illustration?

  package init(_ model: TrainedModel) {
    set = model.predictions?.set ?? ""
    confusion = model.predictions.flatMap { Self.confusion($0, classes: model.data.classes) }
    mistakes = model.predictions.flatMap { Self.mistakes($0) }
    weights = Self.weights(model)
  }

  /// Above so many classes the cells would be too small to be seen.
  private static let mostClasses = 200

  private static func confusion(_ predictions: Predictions, classes: Int) -> ConfusionMatrix? {
    guard classes <= mostClasses else { return nil }
    return ConfusionMatrix(
      classes: classes, labels: Array(predictions.labels), predictions: predictions.classes)
  }

  private static func mistakes(_ predictions: Predictions) -> Illustration? {
    guard let tiles = MistakeTiles(predictions) else { return nil }
    let shown = tiles.grid.tiles.count
    let all = Format.grouped(predictions.classes.count)
    let part = shown < tiles.count ? "the first \(shown) of " : ""
    return Illustration(
      file: PictureFile(tiles.grid.pixels),
      description: "\(shown) misclassified samples, each with its true and its predicted class",
      caption:
        "True class → predicted class: \(part)\(Format.grouped(tiles.count)) mistakes on the "
        + "\(predictions.set) set of \(all).")
  }

  /// Of a first layer that is fully connected and sees the whole picture.
  private static func weights(_ model: TrainedModel) -> Illustration? {
    guard let first = model.net.layers.first, first.layer is Fc,
      let weights = model.parameters.first?.first,
      let tiles = WeightTiles(weights, shape: model.data.shape)
    else { return nil }
    let shown = tiles.grid.tiles.count
    let part =
      shown < tiles.units ? "the first \(shown) of \(Format.grouped(tiles.units))" : "all \(shown)"
    let limit = Format.fixed(Double(tiles.limit), tiles.limit < 0.01 ? 5 : 3)
    return Illustration(
      file: PictureFile(tiles.grid.pixels),
      description: "the weights into \(shown) units of the first layer, as pictures",
      caption:
        "Weights into \(part) units of '\(first.text)': white is zero, vermilion positive, blue "
        + "negative, strongest at \(limit) and beyond.")
  }

  /// The drawing for a browser; nil where there is none.
  var confusionDrawing: Drawing? { confusion?.drawing(title: "Confusion on the \(set) set") }

  /// The files, their names with the suffix of the run.
  package func files(suffix: String) -> [(name: String, bytes: [UInt8])] {
    var files: [(String, [UInt8])] = []
    if let drawing = confusionDrawing {
      files.append(("confusion\(suffix).svg", Array(drawing.file.utf8)))
    }
    if let mistakes { files.append(("misclassified\(suffix).png", mistakes.file.bytes)) }
    if let weights { files.append(("weights\(suffix).png", weights.file.bytes)) }
    return files
  }
}

extension MistakeTiles {
  fileprivate init?(_ predictions: Predictions) {
    self.init(
      predictions.samples, rows: predictions.rows, predictions: predictions.classes)
  }
}
