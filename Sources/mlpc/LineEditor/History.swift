/// What was entered, the oldest first, and how it is gone through.
struct History: Sendable {
  static let limit = 1000

  private(set) var entries: [String] = []
  /// The entry that is shown; nil while what is being typed is.
  private var position: Int?
  /// What was being typed when going through began.
  private var draft = ""

  init(_ entries: [String] = []) { self.entries = Array(entries.suffix(Self.limit)) }

  /// Adds what was entered, unless it is blank or the same as the entry before.
  mutating func add(_ text: String) {
    leave()
    guard text.contains(where: { !$0.isWhitespace }), entries.last != text else { return }
    entries.append(text)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }

  mutating func leave() {
    position = nil
    draft = ""
  }

  /// The entry before the one that is shown; nil where there is none.
  mutating func previous(from text: String) -> String? {
    let next = (position ?? entries.count) - 1
    guard next >= 0 else { return nil }
    if position == nil { draft = text }
    position = next
    return entries[next]
  }

  /// The entry behind it, at last what was being typed.
  mutating func next() -> String? {
    guard let position else { return nil }
    guard position + 1 < entries.count else {
      self.position = nil
      return draft
    }
    self.position = position + 1
    return entries[position + 1]
  }

  /// The nearest entry that contains `text`.
  ///
  /// - Parameter start: the index to begin with, going towards older entries, or newer ones.
  func search(_ text: String, from start: Int, forth: Bool = false) -> Int? {
    guard !text.isEmpty else { return nil }
    let indices = entries.indices
    if forth { return indices.dropFirst(max(0, start)).first { entries[$0].contains(text) } }
    return indices.prefix(max(0, start + 1)).last { entries[$0].contains(text) }
  }
}
