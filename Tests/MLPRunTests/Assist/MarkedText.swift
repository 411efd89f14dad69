/// A text with a cursor in it, which `‸` marks.
struct MarkedText {
  let text: String
  /// In UTF-8.
  let offset: Int

  init(_ marked: String) {
    let parts = marked.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
    text = parts.joined()
    offset = parts[0].utf8.count
  }
}
