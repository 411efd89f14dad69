import MLPLibrary
import MLPSyntax

/// The statements of a spec and of those merged over it, by keyword.
struct Statements {
  /// At most one a keyword and source, in the order of the sources.
  private(set) var single: [Keyword: [Statement]] = [:]
  private(set) var expectations: [Statement] = []
  private(set) var definitions: [String: Statement] = [:]
  /// Keywords of statements that are there but could not be read.
  private var broken: Set<Keyword> = []
  /// The end of the file's last statement.
  private(set) var end = Span(0, 0)

  func has(_ keyword: Keyword) -> Bool { single[keyword] != nil || broken.contains(keyword) }

  /// Whether it is certain that there is no such statement, or that it was read.
  func isSure(of keyword: Keyword) -> Bool { !broken.contains(keyword) }

  /// Names that a misspelt word may have meant; none where there are very many.
  private(set) var names: [String] = []

  /// Gathers statements and reports those that stand twice, and names that mean nothing.
  struct Collector {
    private(set) var statements = Statements()
    private(set) var diagnostics: [Diagnostic] = []
    /// What to say of names that are never used, where nothing else is wrong.
    private(set) var unused: [Diagnostic] = []
    private var hasLet = false
    private var lets: [Statement] = []
    private var doubtful: Set<Keyword> = []
    /// The diagnostic of lines that may go on with the network above.
    private var links: Int?
    private let specs: [Spec]
    /// The words of all statements' bodies.
    private lazy var words = Self.words(of: specs)

    init(_ specs: [Spec]) {
      self.specs = specs
      for spec in specs {
        statements.broken.formUnion(spec.brokenKeywords)
        for statement in spec.statements where statement.keyword == .let {
          hasLet = true
          define(statement)
        }
      }
      for spec in specs {
        let count = spec.statements.count { $0.keyword == .expect }
        statements.expectations.reserveCapacity(statements.expectations.count + count)
        for statement in spec.statements where statement.keyword != .let { add(statement) }
        if let last = spec.statements.last, last.span.source == 0 {
          statements.end = last.span.end
        }
      }
      for keyword in Keyword.allCases where doubtful.contains(keyword) {
        statements.distrust(keyword)
      }
      if lets.count <= 1000 { statements.names = statements.definitions.keys.sorted() }
      checkNames(specs)
    }

    /// Whether so much is wrong that more would not be shown.
    private var hasEnough: Bool { diagnostics.count > Diagnostic.limit }

    private mutating func add(_ statement: Statement) {
      if hasEnough { return }
      if let word = statement.strangeBeginning, statements.definitions[word.text] == nil {
        return addStrange(word, statement)
      }
      guard statement.keyword != .expect else { return statements.expectations.append(statement) }
      let earlier = statements.single[statement.keyword, default: []]
      if let twin = earlier.last, twin.span.source == statement.span.source {
        addTwin(statement, of: twin)
        return
      }
      statements.single[statement.keyword, default: []].append(statement)
    }

    /// A second statement of a kind that stands once. Layers on lines of their own are one mistake.
    private mutating func addTwin(_ statement: Statement, of twin: Statement) {
      let diagnostic = Diagnostic.statementTwice(statement, first: twin.keywordSpan ?? twin.span)
      guard statement.keywordSpan == nil else { return diagnostics.append(diagnostic) }
      // The line may go on with the network above.
      doubtful.insert(.net)
      if let first = links, diagnostics[first].span.source == statement.span.source {
        diagnostics[first].recur(diagnostic)
      } else {
        links = diagnostics.count
        diagnostics.append(diagnostic)
      }
    }

    /// A line whose first word begins no statement; whichever was meant is not missing.
    private mutating func addStrange(_ word: Name, _ statement: Statement) {
      var owner = Belonging.keyword(for: word.text)
      // What is merged over a spec has no statement above it that it could go on with.
      let isOverlay = word.span.source > 0
      if let keyword = owner?.keyword, isOverlay || isMissing(keyword) {
        owner?.mendByKeyword(word.text, ofWords: isOverlay)
      }
      diagnostics.append(.unknownStatement(word, meant: owner, within: statement.span))
      guard let owner else { return statements.broken.formUnion(Keyword.allCases) }
      doubtful.insert(owner.keyword)
    }

    private mutating func define(_ statement: Statement) {
      guard let name = statement.name, !hasEnough else { return }
      if statement.lacksLet, Belonging.isKnown(name.text), !words.contains(name.text) {
        return addStrange(name, statement)
      }
      if Catalogue.reservedWords.contains(name.text) {
        let scope = statement.lacksLet ? statement.span : nil
        diagnostics.append(.reservedName(name, within: scope))
        return
      }
      if let twin = statements.definitions[name.text], let first = twin.name,
        twin.span.source == statement.span.source
      {
        diagnostics.append(.nameTwice(name, first: first.span))
        return
      }
      lets.append(statement)
      statements.definitions[name.text] = statement
    }

    /// Whether no line has begun such a statement or was meant to.
    private func isMissing(_ keyword: Keyword) -> Bool {
      if doubtful.contains(keyword) || statements.broken.contains(keyword) { return false }
      return !specs.contains { spec in spec.statements.contains { $0.keyword == keyword } }
    }

    private static func words(of specs: [Spec]) -> Set<String> {
      var words: Set<String> = []
      for spec in specs {
        for statement in spec.statements { statement.body.addWords(to: &words) }
      }
      return words
    }

    private mutating func checkNames(_ specs: [Spec]) {
      var check = NameCheck(statements.definitions)
      check.isMissingDefinitions = specs.contains { $0.brokenKeywords.contains(.let) }
      if !hasLet, !check.isMissingDefinitions { return }
      for spec in specs {
        for statement in spec.statements where !check.accepts(statement) {
          statements.distrust(statement.keyword)
        }
      }
      diagnostics += check.diagnostics
      if specs.contains(where: { !$0.brokenKeywords.isEmpty }) { return }
      for statement in lets {
        guard let name = statement.name, !check.used.contains(name.text) else { continue }
        unused.append(.unusedName(name))
        if unused.count > Diagnostic.limit { break }
      }
    }
  }

  /// Leaves out what can't be judged after a mistake that was reported.
  private mutating func distrust(_ keyword: Keyword) {
    broken.insert(keyword)
    if keyword == .expect { expectations = [] }
    single[keyword] = nil
  }
}

extension Statement {
  /// The first word of a line without keyword and arrow that is no chain of layers either; the first
  /// text, where it holds a keyword.
  fileprivate var strangeBeginning: Name? {
    guard keywordSpan == nil, body.links.count == 1, let head = body.links[0].items.first
    else { return nil }
    switch head.kind {
    case .word(let word)
    where Catalogue.entry(word, in: .layer) == nil && Catalogue.entry(word, in: .loss) == nil:
      return Name(word, head.span)
    case .text(let text) where Keyword(rawValue: text) != nil: return Name(text, head.span)
    default: return nil
    }
  }

  /// Whether it is a definition whose `let` was left out and reported.
  fileprivate var lacksLet: Bool {
    guard name != nil, let keywordSpan else { return false }
    return keywordSpan.lower == keywordSpan.upper
  }
}

extension Chain {
  /// Adds the words of the chain, and of all groups and alternatives in it.
  fileprivate func addWords(to words: inout Set<String>) {
    for item in links.lazy.flatMap({ $0.items }) {
      switch item.kind {
      case .word(let word): words.insert(word)
      case .group(let chain, let times):
        chain.addWords(to: &words)
        if case .word(let word)? = times?.kind { words.insert(word) }
      case .alternatives(let chains):
        for chain in chains { chain.addWords(to: &words) }
      default: break
      }
    }
  }
}
