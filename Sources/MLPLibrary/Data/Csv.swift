import MLPTensor

/// A text table: numbers and a column of labels.
package struct Csv: DataSource {
  package static let schema = Schema(
    "csv",
    "Rows of numbers with a label each, from a file of separated values.",
    source: "RFC 4180",
    settings: [
      Setting(
        "path", .text, .required, "the file; a relative path begins at the spec's folder"),
      Setting(
        "label", .column, .required,
        "the column with the labels, by its name or its number from 1: whole numbers from 0, of which"
          + " the highest gives the number of classes, or words, sorted to give the classes"),
      Setting("header", .flag, .value(.flag(true)), "whether the first row names the columns"),
      Setting(
        "separator", .choice(["comma", "semicolon", "tab"]), .value(.word("comma")),
        "what stands between two fields"),
      Setting(
        "test", .portion, .value(.portion(.none)), "the rows at the end that make up the test set"),
      Setting(
        "test_path", .text, .absent,
        "a file with the same columns for the test set, instead of 'test'"),
    ] + Preparation.settings(scale: "raw", scales: Scaling.ofFloats),
    examples: [
      "data csv path \"iris.csv\" label species test last 20% scale standard",
      "data csv path \"train.tsv\" label 1 header no separator tab test_path \"test.tsv\"",
    ])

  let path: String
  let testPath: String?
  let test: Portion
  let layout: CSVTable.Layout

  /// - Throws: `.spec` where both `test` and `test_path` are given.
  package init(_ values: Values) throws(Problem) {
    path = values.text("path")
    testPath = values.optionalText("test_path")
    test = values.portion("test")
    let separator: UInt8 =
      switch values.word("separator") {
      case "semicolon": UInt8(ascii: ";")
      case "tab": UInt8(ascii: "\t")
      default: UInt8(ascii: ",")
      }
    layout = CSVTable.Layout(
      label: values.text("label"), hasHeader: values.flag("header"), separator: separator)
    guard test == .none || testPath == nil else {
      throw Problem(
        .spec, "'test' and 'test_path' both say what the test set is", setting: "test",
        help: "leave out one of the two")
    }
  }

  package var sampleShape: Shape? { nil }
  package var classes: Int? { nil }
  package var counts: (train: Int, test: Int)? { nil }

  /// - Throws: `.missing`, `.io` or `.data`, with file, line and column; `.spec` where `test` takes all
  ///   rows.
  package func load(_ world: any World) throws(Problem) -> Dataset {
    var table = try read(path, world, setting: "path")
    let shape = Shape(table.columns - 1)
    var testSet: Samples?
    if let testPath {
      let other = try read(testPath, world, setting: "test_path", like: table)
      testSet = Samples(shape: shape, storage: .floats(other.features), labels: other.labels)
    }
    let count = try test.count(of: table.labels.count, setting: "test")
    if count > 0 {
      let (features, labels) = table.split(last: count)
      testSet = Samples(shape: shape, storage: .floats(features), labels: labels)
    }
    return Dataset(
      name: Self.schema.word, classes: table.classes.count,
      train: Samples(shape: shape, storage: .floats(table.features), labels: table.labels),
      test: testSet)
  }

  private func read(
    _ path: String, _ world: any World, setting: String, like known: CSVTable? = nil
  ) throws(Problem) -> CSVTable {
    let path = world.location(of: path)
    let bytes = try DataFile.read(path, world, setting: setting)
    do {
      return try CSVTable(bytes, name: path, layout: layout, like: known) {
        world.isStopRequested
      }
    } catch {
      throw error.setting == nil ? error.blaming(setting) : error
    }
  }
}
