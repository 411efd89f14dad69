import MLPSyntax

/// What a statement takes the place of: there is one of each in a spec.
enum StatementRole: Hashable {
  case keyword(Keyword)
  case definition(String)
  /// `expect test accuracy` is another one than `expect train loss`, and each condition has its own.
  case expectation(String)

  init(_ statement: Statement) {
    switch statement.keyword {
    case .let: self = .definition(statement.name?.text ?? "")
    case .expect:
      let words = statement.body.links.first?.items.map { Printer.text(of: $0) } ?? []
      let condition = words.firstIndex(of: "when").map { words[$0...] } ?? []
      self = .expectation((words.prefix(2) + condition).joined(separator: " "))
    default: self = .keyword(statement.keyword)
    }
  }

  /// Definitions first, then the order in which specs are written.
  fileprivate var rank: Int {
    switch self {
    case .definition: 0
    case .keyword(let keyword): 1 + (Keyword.allCases.firstIndex(of: keyword) ?? 0)
    case .expectation: 100
    }
  }
}

extension ReplSpec {
  /// The tree without the statements whose place those of `typed` take.
  func without(_ typed: Spec) -> Spec {
    let roles = Set(typed.statements.map { StatementRole($0) })
    var rest = spec
    rest.statements.removeAll { roles.contains(StatementRole($0)) }
    return rest
  }

  /// The spec with each statement of `typed` in its place.
  func replacing(with typed: Spec) -> ReplSpec {
    var merged = spec
    for statement in typed.statements { merged.put(statement) }
    return ReplSpec(text: Printer.print(merged), path: path)
  }

  /// The spec without a statement or a name; nil where it has none such.
  func dropping(_ word: String) -> ReplSpec? {
    var rest = spec
    rest.statements.removeAll { statement in
      if let name = statement.name { return name.text == word }
      return statement.keyword.rawValue == word
    }
    guard rest.statements.count < spec.statements.count else { return nil }
    return ReplSpec(text: Printer.print(rest), path: path)
  }
}

extension Spec {
  /// Puts a statement in the place of the one with its role, whose comments stay above it; else behind those
  /// that come before it in a spec.
  fileprivate mutating func put(_ statement: Statement) {
    var statement = statement
    let role = StatementRole(statement)
    if statement.keyword == .net, statement.keywordSpan == nil {
      statement.keywordSpan = statement.span.start
    }
    guard let index = statements.firstIndex(where: { StatementRole($0) == role }) else {
      let after = statements.lastIndex { StatementRole($0).rank <= role.rank }
      statement.followsBlankLine = false
      return statements.insert(statement, at: after.map { $0 + 1 } ?? 0)
    }
    statement.comments = statements[index].comments + statement.comments
    statement.followsBlankLine = statements[index].followsBlankLine
    statements[index] = statement
  }
}
