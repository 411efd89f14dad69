/// YAML's blocks: members and items by their indentation.
struct ForeignYAML {
  private let lines: [(indent: Int, text: String)]
  private var next = 0
  private var depth = 0

  private static let maximumDepth = 32

  /// nil where they are no blocks.
  static func value(of lines: ArraySlice<ForeignLines.Line>) -> ForeignValue? {
    let lines = lines.filter { $0.text != "---" }.map { ($0.indent, String($0.text)) }
    var blocks = ForeignYAML(lines: lines)
    guard let value = blocks.block(), blocks.next == lines.count else { return nil }
    return value
  }

  private init(lines: [(Int, String)]) { self.lines = lines }

  /// What begins in the next line: a list, or a map.
  private mutating func block() -> ForeignValue? {
    guard next < lines.count, depth < Self.maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    let indent = lines[next].indent
    return lines[next].text.hasPrefix("-") ? list(indent) : map(indent)
  }

  private mutating func list(_ indent: Int) -> ForeignValue? {
    var values: [ForeignValue] = []
    while next < lines.count, lines[next].indent == indent, lines[next].text.hasPrefix("-") {
      let content = lines[next].text.dropFirst().trimmed
      guard let (name, value) = Self.member(content) else {
        values.append(Self.scalar(content))
        next += 1
        continue
      }
      guard let members = members(name, value, within: indent) else { return nil }
      values.append(.map(members))
    }
    return .list(values)
  }

  /// The member behind a dash, and those below it.
  private mutating func members(
    _ name: String, _ value: String, within indent: Int
  ) -> [ForeignValue.Member]? {
    guard let first = member(name, value, at: indent + 1) else { return nil }
    var members = [first]
    if next < lines.count, lines[next].indent > indent {
      guard case .map(let others)? = map(lines[next].indent) else { return nil }
      members += others
    }
    return members
  }

  private mutating func map(_ indent: Int) -> ForeignValue? {
    var members: [ForeignValue.Member] = []
    while next < lines.count, lines[next].indent == indent {
      guard let (name, value) = Self.member(lines[next].text),
        let member = member(name, value, at: indent)
      else { return nil }
      members.append(member)
    }
    return .map(members)
  }

  /// Takes the line in which the member stands, and the block below where it has one.
  private mutating func member(
    _ name: String, _ value: String, at indent: Int
  ) -> ForeignValue.Member? {
    next += 1
    guard value.isEmpty else { return .init(name: name, value: Self.scalar(value)) }
    let isBelow =
      next < lines.count
      && (lines[next].indent > indent
        || lines[next].indent == indent && lines[next].text.hasPrefix("-"))
    guard isBelow else { return .init(name: name, value: .text("")) }
    return block().map { .init(name: name, value: $0) }
  }

  /// `name: value` or `name:`
  private static func member(_ text: String) -> (name: String, value: String)? {
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let rest = text[name.endIndex...]
    guard !name.isEmpty, rest.first == ":" else { return nil }
    let value = rest.dropFirst()
    return value.isEmpty || value.first == " " ? (String(name), value.trimmed) : nil
  }

  private static func scalar(_ text: String) -> ForeignValue {
    ForeignReader.value(of: text) ?? .text(text)
  }
}
