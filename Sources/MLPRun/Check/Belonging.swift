import MLPLibrary
import MLPSyntax

/// Where a word that stands in the wrong place would be right.
enum Belonging {
  /// The statement that a line beginning with `word` was meant to be.
  struct Owner {
    let keyword: Keyword
    private(set) var help: String
    /// The keyword in the word's place, or before it.
    private(set) var mend: Mend?

    /// Puts the keyword before a setting, where there is no such statement.
    ///
    /// - Parameter ofWords: also before settings of the words that the statement begins with.
    mutating func mendByKeyword(_ word: String, ofWords: Bool) {
      guard mend == nil else { return }
      let ours = Belonging.known(word)
      guard
        ofWords && keyword != .net
          || Catalogue.statements.contains(where: { schema in
            schema.word == keyword.rawValue && schema.setting(ours) != nil
          })
      else { return }
      let text = "\(keyword.rawValue) \(ours)"
      help = "'\(ours)' belongs to the '\(keyword.rawValue)' statement: write '\(text) …'"
      mend = Mend(word: text, help: help)
    }
  }

  /// Words of prose, which stand between names and values in a sentence.
  static let fillers: Set<String> = [
    "a", "an", "and", "at", "by", "for", "is", "of", "on", "the", "to", "using", "with",
  ]

  /// nil where nobody can tell.
  static func keyword(for word: String) -> Owner? {
    if let mend = Suggestion.mend(word, among: keywords), let keyword = Keyword(rawValue: mend.word)
    {
      return Owner(keyword: keyword, help: mend.help, mend: mend)
    }
    if let category = category(of: word) {
      let keyword = category.keyword
      let help = "'\(word)' is \(category.described): write '\(keyword.rawValue) \(word)'"
      let mend = Mend(word: "\(keyword.rawValue) \(word)", help: help)
      return Owner(keyword: keyword, help: help, mend: mend)
    }
    guard let place = settingPlace(of: known(word)) else { return nil }
    return Owner(
      keyword: place.keyword,
      help: "'\(known(word))' \(place.text): write it in that statement's line, or indented below",
      mend: nil)
  }

  /// Whether something is known of a word that stands where a statement should begin.
  static func isKnown(_ word: String) -> Bool {
    keyword(for: word) != nil || Catalogue.foreignAdvice[word.lowercased()] != nil
  }

  /// What to do with a word that is no setting of `subject`; nil where nobody knows it.
  static func advice(for word: String, in subject: String) -> String? {
    if self.category(of: subject) == .data, ["train", "test"].contains(word) {
      return "which samples are used is said by 'validation last 10000' and 'first 50000'"
    }
    if Keyword(rawValue: word) != nil && word != "init" {
      return "'\(word)' begins a statement, in the first column of a line of its own"
    }
    if let category = category(of: word) {
      let isLink = category == .layer || category == .loss
      if isLink, self.category(of: subject) == .layer { return "write '->' before '\(word)'" }
      return "'\(word)' is \(category.described)"
    }
    if fillers.contains(word) {
      return "only settings and their values stand here, without words between"
    }
    if let advice = Catalogue.foreignAdvice[word.lowercased()] { return advice }
    let ours = known(word)
    guard let place = settingPlace(of: ours, besides: subject) else { return nil }
    let name = ours == word ? "'\(ours)'" : "here it is called '\(ours)', and"
    return "\(name) \(place.text)"
  }

  private static let keywords = Keyword.allCases.map { $0.rawValue }

  /// Words of statements other than `net` first: their settings are what is written on a line alone.
  private static let ofStatements: [Category] = [
    .solver, .data, .initialiser, .schedule, .layer, .loss,
  ]

  /// Our word for another framework's.
  fileprivate static func known(_ word: String) -> String {
    Catalogue.foreignWords[word.lowercased()]?.firstWord ?? word
  }

  static func category(of word: String) -> Category? {
    Category.allCases.first { Catalogue.entry(word, in: $0) != nil }
  }

  /// Where a setting belongs, and how a message says so.
  private struct Place {
    let keyword: Keyword
    let text: String

    /// A setting of the statement itself, or of several of its words.
    init(_ keyword: Keyword) {
      self.keyword = keyword
      text = "belongs to the '\(keyword.rawValue)' statement"
    }

    init(_ keyword: Keyword, words: [String]) {
      self.keyword = keyword
      text = "is a setting of " + words.map { "'\($0)'" }.joined(separator: ", ")
    }
  }

  /// Statements first, then words of the same category as `subject`, then others.
  private static func settingPlace(of name: String, besides subject: String = "") -> Place? {
    for schema in Catalogue.statements where schema.word != subject {
      guard schema.setting(name) != nil, !schema.positional.contains(name),
        let keyword = Keyword(rawValue: schema.word)
      else { continue }
      return Place(keyword)
    }
    let own = category(of: subject)
    let others = ofStatements.filter { $0 != own }
    for category in ofStatements.filter({ $0 == own }) + others {
      let owners = Catalogue.entries(in: category).filter { $0.schema.setting(name) != nil }
      guard let first = owners.first else { continue }
      if category == own {
        return Place(category.keyword, words: owners.map { $0.schema.word })
      }
      return owners.count > 1
        ? Place(category.keyword) : Place(category.keyword, words: [first.schema.word])
    }
    return nil
  }
}

extension Category {
  /// The statement in which the category's words stand.
  var keyword: Keyword {
    switch self {
    case .layer, .loss: .net
    case .solver, .schedule: .solver
    case .initialiser: .`init`
    case .data: .data
    }
  }

  /// The category without an article.
  var noun: String {
    switch self {
    case .data: "data source"
    default: rawValue
    }
  }

  /// The category with its article.
  var described: String { (self == .initialiser ? "an " : "a ") + noun }

  /// Its words, as a note says them.
  var words: [String] { Catalogue.entries(in: self).map { $0.schema.word } }
}
