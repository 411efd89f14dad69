/// Python's statements, as far as calls go.
enum ForeignPython {
  /// Lines joined while brackets are open, without indentation.
  static func statements(of text: String) -> [String] {
    var statements: [String] = []
    var open: String?
    for line in text.split(separator: "\n") {
      let joined = (open.map { $0 + " " } ?? "") + line.trimmed
      if depth(of: joined) > 0, joined.utf8.count < 10_000 {
        open = joined
      } else {
        statements.append(joined)
        open = nil
      }
    }
    return statements + (open.map { [$0] } ?? [])
  }

  private static func depth(of text: String) -> Int {
    text.utf8.reduce(0) { depth, byte in
      if "([{".utf8.contains(byte) { return depth + 1 }
      return ")]}".utf8.contains(byte) ? depth - 1 : depth
    }
  }

  /// The call that a statement is, or whose value it keeps: `model = Sequential([…])`.
  static func call(in statement: String) -> ForeignCall? {
    var text = statement[...]
    if text.hasPrefix("net ") { text = text.dropFirst(4) }
    let name = text.prefix { $0 != "=" && $0 != "(" }
    if name.endIndex < text.endIndex, text[name.endIndex] == "=" {
      text = text[name.endIndex...].dropFirst()
    }
    return ForeignReader.value(of: text)?.call
  }
}
