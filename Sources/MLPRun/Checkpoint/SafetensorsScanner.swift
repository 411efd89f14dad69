import MLPLibrary

/// Reads a safetensors header: the little of JSON that it is made of, without a tree of values between.
struct SafetensorsScanner {
  struct Tensor {
    let name: String
    let type: Safetensors.NumberType
    let sizes: [Int]
    let begin: Int
    let end: Int

    /// nil where there are more than can be counted.
    var byteCount: Int? {
      var count = type.width
      for size in sizes {
        let (product, overflows) = count.multipliedReportingOverflow(by: size)
        if overflows { return nil }
        count = product
      }
      return count
    }
  }

  typealias Text = (name: String, text: String)

  private let bytes: [UInt8]
  /// The header's first byte, and the one behind its last.
  private let start: Int
  private let end: Int
  private var place: Int

  /// More sizes than any array of numbers has here.
  private static let rankLimit = 8

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    start = range.lowerBound
    end = range.upperBound
  }

  /// The whole header, filled up with blanks.
  mutating func read() throws(Problem) -> (tensors: [Tensor], metadata: [Text]) {
    var tensors: [Tensor] = []
    var metadata: [Text]?
    // Before this brace not even a blank may stand.
    guard place < end, bytes[place] == UInt8(ascii: "{") else { throw fault("'{'") }
    try members { (scanner, name) throws(Problem) in
      if name == Safetensors.metadataName {
        guard metadata == nil else { throw Problem(.data, "'\(name)' stands twice") }
        metadata = try scanner.texts()
      } else {
        tensors.append(try scanner.tensor(name))
      }
    }
    while place < end {
      guard bytes[place] == 0x20 else { throw fault("nothing but blanks") }
      place += 1
    }
    return (tensors, metadata ?? [])
  }

  // MARK: Members

  /// `{"name": …, …}`; `body` reads what stands behind each colon.
  private mutating func members(
    _ body: (inout SafetensorsScanner, String) throws(Problem) -> Void
  ) throws(Problem) {
    try expect("{")
    if take("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try body(&self, name)
    } while take(",")
    try expect("}")
  }

  private mutating func texts() throws(Problem) -> [Text] {
    var texts: [Text] = []
    try members { (scanner, name) throws(Problem) in
      texts.append((name, try scanner.string()))
    }
    var names = texts.map { $0.name }
    names.sort()
    for (one, other) in zip(names, names.dropFirst()) where one == other {
      throw Problem(.data, "'\(one.brief)' stands twice in the metadata")
    }
    return texts
  }

  private mutating func tensor(_ name: String) throws(Problem) -> Tensor {
    var type: String?
    var sizes: [Int]?
    var offsets: [Int]?
    try members { (scanner, member) throws(Problem) in
      let isNew =
        switch member {
        case "dtype": type == nil
        case "shape": sizes == nil
        case "data_offsets": offsets == nil
        default: false
        }
      guard isNew else {
        throw Problem(.data, "'\(name.brief)' has '\(member.brief)' where it shouldn't")
      }
      switch member {
      case "dtype": type = try scanner.string()
      case "shape": sizes = try scanner.integers(of: name)
      default: offsets = try scanner.integers(of: name)
      }
    }
    guard let word = type, let sizes, let offsets, offsets.count == 2 else {
      throw Problem(.data, "'\(name.brief)' needs 'dtype', 'shape' and two 'data_offsets'")
    }
    guard let numberType = Safetensors.NumberType(rawValue: word) else {
      let known = Safetensors.NumberType.allCases.map { $0.rawValue }.joined(separator: ", ")
      throw Problem(
        .data, "'\(name.brief)' holds numbers of the type '\(word.brief)'; those read are \(known)")
    }
    return Tensor(name: name, type: numberType, sizes: sizes, begin: offsets[0], end: offsets[1])
  }

  private mutating func integers(of name: String) throws(Problem) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if take("]") { return numbers }
    repeat {
      guard numbers.count < Self.rankLimit else {
        throw Problem(.data, "'\(name.brief)' has more than \(Self.rankLimit) sizes")
      }
      numbers.append(try integer())
    } while take(",")
    try expect("]")
    return numbers
  }

  // MARK: Tokens

  private mutating func skipBlanks() {
    while place < end {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return
      }
    }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard place < end, bytes[place] == character.asciiValue else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Character) throws(Problem) {
    guard take(character) else { throw fault("'\(character)'") }
  }

  /// A whole number without sign, point or leading zeros.
  private mutating func integer() throws(Problem) -> Int {
    skipBlanks()
    let start = place
    var value = 0
    while place < end, case let digit = Int(bytes[place]) - 0x30, (0...9).contains(digit) {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, alsoOverflows) = product.addingReportingOverflow(digit)
      guard !overflows, !alsoOverflows else { throw fault("a smaller number") }
      value = sum
      place += 1
    }
    guard place > start, place == start + 1 || bytes[start] != 0x30 else {
      throw fault("a whole number")
    }
    return value
  }

  private mutating func string() throws(Problem) -> String {
    skipBlanks()
    guard place < end, bytes[place] == UInt8(ascii: "\"") else { throw fault("'\"'") }
    var scanner = JSON.TextScanner(bytes, from: place, to: end)
    do throws(JSON.Fault) {
      let text = try scanner.read()
      place = scanner.offset
      return text
    } catch {
      throw Problem(.data, "\(error.message) at byte \(error.offset - start) of the header")
    }
  }

  private func fault(_ expected: String) -> Problem {
    Problem(.data, "expected \(expected) at byte \(place - start) of the header")
  }
}
