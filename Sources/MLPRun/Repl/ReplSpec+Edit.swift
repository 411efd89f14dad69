import MLPSyntax

extension ReplSpec {
  /// The tree without the statements whose place those of `typed` take.
  func without(_ typed: Spec) -> Spec {
    let roles = Set(typed.statements.map { StatementRole($0) })
    var rest = spec
    rest.statements.removeAll { roles.contains(StatementRole($0)) }
    return rest
  }

  /// The spec with each statement of `typed` in its place. What is expected takes the place of what was expected
  /// before, not of what is typed beside it.
  func replacing(with typed: Spec) -> ReplSpec {
    var merged = spec
    var placed: Set<StatementRole> = []
    for statement in typed.statements {
      let role = StatementRole(statement)
      if role.mayRepeat && !placed.insert(role).inserted {
        merged.add(statement)
      } else {
        merged.put(statement)
      }
    }
    return ReplSpec(text: Printer.print(merged), path: path)
  }

  /// The expectations whose place others take that say something else, as their text.
  func expectationsLost(to typed: Spec) -> [String] {
    let roles = Set(typed.statements.map { StatementRole($0) })
    let kept = Set(typed.statements.map { $0.line })
    return spec.statements.filter { statement in
      let role = StatementRole(statement)
      return role.mayRepeat && roles.contains(role) && !kept.contains(statement.line)
    }.map { $0.line }
  }

  /// The spec without the statements of a keyword, those of `expect` that begin with some words, or a name; nil where
  /// it has none such.
  func dropping(_ text: String) -> ReplSpec? {
    let words = text.split { $0.isWhitespace }
    var rest = spec
    rest.statements.removeAll { statement in
      if let name = statement.name { return name.text == text }
      guard statement.keyword == .expect else { return statement.keyword.rawValue == text }
      return statement.line.split(separator: " ").starts(with: words)
    }
    guard rest.statements.count < spec.statements.count else { return nil }
    return ReplSpec(text: Printer.print(rest), path: path)
  }
}

extension Statement {
  /// Keyword and body on one line.
  fileprivate var line: String { keyword.rawValue + " " + Printer.text(of: body) }
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
      return add(statement)
    }
    let others = statements[(index + 1)...].filter { StatementRole($0) != role }
    statements.replaceSubrange((index + 1)..., with: others)
    statement.comments = statements[index].comments + statement.comments
    statement.followsBlankLine = statements[index].followsBlankLine
    statements[index] = statement
  }
  /// Adds a statement behind those that come before it in a spec.
  fileprivate mutating func add(_ statement: Statement) {
    var statement = statement
    let rank = StatementRole(statement).rank
    let after = statements.lastIndex { StatementRole($0).rank <= rank }
    statement.followsBlankLine = false
    statements.insert(statement, at: after.map { $0 + 1 } ?? 0)
  }
}
