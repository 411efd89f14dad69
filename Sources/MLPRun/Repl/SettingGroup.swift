/// A setting as a statement's text gives it, with the settings of the word that is its value.
struct SettingGroup {
  /// The word to which the setting belongs, and its name.
  struct Key: Equatable {
    var owner: String
    var name: String
  }

  var key: Key
  /// nil where the value stands without its setting's name.
  var name: String?
  /// The pieces of the value.
  var value: [String] = []
  /// The word of the catalogue that is the value.
  var entry: String?
  /// That word's settings, wherever in the statement they stand.
  var children: [SettingGroup] = []

  var text: String {
    ([name].compactMap { $0 } + value + children.map { $0.text }).joined(separator: " ")
  }
}

extension [SettingGroup] {
  /// Puts a group in the place of the one with its key.
  ///
  /// - Returns: whether there was one.
  mutating func replace(with group: SettingGroup) -> Bool {
    for index in indices {
      if self[index].key == group.key {
        let name = self[index].name
        self[index] = group
        // Where the value stood without its name, it goes on to do so.
        self[index].name = name
        return true
      }
      if self[index].children.replace(with: group) { return true }
    }
    return false
  }

  /// Gives a group to the last one whose value is the word that the group's setting belongs to.
  ///
  /// - Returns: whether there is such a word.
  mutating func adopt(_ group: SettingGroup) -> Bool {
    for index in indices.reversed() {
      if self[index].children.adopt(group) { return true }
      guard self[index].entry == group.key.owner else { continue }
      if !self[index].children.replace(with: group) { self[index].children.append(group) }
      return true
    }
    return false
  }
}
