/// Rows of numbers without labels, from text with a separator: a comma, or else a semicolon or a tab, whichever
/// the first line has.
///
/// Where no field of the first row is a number, it names the columns.
package struct NumberTable: Sendable {
  package private(set) var rows = 0
  /// Without the one that is left out.
  package private(set) var columns = 0
  /// Row by row.
  package private(set) var numbers: [Float] = []
  private let name: String

  /// - Parameters:
  ///   - name: the file's, for messages.
  ///   - ignored: a column that is left out, by its name or its number from 1.
  /// - Throws: `.data` with line and column; `.missing` where there is no such column.
  package init(_ bytes: [UInt8], name: String, ignoring ignored: String? = nil) throws(Problem) {
    self.name = name
    var problem: Problem?
    bytes.withUnsafeBufferPointer { buffer in
      do throws(Problem) {
        var reader = try CSVReader(buffer, separator: Self.separator(buffer), name: name)
        try read(&reader, ignored)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
  }

  private static func separator(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let line = bytes.prefix { $0 != .lineFeed }
    let known = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return known.first { line.contains($0) } ?? known[0]
  }

  private mutating func read(_ reader: inout CSVReader, _ ignored: String?) throws(Problem) {
    var ahead = reader
    let looking = reader
    var hasNumber = false
    let names = try ahead.row { field in
      if (try? looking.number(field)) != nil { hasNumber = true }
    }
    if !hasNumber { reader = ahead }
    let skipped = try ignored.map { (text) throws(Problem) in
      try place(of: text, hasNumber ? nil : names, names.count)
    }
    columns = names.count - (skipped == nil ? 0 : 1)
    guard columns > 0 else { throw Problem(.data, "'\(name)' has no other column") }
    guard !reader.isAtEnd else { throw Problem(.data, "'\(name)' has a header but no rows") }
    while !reader.isAtEnd { try readRow(&reader, fields: names.count, skipped) }
  }

  private mutating func readRow(
    _ reader: inout CSVReader, fields: Int, _ skipped: Int?
  ) throws(Problem) {
    for index in 0..<fields {
      let field = try reader.next()
      if index != skipped { numbers.append(try reader.number(field)) }
      guard field.endsRow == (index == fields - 1) else {
        throw reader.problem(field, "each row has \(fields) fields, as the first")
      }
    }
    rows += 1
  }

  private func place(of text: String, _ names: [String]?, _ count: Int) throws(Problem) -> Int {
    if let index = names?.firstIndex(of: text) { return index }
    if let number = Int(text), (1...count).contains(number) { return number - 1 }
    throw Problem(
      .data, "'\(name)' has no column '\(text)'",
      help: names == nil
        ? "its columns have no names; give a number from 1 to \(count)"
        : "give a name of its first row, or a number from 1 to \(count)")
  }
}

extension Samples {
  /// The same with bytes, where each number is a whole one from 0 to 255; nil elsewhere.
  package var asBytes: Samples? {
    guard case .floats(let numbers) = storage else { return self }
    guard numbers.allSatisfy({ $0 >= 0 && $0 <= 255 && $0 == $0.rounded() }) else { return nil }
    return Samples(shape: shape, storage: .bytes(numbers.map { UInt8($0) }), labels: labels)
  }
}
