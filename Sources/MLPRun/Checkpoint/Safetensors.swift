/// A file in the safetensors format: named arrays of numbers, and texts about them.
///
/// Eight bytes with the header's length, the header as JSON, then the numbers, little-endian, without holes.
/// Source: https://huggingface.co/docs/safetensors, format of version 0.
package struct Safetensors: Equatable, Sendable {
  package enum Numbers: Equatable, Sendable {
    case floats([Float])
    case doubles([Double])
    case integers([Int64])
  }

  package struct Entry: Equatable, Sendable {
    package let name: String
    /// The product is the count of the numbers.
    package let sizes: [Int]
    package let numbers: Numbers

    package init(_ name: String, _ sizes: [Int], _ numbers: Numbers) {
      precondition(sizes.reduce(1, *) == numbers.count)
      self.name = name
      self.sizes = sizes
      self.numbers = numbers
    }
  }

  /// No two of the same name.
  package private(set) var entries: [Entry] = []
  /// No two of the same name.
  package internal(set) var metadata: [(name: String, text: String)] = []
  private var places: [String: Int] = [:]

  package init() {}

  /// The format's own limit, in bytes.
  static let headerLimit = 100_000_000
  /// Where the metadata stand in the header.
  static let metadataName = "__metadata__"

  package mutating func add(_ entry: Entry) {
    precondition(places[entry.name] == nil && entry.name != Self.metadataName)
    places[entry.name] = entries.count
    entries.append(entry)
  }

  package mutating func add(_ name: String, _ sizes: [Int], _ numbers: Numbers) {
    add(Entry(name, sizes, numbers))
  }

  package mutating func set(_ name: String, to text: String) {
    precondition(!metadata.contains { $0.name == name })
    metadata.append((name, text))
  }

  package func entry(_ name: String) -> Entry? { places[name].map { entries[$0] } }

  package func text(_ name: String) -> String? { metadata.first { $0.name == name }?.text }

  /// Whether both hold the same, to the bit, whatever stands first.
  package static func == (one: Safetensors, other: Safetensors) -> Bool {
    one.bytes == other.bytes
  }
}

extension Safetensors.Numbers {
  package var count: Int {
    switch self {
    case .floats(let numbers): numbers.count
    case .doubles(let numbers): numbers.count
    case .integers(let numbers): numbers.count
    }
  }

  var type: Safetensors.NumberType {
    switch self {
    case .floats: .float
    case .doubles: .double
    case .integers: .integer
    }
  }
}

extension Safetensors {
  /// The types that are read. Those of 16 bits become `floats`, exactly, and are not written.
  enum NumberType: String, CaseIterable {
    case half = "F16"
    case brain = "BF16"
    case float = "F32"
    case double = "F64"
    case integer = "I64"

    /// Bytes of a number.
    var width: Int {
      switch self {
      case .half, .brain: 2
      case .float: 4
      case .double, .integer: 8
      }
    }
  }
}

// MARK: - Writing

extension Safetensors {
  /// The whole file. The header is filled up with blanks to a multiple of eight bytes, and wider numbers stand first,
  /// so that each number lies at a multiple of its width.
  package var bytes: [UInt8] {
    let ordered =
      entries.filter { $0.numbers.type.width == 8 }
      + entries.filter { $0.numbers.type.width == 4 }
    var header = Array(header(ordered).utf8)
    header += [UInt8](repeating: 0x20, count: -header.count & 7)
    let size = ordered.reduce(8 + header.count) { $0 + $1.numbers.count * $1.numbers.type.width }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += header
    for entry in ordered { entry.numbers.append(to: &bytes) }
    return bytes
  }

  private func header(_ ordered: [Entry]) -> String {
    var members: [(String, JSON)] = []
    if !metadata.isEmpty {
      members.append((Self.metadataName, .object(metadata.map { ($0.name, .text($0.text)) })))
    }
    var offset = 0
    for entry in ordered {
      let end = offset + entry.numbers.count * entry.numbers.type.width
      members.append(
        (
          entry.name,
          .object([
            ("dtype", .text(entry.numbers.type.rawValue)),
            ("shape", .list(entry.sizes.map { .integer($0) })),
            ("data_offsets", .list([.integer(offset), .integer(end)])),
          ])
        ))
      offset = end
    }
    return JSON.object(members).line
  }
}

extension Safetensors.Numbers {
  func append(to bytes: inout [UInt8]) {
    #if _endian(big)
      #error("numbers are written as they lie in memory")
    #endif
    switch self {
    case .floats(let numbers): numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .doubles(let numbers): numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .integers(let numbers): numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
  }
}
