import MLPLibrary
import MLPSyntax

/// Goes through a text's tokens from left to right and says what each means, as the checker would read
/// them. Mistakes don't stop it, so it also knows what may come next in a text that is being written.
struct RoleReader {
  /// What may come next.
  enum Expected {
    /// A keyword, or the first layer of a bare chain.
    case statement
    case definitionName
    /// A layer, a loss, or a name.
    case link
    /// Any word: what follows a `let`'s `=`.
    case body
    /// The value of `pending`, or a setting of one of `frames`.
    case settings
    /// A number of repetitions.
    case count
    /// A sign.
    case sign
  }

  /// A word whose settings may follow.
  struct Frame {
    let schema: Schema
    /// The settings that it was given.
    var given: Set<String> = []
    /// The settings whose values stand next without a name.
    var unnamed: ArraySlice<Setting> = []
  }

  /// A setting whose name was read and whose value wasn't.
  struct Pending {
    let setting: Setting
    /// The index of the frame to whose word it belongs.
    let frame: Int
    /// Whether it is the word that a statement begins with.
    var isHead = false
    /// Whether `last` was read, and its amount wasn't.
    var awaitsAmount = false
  }

  /// What braces and parentheses restore.
  private struct State {
    var expected = Expected.statement
    /// The words that settings may belong to, the nearest last.
    var frames: [Frame] = []
    var pending: Pending?
  }

  var expected: Expected { state.expected }
  var frames: [Frame] { state.frames }
  var pending: Pending? { state.pending }
  /// The names defined so far, in the order of the text.
  private(set) var definitions: [String] = []

  private var state = State()
  private var open: [State] = []
  /// The name that the statement defines.
  private var name: String?
  private var hasArrow = false
  /// What follows a name that stands for a word: that word's settings.
  private var framesByName: [String: [Frame]] = [:]
  private let names: Set<String>

  /// - Parameter tokens: the whole text's.
  init(_ tokens: [Token]) { names = Self.definedNames(tokens) }

  private static func definedNames(_ tokens: [Token]) -> Set<String> {
    var names: Set<String> = []
    for index in tokens.indices.dropFirst() where tokens[index - 1].keyword == .let {
      let beginsStatement = index == 1 || tokens[index - 2].kind == .end
      if beginsStatement, case .word(let name) = tokens[index].kind { names.insert(name) }
    }
    return names
  }

  /// - Parameter following: the tokens behind it.
  mutating func read(_ token: Token, following: ArraySlice<Token>) -> TokenRole {
    switch token.kind {
    case .word(let word): return self.word(word, following)
    case .number, .size, .text, .invalid: return literal()
    case .end, .endOfSource: endStatement()
    case .arrow:
      hasArrow = true
      state = State(expected: .link)
    case .leftParenthesis, .leftBrace: openBranch()
    case .bar: state = open.last ?? state
    case .rightBrace: _ = open.popLast()
    case .rightParenthesis:
      _ = open.popLast()
      state = State(expected: .sign)
    case .star: state = State(expected: .count)
    case .equals: if name != nil, expected == .sign { state.expected = .body }
    case .comma, .colon: break
    }
    return .other
  }

  private mutating func openBranch() {
    if expected == .statement { state.expected = .link }
    open.append(state)
  }

  private mutating func endStatement() {
    if let name {
      definitions.append(name)
      framesByName[name] = hasArrow ? [] : frames
    }
    state = State()
    open = []
    name = nil
    hasArrow = false
  }

  private mutating func literal() -> TokenRole {
    if let pending {
      state.pending = nil
      return .value(pending.setting, owner: frames[pending.frame].schema)
    }
    if let unnamed = takeUnnamed() {
      return .value(unnamed.setting, owner: frames[unnamed.frame].schema)
    }
    state.expected = expected == .count ? .sign : .settings
    return .other
  }

  /// Waits for no value any more: what comes next is a setting's name or nothing known.
  mutating func forgetValues() {
    state.pending = nil
    for index in state.frames.indices { state.frames[index].unnamed = [] }
  }

  // MARK: Words

  private mutating func word(_ word: String, _ following: ArraySlice<Token>) -> TokenRole {
    switch expected {
    case .statement:
      if let keyword = Keyword(rawValue: word) { return begin(keyword, following) }
      return link(word, [.layer, .loss], following)
    case .definitionName:
      name = word
      state.expected = .sign
      return .definition(word)
    case .link: return link(word, [.layer, .loss], following)
    case .body: return link(word, Category.allCases, following)
    case .settings: return settingOrValue(word, following)
    case .count:
      state.expected = .sign
      return plain(word)
    case .sign: return plain(word)
    }
  }

  private mutating func begin(_ keyword: Keyword, _ following: ArraySlice<Token>) -> TokenRole {
    switch keyword {
    case .net: state.expected = .link
    case .let: state.expected = .definitionName
    default:
      state.expected = .settings
      guard let schema = Catalogue.statements.first(where: { $0.word == keyword.rawValue })
      else { break }
      push(schema, following)
      if schema.headCategory != nil, let head = schema.setting(schema.positional[0]) {
        state.frames[0].unnamed = []
        state.frames[0].given.insert(head.name)
        state.pending = Pending(setting: head, frame: 0, isHead: true)
      }
    }
    return .keyword(keyword)
  }

  /// The word that a link begins with.
  private mutating func link(
    _ word: String, _ categories: [Category], _ following: ArraySlice<Token>
  ) -> TokenRole {
    state = State(expected: .settings)
    for category in categories {
      guard let type = Catalogue.entry(word, in: category) else { continue }
      push(type.schema, following)
      return .entry(type.schema, category)
    }
    state.frames = framesByName[word] ?? []
    return plain(word)
  }

  private mutating func settingOrValue(_ word: String, _ following: ArraySlice<Token>) -> TokenRole
  {
    if let pending, isValue(word, of: pending) { return value(word, of: pending, following) }
    if let frame = frames.lastIndex(where: { $0.schema.setting(word) != nil }) {
      return setting(word, of: frame)
    }
    if let pending { return value(word, of: pending, following) }
    if let unnamed = takeUnnamed() { return value(word, of: unnamed, following) }
    state.frames += framesByName[word] ?? []
    return plain(word)
  }

  private mutating func setting(_ word: String, of frame: Int) -> TokenRole {
    let schema = frames[frame].schema
    guard let setting = schema.setting(word) else { return .other }
    state.frames[frame].given.insert(word)
    state.frames[frame].unnamed = []
    state.pending = Pending(setting: setting, frame: frame)
    return .setting(setting, owner: schema)
  }

  private func plain(_ word: String) -> TokenRole { names.contains(word) ? .use(word) : .other }

  // MARK: Values

  /// Whether a word that may be a setting's name is the value that is waited for.
  private func isValue(_ word: String, of pending: Pending) -> Bool {
    if case .entry(let category, _) = pending.setting.kind,
      Catalogue.entry(word, in: category) != nil
    {
      return true
    }
    return pending.setting.kind.words.contains(word)
  }

  private mutating func value(
    _ word: String, of pending: Pending, _ following: ArraySlice<Token>
  ) -> TokenRole {
    let owner = frames[pending.frame].schema
    state.pending = nil
    switch pending.setting.kind {
    case .entry(let category, let plainWords):
      return entry(word, category, plainWords, of: pending, following)
    case .portion where word == "last" && !pending.awaitsAmount:
      state.pending = pending
      state.pending?.awaitsAmount = true
      return .value(pending.setting, owner: owner)
    default:
      return names.contains(word) ? .use(word) : .value(pending.setting, owner: owner)
    }
  }

  private mutating func entry(
    _ word: String, _ category: Category, _ plainWords: [String], of pending: Pending,
    _ following: ArraySlice<Token>
  ) -> TokenRole {
    let owner = frames[pending.frame].schema
    if plainWords.contains(word) { return .value(pending.setting, owner: owner) }
    if let type = Catalogue.entry(word, in: category) {
      push(type.schema.asFallback(within: [owner], category), following)
      return .entry(type.schema, category)
    }
    if let frames = framesByName[word] {
      state.frames += frames
      return .use(word)
    }
    // A statement that is merged over another may leave out its first word.
    if pending.isHead, let type = Self.type(in: category, knowing: word) {
      state.frames.append(Frame(schema: type.schema))
      return setting(word, of: frames.count - 1)
    }
    return plain(word)
  }

  private static func type(in category: Category, knowing name: String) -> (any Entry.Type)? {
    Catalogue.entries(in: category).first { $0.schema.setting(name) != nil }
  }

  /// The setting of the nearest word whose value stands here without its name.
  private mutating func takeUnnamed() -> Pending? {
    guard let frame = frames.indices.last,
      let setting = state.frames[frame].unnamed.popFirst()
    else { return nil }
    state.frames[frame].given.insert(setting.name)
    return Pending(setting: setting, frame: frame)
  }

  private mutating func push(_ schema: Schema, _ following: ArraySlice<Token>) {
    state.frames.append(Frame(schema: schema))
    let count = unnamedCount(following)
    state.frames[state.frames.count - 1].unnamed = schema.unnamed(count)
  }

  /// How many values come before the next setting's name or the word's end; alternatives are one.
  private func unnamedCount(_ tokens: ArraySlice<Token>) -> Int {
    var count = 0
    var depth = 0
    for token in tokens {
      switch token.kind {
      case .end, .endOfSource: return count
      case .leftBrace, .leftParenthesis:
        if depth == 0 { count += 1 }
        depth += 1
      case .rightBrace, .rightParenthesis:
        if depth == 0 { return count }
        depth -= 1
      case _ where depth > 0: break
      case .arrow, .bar: return count
      case .word(let word):
        if frames.contains(where: { $0.schema.setting(word) != nil }) { return count }
        count += 1
      case .number, .size, .text, .invalid: count += 1
      default: break
      }
    }
    return count
  }
}
