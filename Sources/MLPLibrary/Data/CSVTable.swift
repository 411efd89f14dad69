/// A table of numbers with a column of labels, read from a CSV file.
struct CSVTable {
  /// Which classes the labels name.
  enum Classes: Equatable {
    /// Labels are whole numbers from 0; the highest is given.
    case numbers(highest: Int)
    /// Labels are words; class i is the i-th.
    case words([String])

    var count: Int {
      switch self {
      case .numbers(let highest): max(2, highest + 1)
      case .words(let words): words.count
      }
    }
  }

  /// What must be known to read a file.
  struct Layout {
    var label: String
    var hasHeader: Bool
    var separator: UInt8
  }

  private(set) var names: [String]?
  /// How many columns the file has, the label's included.
  private(set) var columns = 0
  /// Row by row, without the labels.
  private(set) var features: [Float] = []
  private(set) var labels: [Int32] = []
  private(set) var classes: Classes

  /// - Parameters:
  ///   - known: the training file's table, where this is the test file's: columns and classes must
  ///     agree.
  ///   - isStopped: whether to end before the end; asked now and then.
  /// - Throws: `.data` with line and column, or `.stopped`.
  init(
    _ bytes: [UInt8], name: String, layout: Layout, like known: CSVTable? = nil,
    isStopped: () -> Bool = { false }
  ) throws(Problem) {
    classes = known?.classes ?? .numbers(highest: 0)
    var problem: Problem?
    bytes.withUnsafeBufferPointer { buffer in
      do throws(Problem) {
        var reader = try CSVReader(buffer, separator: layout.separator, name: name)
        try read(&reader, name, layout, known, isStopped)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
  }

  private mutating func read(
    _ reader: inout CSVReader, _ name: String, _ layout: Layout, _ known: CSVTable?,
    _ isStopped: () -> Bool
  ) throws(Problem) {
    var ahead = reader
    let firstRow = try ahead.row()
    if layout.hasHeader {
      names = firstRow
      reader = ahead
    }
    columns = firstRow.count
    guard columns > 1 else {
      throw Problem(
        .data, "'\(name)' should have a label and at least one other column, found one column",
        help: "look at 'separator'")
    }
    guard known == nil || (known?.columns == columns && known?.names == names) else {
      throw Problem(.data, "'\(name)' has not the same columns as the training file")
    }
    guard !reader.isAtEnd else { throw Problem(.data, "'\(name)' has a header but no rows") }
    let label = try labelColumn(layout.label, name)
    reserve(reader)
    var collector = LabelCollector(known: known?.classes)
    var row = 0
    while !reader.isAtEnd {
      try readRow(&reader, label, &collector)
      row += 1
      if row.isMultiple(of: 1024), isStopped() { throw .stopped }
    }
    (labels, classes) = try collector.finish(name)
  }

  private mutating func readRow(
    _ reader: inout CSVReader, _ label: Int, _ collector: inout LabelCollector
  ) throws(Problem) {
    for column in 0..<columns {
      let field = try reader.next()
      guard field.endsRow == (column == columns - 1) else { throw wrongCount(field, reader) }
      if column == label {
        try collector.add(field, reader)
      } else {
        features.append(try reader.number(field))
      }
    }
  }

  /// Finds out how many fields the row has for the message.
  private func wrongCount(_ field: CSVReader.Field, _ reader: CSVReader) -> Problem {
    guard field.endsRow else {
      return reader.problem(field, "the row should end here, after \(columns) fields")
    }
    if field.column == 1, field.bytes.isEmpty, !field.isQuoted {
      return reader.problem(field, "expected \(columns) fields, found an empty line")
    }
    return reader.problem(field, "the row ends here, but \(columns) fields are expected")
  }

  /// Room for all numbers: no more than the lines could hold, and than half of the bytes could.
  private mutating func reserve(_ reader: CSVReader) {
    let lines = reader.bytes.reduce(1) { $0 + ($1 == .lineFeed ? 1 : 0) }
    let (most, overflow) = lines.multipliedReportingOverflow(by: columns - 1)
    let fields = reader.bytes.count / 2 + 1
    features.reserveCapacity(overflow ? fields : min(most, fields))
  }

  /// The index of a column by its name or, from 1, its place; a name comes first.
  private func labelColumn(_ wanted: String, _ name: String) throws(Problem) -> Int {
    if let names {
      let found = names.indices.filter { names[$0] == wanted }
      guard found.count < 2 else {
        throw Problem(
          .data, "'\(name)' has \(found.count) columns named '\(wanted)'", setting: "label")
      }
      if let index = found.first { return index }
    }
    if let place = Int(wanted) {
      guard (1...columns).contains(place) else {
        throw Problem(
          .data, "'\(name)' has columns 1 to \(columns), but no column \(place)", setting: "label")
      }
      return place - 1
    }
    guard let names else {
      throw Problem(
        .data, "'\(name)' is read without a header, so there is no column named '\(wanted)'",
        setting: "label", help: "give the column's number, counted from 1")
    }
    let list = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    throw Problem(
      .data, "'\(name)' has no column named '\(wanted)'", setting: "label",
      help: "its columns are \(list)\(names.count > 12 ? ", …" : "")")
  }

  /// Moves the last rows into a table of their own.
  mutating func split(last count: Int) -> (features: [Float], labels: [Int32]) {
    let numbers = count * (columns - 1)
    let tail = (Array(features.suffix(numbers)), Array(labels.suffix(count)))
    features.removeLast(numbers)
    labels.removeLast(count)
    return tail
  }
}

/// Labels in the order of the rows, and the classes that they make up.
private struct LabelCollector {
  private var labels: [Int32] = []
  /// Nil before the first label.
  private var usesWords: Bool?
  private var highest = 0
  private var words: [String] = []
  private var indices: [String: Int32] = [:]
  /// Whether no class may be added.
  private let isFixed: Bool

  static let limit = 1000

  init(known: CSVTable.Classes?) {
    isFixed = known != nil
    switch known {
    case .numbers(let highest)?:
      usesWords = false
      self.highest = highest
    case .words(let words)?:
      usesWords = true
      self.words = words
      for (index, word) in words.enumerated() { indices[word] = Int32(index) }
    case nil: break
    }
  }

  mutating func add(_ field: CSVReader.Field, _ reader: CSVReader) throws(Problem) {
    guard !field.bytes.isEmpty else { throw reader.problem(field, "the label is missing") }
    let number = wholeNumber(field, reader)
    if usesWords == nil { usesWords = number == nil }
    guard usesWords == false else { return try addWord(field, reader) }
    guard let number else {
      throw reader.problem(
        field,
        "expected a whole number from 0 as a label, like those before, found '"
          + "\(reader.excerpt(field))'")
    }
    guard number < Self.limit else {
      throw reader.problem(
        field, "expected a label from 0 to \(Self.limit - 1), found '\(reader.excerpt(field))'")
    }
    guard !isFixed || number <= max(1, highest) else {
      throw reader.problem(
        field, "label \(number) is not in 0 to \(max(1, highest)), those of the training file")
    }
    highest = max(highest, number)
    labels.append(Int32(number))
  }

  private mutating func addWord(
    _ field: CSVReader.Field, _ reader: CSVReader
  ) throws(Problem) {
    let word = try reader.text(field)
    if let index = indices[word] {
      labels.append(index)
      return
    }
    guard !isFixed else {
      throw reader.problem(
        field, "label '\(reader.excerpt(field))' does not occur in the training file")
    }
    guard words.count < Self.limit else {
      throw reader.problem(field, "there are more than \(Self.limit) different labels")
    }
    let index = Int32(words.count)
    indices[word] = index
    words.append(word)
    labels.append(index)
  }

  /// A whole number from 0; `Self.limit` where it is larger.
  private func wholeNumber(_ field: CSVReader.Field, _ reader: CSVReader) -> Int? {
    var value = 0
    for byte in reader.bytes[field.bytes] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), Self.limit)
    }
    return value
  }

  /// Words become classes in the order of their UTF-8 bytes, whatever order they came in.
  consuming func finish(_ name: String) throws(Problem) -> ([Int32], CSVTable.Classes) {
    guard usesWords == true else { return (labels, .numbers(highest: highest)) }
    if isFixed { return (labels, .words(words)) }
    guard words.count > 1 else {
      throw Problem(.data, "'\(name)' should have two labels or more, found only '\(words[0])'")
    }
    let order = words.indices.sorted {
      words[$0].utf8.lexicographicallyPrecedes(words[$1].utf8)
    }
    var rank = [Int32](repeating: 0, count: words.count)
    for (place, index) in order.enumerated() { rank[index] = Int32(place) }
    return (labels.map { rank[Int($0)] }, .words(order.map { words[$0] }))
  }
}
