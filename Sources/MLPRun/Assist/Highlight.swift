import MLPLibrary
import MLPSyntax

/// What each piece of a spec is, for colours: from the lexer's own tokens and the catalogue's words, so that it
/// knows every word that the language has.
package enum Highlight {
  package enum Kind: String, CaseIterable, Sendable {
    case comment
    /// The word that begins a statement.
    case keyword
    /// A layer, a loss, a solver, a schedule, an initialiser or a data source.
    case word
    /// The name of a setting.
    case setting
    /// A word that is a setting's value: `test`, `yes`, `last`.
    case value
    /// A name that a `let` gives, there and where it is used.
    case name
    /// Also a size, as `3x3`.
    case number
    case text
    /// Arrows, brackets and the like.
    case `operator`
    /// A word that means nothing here.
    case unknown
    /// No part of the language.
    case invalid
  }

  /// The pieces in the order of the text; they don't overlap, and only blanks lie between them. The text may
  /// be faulty.
  package static func spans(of source: Source) -> [(Span, Kind)] {
    let known = tokensAndComments(of: source)
    var spans: [(Span, Kind)] = []
    var offset = source.start
    for (span, kind) in known {
      if let rest = text(in: offset..<span.lower, of: source) { spans.append((rest, .invalid)) }
      spans.append((span, kind))
      offset = span.upper
    }
    if let rest = text(in: offset..<source.bytes.count, of: source) {
      spans.append((rest, .invalid))
    }
    return spans
  }

  /// The part of a range that the lexer passed over, without blanks around it; nil where all of it is blank.
  private static func text(in range: Range<Int>, of source: Source) -> Span? {
    let bytes = source.bytes[range]
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return nil }
    return Span(first, last + 1)
  }

  private static func tokensAndComments(of source: Source) -> [(Span, Kind)] {
    let lexed = Lexer.tokens(of: source)
    var reader = HighlightReader(names: names(in: lexed.tokens))
    var spans: [(Span, Kind)] = []
    var comments = lexed.comments[...]
    for token in lexed.tokens {
      while let comment = comments.first, comment.span.lower < token.span.lower {
        spans.append((comment.span, .comment))
        comments.removeFirst()
      }
      if let kind = reader.kind(of: token) { spans.append((token.span, kind)) }
    }
    return spans + comments.map { ($0.span, .comment) }
  }

  /// The names that the text defines.
  private static func names(in tokens: [Token]) -> Set<String> {
    var names: Set<String> = []
    for (keyword, name) in zip(tokens, tokens.dropFirst()) where keyword.keyword == .let {
      if case .word(let text) = name.kind { names.insert(text) }
    }
    return names
  }
}

/// Reads tokens in order and knows in which statement it is.
private struct HighlightReader {
  let names: Set<String>
  /// nil before a statement's first word.
  private var statement: Keyword?
  /// Whose settings may come.
  private var schemas: [Schema] = []
  /// Of words that settings take as values, besides the statement's own.
  private var categories: [Category] = []
  /// Whether a setting was named whose value may be any word.
  private var awaitsValue = false
  /// Whether the names of alternatives and of their branches follow.
  private var isInCondition = false

  init(names: Set<String>) { self.names = names }

  /// nil for tokens without text.
  mutating func kind(of token: Token) -> Highlight.Kind? {
    switch token.kind {
    case .end, .endOfSource:
      self = HighlightReader(names: names)
      return nil
    case .word(let text):
      defer { statement = statement ?? .net }
      return kind(ofWord: text, token.keyword)
    case .number, .size: return plain(.number)
    case .text: return plain(.text)
    case .comma, .colon, .invalid: return plain(.invalid)
    default: return plain(.operator)
    }
  }

  private mutating func plain(_ kind: Highlight.Kind) -> Highlight.Kind {
    awaitsValue = false
    statement = statement ?? .net
    return kind
  }

  private mutating func kind(ofWord text: String, _ keyword: Keyword?) -> Highlight.Kind {
    if statement == nil, let keyword {
      statement = keyword
      schemas = Catalogue.statements.filter { $0.word == text }
      return .keyword
    }
    if awaitsValue {
      awaitsValue = false
      return .value
    }
    if names.contains(text) { return .name }
    if let entry = entry(text) {
      schemas.append(entry.schema)
      return .word
    }
    return kind(ofSetting: text)
  }

  private mutating func kind(ofSetting text: String) -> Highlight.Kind {
    if let setting = schemas.reversed().lazy.compactMap({ $0.setting(text) }).first {
      awaitsValue = setting.kind.takesAnyWord
      if case .entry(let category, _) = setting.kind { categories.append(category) }
      if case .condition = setting.kind { isInCondition = true }
      return .setting
    }
    if isInCondition { return Self.settingNames.contains(text) ? .setting : .value }
    let values = schemas.flatMap { $0.settings.flatMap { $0.kind.plainWords } }
    return values.contains(text) || Self.amountWords.contains(text) ? .value : .unknown
  }

  /// What stands before an amount or a bound.
  private static let amountWords = ["last", "none", "least", "most"]
  private static let settingNames = Set(
    Catalogue.schemas.flatMap { schema in schema.settings.map { $0.name } })

  private func entry(_ word: String) -> (any Entry.Type)? {
    let statement = statement ?? .net
    let possible = Category.allCases.filter { category in
      statement == .let || isInCondition || category.keyword == statement
        || categories.contains(category)
    }
    return possible.lazy.compactMap { Catalogue.entry(word, in: $0) }.first
  }
}

extension Setting.Kind {
  /// Whether the word behind the setting's name is its value, whatever it says.
  fileprivate var takesAnyWord: Bool {
    switch self {
    case .choice, .flag, .column: true
    default: false
    }
  }
}
