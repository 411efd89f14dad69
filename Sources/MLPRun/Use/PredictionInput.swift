import MLPLibrary
import MLPTensor

/// Samples without labels, read from whatever a user has: IDX images, a PNG picture, or rows of numbers.
package struct PredictionInput: Sendable {
  /// The file's name.
  package let name: String
  let samples: Samples
  /// What was done to the samples so that they fit the model; for the user.
  package let notes: [String]

  /// How the files are to be taken.
  package struct Options: Sendable {
    /// A column of tables that is left out, by its name or its number from 1.
    package var ignoredColumn: String?
    /// Whether light and dark of pictures are exchanged.
    package var inverts: Bool

    package init(ignoredColumn: String? = nil, inverts: Bool = false) {
      self.ignoredColumn = ignoredColumn
      self.inverts = inverts
    }
  }

  /// - Parameters:
  ///   - name: the file's, for messages.
  ///   - limit: how many numbers an IDX file may hold.
  /// - Throws: `.data` where the bytes are none of these, or don't fit the model.
  package init(
    _ bytes: [UInt8], name: String, for model: SavedModel, _ options: Options, limit: Int
  ) throws(Problem) {
    self.name = name
    var notes: [String] = []
    let found: Samples
    let isTable = !PNG.isPNG(bytes) && !Self.isIDX(bytes)
    guard isTable || options.ignoredColumn == nil else {
      throw Problem(.data, "'\(name)' is no table, so no column of it can be left out")
    }
    guard !isTable || !options.inverts else {
      throw Problem(.data, "'\(name)' is a table, so that '--invert' has no effect")
    }
    if PNG.isPNG(bytes) {
      found = try Self.picture(bytes, name, model, options, &notes)
    } else if isTable {
      let table = try NumberTable(bytes, name: name, ignoring: options.ignoredColumn)
      found = Samples(
        shape: Shape(table.columns), storage: .floats(table.numbers),
        labels: [Int32](repeating: 0, count: table.rows))
    } else {
      found = try Self.images(IDXFile(bytes, name: name, limit: limit), options)
    }
    guard found.shape.count == model.net.input.count else {
      let hint = isTable && found.shape.count == model.net.input.count + 1
      throw Problem(
        .data,
        "'\(name)' has \(found.shape.count) numbers a sample, and the model takes \(model.net.input.count)",
        help: hint ? "leave the column with the labels out with '--ignore COLUMN'" : nil)
    }
    samples = try model.fitting(found, name)
    self.notes = notes
  }

  /// Also where it is compressed.
  private static func isIDX(_ bytes: [UInt8]) -> Bool {
    Gzip.isGzip(bytes) || bytes.starts(with: [0, 0])
  }

  private static func images(_ file: IDXFile, _ options: Options) -> Samples {
    let bytes = options.inverts ? file.body.map { 255 - $0 } : file.body
    return Samples(
      shape: file.sampleShape, storage: .bytes(bytes),
      labels: [Int32](repeating: 0, count: file.sizes[0]))
  }

  private static func picture(
    _ bytes: [UInt8], _ name: String, _ model: SavedModel, _ options: Options,
    _ notes: inout [String]
  ) throws(Problem) -> Samples {
    let shape = model.file.facts.inputShape
    guard shape.rank == 3, [1, 3].contains(shape.sizes[2]) else {
      throw Problem(
        .data, "'\(name)' is a picture, and the model was trained on rows of \(shape) numbers")
    }
    let decoded = try PNG.read(bytes, name: name)
    var pixels = decoded.pixels
    if let alpha = decoded.alpha {
      notes.append("'\(name)' is partly transparent: it was laid on black")
      pixels = pixels.onBlack(alpha)
    }
    if pixels.kind == .rgb, shape.sizes[2] == 1 {
      if pixels.grey.coloured != pixels { notes.append("'\(name)' has colours: it was made grey") }
      pixels = pixels.grey
    } else if shape.sizes[2] == 3 {
      pixels = pixels.coloured
    }
    let (height, width) = (shape.sizes[0], shape.sizes[1])
    if pixels.width != width || pixels.height != height {
      notes.append(
        "'\(name)' was scaled from \(pixels.width)x\(pixels.height) to \(width)x\(height) pixels")
      pixels = pixels.scaled(width: width, height: height)
    }
    if options.inverts { pixels = pixels.inverted }
    return Samples(shape: shape, storage: .bytes(pixels.bytes), labels: [0])
  }
}
