import MLPLibrary
import MLPSyntax

/// The statements of a spec and of those merged over it, by keyword.
struct Statements {
  /// At most one a keyword and source, in the order of the sources.
  private(set) var single: [Keyword: [Statement]] = [:]
  private(set) var expectations: [Statement] = []
  private(set) var lets: [Statement] = []
  private(set) var definitions: [String: Statement] = [:]
  /// Keywords of statements that the parser could not read.
  private var broken: Set<Keyword> = []
  /// The end of the file.
  private(set) var end = Span(0, 0)

  func has(_ keyword: Keyword) -> Bool { single[keyword] != nil || broken.contains(keyword) }

  /// Gathers statements and reports those that stand twice.
  struct Collector {
    private(set) var statements = Statements()
    private(set) var diagnostics: [Diagnostic] = []

    mutating func add(_ spec: Spec) {
      statements.broken.formUnion(spec.brokenKeywords)
      for statement in spec.statements { add(statement) }
      if let last = spec.statements.last, last.span.source == 0 { statements.end = last.span.end }
    }

    private mutating func add(_ statement: Statement) {
      switch statement.keyword {
      case .let: define(statement)
      case .expect: statements.expectations.append(statement)
      default: addSingle(statement)
      }
    }

    private mutating func addSingle(_ statement: Statement) {
      let earlier = statements.single[statement.keyword, default: []]
      if let twin = earlier.first(where: { $0.span.source == statement.span.source }) {
        let place = statement.keywordSpan ?? statement.span
        diagnostics.append(
          .statementTwice(statement.keyword, at: place, first: twin.keywordSpan ?? twin.span))
        return
      }
      statements.single[statement.keyword, default: []].append(statement)
    }

    private mutating func define(_ statement: Statement) {
      guard let name = statement.name else { return }
      if Catalogue.reservedWords.contains(name.text) {
        diagnostics.append(.reservedName(name))
        return
      }
      if let twin = statements.definitions[name.text] {
        if twin.span.source == statement.span.source, let first = twin.name {
          diagnostics.append(.nameTwice(name, first: first.span))
          return
        }
        statements.lets.removeAll { $0.name?.text == name.text }
      }
      statements.lets.append(statement)
      statements.definitions[name.text] = statement
    }
  }
}
