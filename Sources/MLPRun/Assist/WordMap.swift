import MLPSyntax

/// The tokens of a text, each with what it means where it stands. The text may be faulty.
package struct WordMap: Sendable {
  package let tokens: [Token]
  /// One a token.
  package let roles: [TokenRole]
  package let comments: [Comment]

  package init(_ source: Source) {
    let lexed = Lexer.tokens(of: source)
    tokens = lexed.tokens
    comments = lexed.comments
    var reader = RoleReader(tokens)
    var roles: [TokenRole] = []
    roles.reserveCapacity(tokens.count)
    for index in tokens.indices {
      roles.append(reader.read(tokens[index], following: tokens[(index + 1)...]))
    }
    self.roles = roles
  }

  /// The token around or right before an offset; a word rather than the sign beside it.
  package func index(at offset: Int) -> Int? {
    let touching = tokens.indices.filter { index in
      let span = tokens[index].span
      return span.lower <= offset && offset <= span.upper && span.lower < span.upper
    }
    return touching.first { if case .other = roles[$0] { false } else { true } } ?? touching.last
  }

  /// The name that a `let` gives or that stands for its value, at an offset.
  package func name(at offset: Int) -> (text: String, span: Span)? {
    guard let index = index(at: offset) else { return nil }
    switch roles[index] {
    case .definition(let name), .use(let name): return (name, tokens[index].span)
    default: return nil
    }
  }

  /// Where the `let` gives the name that stands at an offset.
  package func definition(at offset: Int) -> Span? {
    name(at: offset).flatMap { definition(of: $0.text) }
  }

  package func definition(of name: String) -> Span? {
    let index = roles.firstIndex { if case .definition(name) = $0 { true } else { false } }
    return index.map { tokens[$0].span }
  }

  /// Everywhere that a name stands, its definition too, in order.
  package func places(of name: String) -> [Span] {
    tokens.indices.compactMap { index in
      switch roles[index] {
      case .definition(name), .use(name): tokens[index].span
      default: nil
      }
    }
  }
}
