/// Something for each of a word's settings, by the settings' names.
///
/// A word has few settings: looking through their names is faster than hashing one, and an empty table
/// allocates nothing.
struct SettingTable<Content> {
  private var pairs: [(name: String, content: Content)] = []

  var isEmpty: Bool { pairs.isEmpty }

  subscript(name: String) -> Content? {
    get { place(of: name).map { pairs[$0].content } }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let content?): pairs[place].content = content
      case (let place?, nil): pairs.remove(at: place)
      case (nil, let content?):
        if pairs.isEmpty { pairs.reserveCapacity(4) }
        pairs.append((name, content))
      case (nil, nil): break
      }
    }
  }

  private func place(of name: String) -> Int? { pairs.firstIndex { $0.name == name } }
}

extension SettingTable: Sendable where Content: Sendable {}
