extension Diagnostic {
  /// How many further places of one mistake are marked.
  private static let marks = 8

  /// Takes up another place of the same mistake, further on in the text: it is marked, and the edit
  /// reaches over both.
  mutating func recur(_ other: Diagnostic, in bytes: [UInt8]) {
    if labels.count < Self.marks { labels.append(Label(other.span, "")) }
    guard let next = other.edit, let end = edit?.span.upper, end <= next.span.lower else {
      edit = nil
      return
    }
    let between = String(decoding: bytes[end..<next.span.lower], as: UTF8.self)
    edit?.replacement += between + next.replacement
    edit?.span.upper = next.span.upper
  }
}
