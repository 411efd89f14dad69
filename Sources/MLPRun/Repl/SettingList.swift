import MLPLibrary
import MLPSyntax

/// A statement other than `net` and `let`: its keyword, the word that it begins with, and its settings as they
/// are written, with alternatives and names unresolved.
struct SettingList {
  let keyword: String
  /// The word of the catalogue that it begins with.
  private(set) var head: String?
  private(set) var groups: [SettingGroup] = []

  var text: String {
    ([keyword] + [head].compactMap { $0 } + groups.map { $0.text }).joined(separator: " ")
  }

  /// Keyword and first word alone.
  var bare: String { ([keyword] + [head].compactMap { $0 }).joined(separator: " ") }

  /// The same with the settings whose values are words of the catalogue.
  var skeleton: String {
    let nested = groups.filter { $0.entry != nil }.map { group in
      var group = group
      group.children = group.children.filter { $0.entry != nil }
      return group.text
    }
    return ([bare] + nested).joined(separator: " ")
  }

  /// A statement with the settings of another merged over it, as `--with` merges them: each in the place of
  /// the one that it overrides, else behind the others. An overlay that begins with another word replaces all.
  ///
  /// - Parameters:
  ///   - statement: `solver sgd lr 0.1`; the keyword alone where the spec has no such statement.
  ///   - overlay: `lr 0.2`, or `sgd lr 0.2`.
  static func text(of statement: String, with overlay: String) -> String {
    let old = SettingList(statement)
    let new = SettingList(old.keyword + " " + overlay)
    guard let head = new.head else { return old.merged(statement + " " + overlay) }
    guard head == old.head else { return new.text }
    let named = new.groups.map { group in
      var group = group
      group.name = group.key.name
      return group.text
    }
    return old.merged(([statement] + named).joined(separator: " "))
  }

  /// - Parameter both: this statement with more settings behind it, which know the words before them.
  private func merged(_ both: String) -> String {
    var list = SettingList(both)
    let later = list.groups.dropFirst(groups.count)
    list.groups = Array(list.groups.prefix(groups.count))
    for group in later where !list.groups.replace(with: group) { list.groups.append(group) }
    return list.text
  }

  /// - Parameter statement: on one line; faults in it stay where they are.
  init(_ statement: String) {
    let source = Source(name: "", text: statement)
    let words = WordMap(source)
    keyword = words.tokens.first.map { source.text($0.span) } ?? ""
    var depth = 0
    for (index, token) in words.tokens.enumerated().dropFirst()
    where token.span.upper > token.span.lower {
      let text = source.text(token.span)
      switch token.kind {
      case .leftBrace, .leftParenthesis:
        if depth == 0 { begin(words.roles[(index + 1)...].first) }
        depth += 1
      case .rightBrace, .rightParenthesis: depth -= 1
      default: break
      }
      if depth > 0 || token.kind == .rightBrace || token.kind == .rightParenthesis {
        add(text)
      } else {
        read(text, words.roles[index], isFirst: index == 1)
      }
    }
    settle()
  }

  private mutating func read(_ text: String, _ role: TokenRole, isFirst: Bool) {
    switch role {
    case .setting(let setting, let owner):
      groups.append(SettingGroup(key: .init(owner: owner.word, name: setting.name), name: text))
    case .entry where isFirst: head = text
    case .entry:
      add(text)
      if !groups.isEmpty { groups[groups.count - 1].entry = text }
    default:
      begin(role)
      add(text)
    }
  }

  /// Begins a group where a value stands without its setting's name.
  private mutating func begin(_ role: TokenRole?) {
    guard case .value(let setting, let owner)? = role else { return }
    let key = SettingGroup.Key(owner: owner.word, name: setting.name)
    if groups.last?.key != key { groups.append(SettingGroup(key: key)) }
  }

  /// Adds a piece to the value that is being read.
  private mutating func add(_ text: String) {
    if groups.isEmpty { groups.append(SettingGroup(key: .init(owner: keyword, name: ""))) }
    groups[groups.count - 1].value.append(text)
  }

  /// Gives the settings of nested words to the settings that name these words.
  private mutating func settle() {
    let flat = groups
    groups = []
    for group in flat where !groups.adopt(group) { groups.append(group) }
  }
}
