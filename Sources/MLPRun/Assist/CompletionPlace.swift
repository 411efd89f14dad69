import MLPLibrary
import MLPSyntax

/// A place in a text where a word may stand.
struct CompletionPlace {
  /// What stands there before the offset.
  let typed: String
  private let range: Range<Int>
  /// The reader of roles, when it has come here.
  private let reader: RoleReader
  /// For each of the reader's frames, the settings that it is given, also behind the place.
  private let given: [Set<String>]
  /// The text with the word that means nothing.
  private let trial: Source

  /// nil where no word may stand: within a comment, a text or a number.
  init?(_ text: String, at offset: Int) {
    let bytes = Array(text.utf8)
    let offset = min(max(offset, 0), bytes.count)
    let word = Self.word(in: bytes, around: offset)
    range = word
    typed = String(decoding: bytes[word.lowerBound..<offset], as: UTF8.self)
    if let first = typed.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first { return nil }
    // A word that means nothing takes the place of the word there, and of the gap where is none.
    var trial = bytes
    trial.replaceSubrange(word, with: Self.stranger)
    self.trial = Source(name: "", bytes: trial)
    let tokens = Lexer.tokens(of: self.trial).tokens
    let place = tokens.firstIndex { token in
      guard case .word = token.kind else { return false }
      return token.span.lower == word.lowerBound
        && token.span.upper == word.lowerBound + Self.stranger.count
    }
    guard let place else { return nil }
    var reader = RoleReader(tokens)
    for index in 0..<place { _ = reader.read(tokens[index], following: tokens[(index + 1)...]) }
    self.reader = reader
    given = Self.given(reader, behind: tokens[(place + 1)...])
  }

  private static let stranger = Array("_".utf8)

  /// The word that touches `offset`.
  private static func word(in bytes: [UInt8], around offset: Int) -> Range<Int> {
    var (lower, upper) = (offset, offset)
    while lower > 0, isWordPart(bytes[lower - 1]) { lower -= 1 }
    while upper < bytes.count, isWordPart(bytes[upper]) { upper += 1 }
    return lower..<upper
  }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Reads on to the link's end, to see which settings need not be offered.
  private static func given(_ reader: RoleReader, behind rest: ArraySlice<Token>) -> [Set<String>] {
    var ahead = reader
    // What follows may be the value of what will stand here.
    ahead.forgetValues()
    for index in rest.indices {
      switch rest[index].kind {
      case .end, .endOfSource, .arrow, .bar, .rightBrace, .rightParenthesis:
        return ahead.frames.map { $0.given }
      default: _ = ahead.read(rest[index], following: rest[(index + 1)...])
      }
    }
    return ahead.frames.map { $0.given }
  }

  // MARK: Candidates

  /// What may stand here; no text twice.
  var candidates: [Completion] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0.text).inserted }
  }

  private var all: [Completion] {
    switch reader.expected {
    case .statement:
      keywords + words(.layer) + words(.loss) + names(of: [.layer, .loss], orPlain: false)
    case .link: words(.layer) + words(.loss) + names(of: [.layer, .loss], orPlain: false)
    case .body: Category.allCases.flatMap { words($0) } + names(of: Set(Category.allCases))
    case .settings: settingsOrValues
    case .count: names(of: [])
    case .definitionName, .sign: []
    }
  }

  private var settingsOrValues: [Completion] {
    if let pending = reader.pending {
      if case .condition = pending.setting.kind {
        return branches + settings + names(of: Set(Category.allCases))
      }
      return values(of: pending.setting, pending.words) + names(for: pending.setting)
    }
    guard let unnamed = reader.frames.last?.unnamed.first else { return settings + names(of: []) }
    return values(of: unnamed, unnamed.kind.words) + settings + names(for: unnamed)
  }

  private var keywords: [Completion] {
    Keyword.allCases.map { Completion(text: $0.rawValue, .keyword, $0.summary, range) }
  }

  private func words(_ category: Category) -> [Completion] {
    Catalogue.entries(in: category).map { type in
      Completion(text: type.schema.word, Completion.Kind(category), type.schema.summary, range)
    }
  }

  /// The words that may stand next as a setting's value.
  private func values(of setting: Setting, _ plainWords: [String]) -> [Completion] {
    let plain = plainWords.map { Completion(text: $0, .value, setting.summary, range) }
    guard case .entry(let category, _) = setting.kind else { return plain }
    return words(category) + plain
  }

  /// Those not given yet and not without effect beside those that are, of the nearest word first; it hides the others'
  /// settings of the same name.
  private var settings: [Completion] {
    var known: Set<String> = []
    return zip(reader.frames, given).reversed().flatMap { frame, given in
      let excluded = frame.schema.excluded(by: given)
      return frame.schema.settings.filter { setting in
        known.insert(setting.name).inserted && !given.contains(setting.name)
          && !excluded.contains(setting.name)
      }.map { Completion(text: $0.name, .setting, $0.summary, range) }
    }
  }

  /// What a condition may name: the alternatives of the spec, and the first words of their branches. None where the
  /// other statements are faulty.
  private var branches: [Completion] {
    var spec = Parser.parse(trial).spec
    spec.statements.removeAll { $0.keyword == .expect }
    spec.brokenKeywords = []
    let axes = Checker.check([spec], after: true).checked?.axes.filter { !$0.repeats } ?? []
    let names = axes.map { axis in
      let branches = axis.branches.joined(separator: " | ").brief
      return Completion(text: axis.name, .name, "alternatives: {\(branches)}", range)
    }
    let words = axes.flatMap { axis in
      axis.items.compactMap { items -> Completion? in
        guard case .word(let word)? = items.first?.kind else { return nil }
        return Completion(text: word, .value, "a branch of '\(axis.name)'", range)
      }
    }
    return words + names
  }

  /// The names that may stand for a setting's value.
  private func names(for setting: Setting) -> [Completion] {
    guard case .entry(let category, _) = setting.kind else { return names(of: []) }
    return names(of: [category], orPlain: false)
  }

  /// The names that stand for words of some categories; also those of numbers and texts where `isPlain`. A name whose
  /// text begins with another name may stand for anything.
  private func names(of categories: Set<Category>, orPlain isPlain: Bool = true) -> [Completion] {
    guard !reader.definitions.isEmpty else { return [] }
    let statements = Parser.parse(trial).spec.statements
    return reader.definitions.filter { name in
      guard let body = statements.last(where: { $0.name?.text == name })?.body else { return true }
      return body.category.map { categories.contains($0) } ?? (isPlain || body.beginsWithWord)
    }.map { Completion(text: $0, .name, "a name that this spec defines", range) }
  }
}

extension Schema {
  /// The settings that have no effect, or no place, beside those that are given.
  fileprivate func excluded(by given: Set<String>) -> Set<String> {
    guard word == "expect" else { return [] }
    var excluded: Set<String> = []
    for (name, others) in Expectation.excluded {
      if given.contains(name) { excluded.formUnion(others) }
      if !given.isDisjoint(with: others) { excluded.insert(name) }
    }
    return excluded
  }
}

extension Chain {
  /// That of the word that it begins with; nil where it begins with none of the catalogue.
  fileprivate var category: Category? {
    switch links.first?.items.first?.kind {
    case .word(let word)?: Belonging.category(of: word)
    case .alternatives(let branches)?: branches.first?.category
    case .group(let chain, _)?: chain.category
    default: nil
    }
  }

  fileprivate var beginsWithWord: Bool {
    switch links.first?.items.first?.kind {
    case .word?: true
    case .alternatives(let branches)?: branches.first?.beginsWithWord ?? false
    case .group(let chain, _)?: chain.beginsWithWord
    default: false
    }
  }
}

extension Completion {
  fileprivate init(text: String, _ kind: Kind, _ help: String, _ range: Range<Int>) {
    self.init(text: text, kind: kind, help: help, range: range)
  }
}

extension Completion.Kind {
  fileprivate init(_ category: Category) {
    self =
      switch category {
      case .layer: .layer
      case .loss: .loss
      case .solver: .solver
      case .schedule: .schedule
      case .initialiser: .initialiser
      case .data: .data
      }
  }
}
