/// What a text of another language holds, as far as it matters here.
indirect enum ForeignValue {
  /// A number, a word, or a text without its quotes.
  case text(String)
  case list([ForeignValue])
  /// Keys may come again, as Caffe has them.
  case map([Member])
  case call(ForeignCall)

  struct Member {
    let name: String
    let value: ForeignValue
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var call: ForeignCall? { if case .call(let call) = self { call } else { nil } }
  var members: [Member] { if case .map(let members) = self { members } else { [] } }

  /// One value, or those of a list.
  var elements: [ForeignValue] { if case .list(let values) = self { values } else { [self] } }

  /// As a number of this language; nil where it is none.
  var number: String? {
    guard let text, let value = Double(text), value.isFinite,
      text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) })
    else { return nil }
    let isWritten = text.utf8.first.map { (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    return isWritten == true && text.utf8.last != UInt8(ascii: ".") ? text : "\(value)"
  }

  /// `3`, or `3x3` for two numbers in a list.
  var size: String? {
    let sizes = elements.compactMap { $0.number }.filter { !$0.utf8.contains(UInt8(ascii: ".")) }
    guard !sizes.isEmpty, sizes.count <= 2, sizes.count == elements.count else { return nil }
    return sizes.joined(separator: "x")
  }
}

/// A word with what belongs to it: `nn.Linear(784, 128)`, or a layer of a file as if it were a call.
struct ForeignCall {
  struct Argument {
    /// nil: known by its place.
    let name: String?
    let value: ForeignValue
  }

  /// With its modules before it.
  let path: [String]
  let arguments: [Argument]
  /// Whether it is called again at once, as a layer of Keras on what comes in: `Dense(10)(x)`.
  let isApplied: Bool

  init(_ path: [String], _ arguments: [Argument] = [], isApplied: Bool = false) {
    self.path = path
    self.arguments = arguments
    self.isApplied = isApplied
  }

  /// The word alone.
  var name: String { path.last ?? "" }

  /// Those without names.
  var values: [ForeignValue] { arguments.filter { $0.name == nil }.map { $0.value } }

  subscript(name: String) -> ForeignValue? { arguments.first { $0.name == name }?.value }
}
