import MLPLibrary

/// Arrays with names as NumPy's `savez` writes them: a ZIP archive of `.npy` files.
///
/// Source: NumPy, "NEP 1: A Simple File Format for NumPy Arrays", versions 1.0 to 3.0.
package enum NumPyArchive {
  private static let mark: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The types that are read.
  private static let types: [(name: String, type: Safetensors.NumberType)] = [
    ("<f2", .half), ("<f4", .float), ("<f8", .double), ("<i8", .integer),
  ]

  /// - Throws: where the archive would have 4 GB or more.
  package static func bytes(of entries: [Safetensors.Entry]) throws(Problem) -> [UInt8] {
    try ZipArchive(entries.map { .init($0.name + ".npy", file(of: $0)) }).bytes()
  }

  /// A `.npy` file: mark, version, the header's length, the header as a Python dictionary, the numbers.
  private static func file(of entry: Safetensors.Entry) -> [UInt8] {
    let sizes = entry.sizes.map { "\($0)," }.joined(separator: " ")
    let header =
      "{'descr': '\(entry.numbers.numpyName)', 'fortran_order': False, 'shape': (\(sizes)), }"
    // Filled up so that the numbers begin at a multiple of 64.
    let padding = 63 - (10 + header.utf8.count) % 64
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    var bytes = mark + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
    entry.numbers.append(to: &bytes)
    return bytes
  }

  // MARK: Reading

  /// The arrays in the archive's order.
  ///
  /// - Parameter limit: how many bytes all may have together.
  /// - Throws: `.data` where one is damaged, or of another type than those that can be read.
  package static func entries(
    _ bytes: [UInt8], name: String, limit: Int
  ) throws(Problem) -> [Safetensors.Entry] {
    let archive = try ZipArchive(bytes, name: name, limit: limit) {
      (member, head, size) throws(Problem) in
      try naming(member, name) { () throws(Problem) in _ = try Layout(head, size: size) }
    }
    var entries: [Safetensors.Entry] = []
    for member in archive.members {
      entries.append(
        try naming(member.name, name) { () throws(Problem) in
          try entry(arrayName(member.name), member.content)
        })
    }
    return entries
  }

  private static func arrayName(_ member: String) -> String {
    member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
  }

  /// Puts the names of array and file before what is wrong with it.
  private static func naming<T>(
    _ member: String, _ name: String, _ body: () throws(Problem) -> T
  ) throws(Problem) -> T {
    do throws(Problem) { return try body() } catch {
      throw Problem(.data, "'\(arrayName(member).brief)' in '\(name)' \(error.message)")
    }
  }

  private static func entry(_ name: String, _ bytes: [UInt8]) throws(Problem) -> Safetensors.Entry {
    let layout = try Layout(bytes, size: bytes.count)
    let numbers = layout.type.numbers(in: bytes, layout.start..<bytes.count)
    return Safetensors.Entry(
      name, layout.sizes, layout.isFortran ? numbers.rowMajor(layout.sizes) : numbers)
  }

  /// What the first bytes of a `.npy` file say of the whole.
  private struct Layout {
    let type: Safetensors.NumberType
    let sizes: [Int]
    let isFortran: Bool
    /// Where the numbers begin.
    let start: Int

    /// - Parameters:
    ///   - head: the file, or as much of it as a header may have.
    ///   - size: the whole file's.
    init(_ head: [UInt8], size: Int) throws(Problem) {
      guard head.count >= 12, head.starts(with: NumPyArchive.mark), (1...3).contains(head[6]) else {
        throw Problem(.data, "is no array of NumPy")
      }
      // The length has two bytes in version 1, and four later.
      let lengthSize = head[6] == 1 ? 2 : 4
      let length = (0..<lengthSize).reduce(0) { $0 | Int(head[8 + $1]) << (8 * $1) }
      start = 8 + lengthSize + length
      guard start <= min(head.count, ZipArchive.headSize) else {
        throw Problem(.data, "is cut off in its header")
      }
      var scanner = NumPyHeader(text: Array(head[8 + lengthSize..<start]))
      try scanner.read()
      guard let type = NumPyArchive.types.first(where: { $0.name == scanner.type })?.type else {
        throw Problem(
          .data,
          "holds numbers of the type '\(scanner.type.brief)'; those read are "
            + NumPyArchive.types.map { $0.name }.joined(separator: ", "))
      }
      (self.type, sizes, isFortran) = (type, scanner.sizes, scanner.isFortran)
      var count = type.width
      for size in sizes {
        let (product, overflows) = count.multipliedReportingOverflow(by: size)
        guard !overflows else { throw Problem(.data, "has more numbers than can be counted") }
        count = product
      }
      guard count == size - start else {
        throw Problem(
          .data, "has \(size - start) bytes of numbers, and its sizes ask for \(count)")
      }
    }
  }
}

/// The header's dictionary: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
private struct NumPyHeader {
  let text: [UInt8]
  private(set) var type = ""
  private(set) var isFortran = false
  private(set) var sizes: [Int] = []
  private var place = 0

  init(text: [UInt8]) { self.text = text }

  mutating func read() throws(Problem) {
    var found: [String] = []
    try expect("{")
    while !take("}") {
      let name = try quoted()
      try expect(":")
      switch name {
      case "descr": type = try quoted()
      case "fortran_order": isFortran = try flag()
      case "shape": sizes = try tuple()
      default: throw fault
      }
      found.append(name)
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipBlanks()
    guard place == text.count, found.sorted() == ["descr", "fortran_order", "shape"] else {
      throw fault
    }
  }

  private mutating func flag() throws(Problem) -> Bool {
    if take("True") { return true }
    try expect("False")
    return false
  }

  private mutating func tuple() throws(Problem) -> [Int] {
    var sizes: [Int] = []
    try expect("(")
    while !take(")") {
      guard sizes.count < 8 else { throw Problem(.data, "has more than 8 sizes") }
      sizes.append(try integer())
      if !take(",") {
        try expect(")")
        break
      }
    }
    return sizes
  }

  private mutating func integer() throws(Problem) -> Int {
    skipBlanks()
    let digits = text[place...].prefix { (0x30...0x39).contains($0) }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw fault }
    place += digits.count
    return number
  }

  private mutating func quoted() throws(Problem) -> String {
    skipBlanks()
    guard place < text.count, text[place] == 0x27 || text[place] == 0x22 else { throw fault }
    let body = text[(place + 1)...].prefix { $0 != text[place] }
    guard body.endIndex < text.count else { throw fault }
    place = body.endIndex + 1
    return String(decoding: body, as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while place < text.count, text[place] == 0x20 || text[place] == 0x0A { place += 1 }
  }

  private mutating func take(_ word: String) -> Bool {
    skipBlanks()
    guard text[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func expect(_ word: String) throws(Problem) {
    guard take(word) else { throw fault }
  }

  private var fault: Problem {
    Problem(.data, "has a header that can't be read near byte \(place)")
  }
}

extension Safetensors.Numbers {
  fileprivate var numpyName: String {
    switch self {
    case .floats: "<f4"
    case .doubles: "<f8"
    case .integers: "<i8"
    }
  }
}

extension Safetensors.Numbers {
  /// From the order in which the first index runs fastest to the one in which the last does.
  fileprivate func rowMajor(_ sizes: [Int]) -> Safetensors.Numbers {
    switch self {
    case .floats(let numbers): .floats(numbers.rowMajor(sizes))
    case .doubles(let numbers): .doubles(numbers.rowMajor(sizes))
    case .integers(let numbers): .integers(numbers.rowMajor(sizes))
    }
  }
}

extension Array {
  fileprivate func rowMajor(_ sizes: [Int]) -> [Element] {
    guard !isEmpty else { return self }
    let strides = sizes.indices.map { sizes[..<$0].reduce(1, *) }
    return indices.map { index in
      var (rest, place) = (index, 0)
      for axis in sizes.indices.reversed() {
        place += rest % sizes[axis] * strides[axis]
        rest /= sizes[axis]
      }
      return self[place]
    }
  }
}
