// Trees without their places, for comparing what two texts mean.

private let nowhere = Span(0, 0)

extension Spec {
  /// The same tree with all spans empty at 0; two texts that mean the same have equal ones.
  package func withoutSpans() -> Spec {
    var spec = self
    spec.statements = statements.map { $0.withoutSpans() }
    spec.trailingComments = trailingComments.map { $0.withoutSpan() }
    return spec
  }
}

extension Statement {
  package func withoutSpans() -> Statement {
    var statement = self
    statement.keywordSpan = keywordSpan.map { _ in nowhere }
    statement.name = name.map { Name($0.text, nowhere) }
    statement.body = body.withoutSpans()
    statement.span = nowhere
    statement.comments = comments.map { $0.withoutSpan() }
    statement.innerComments = innerComments.map { $0.withoutSpan() }
    statement.trailingComment = trailingComment?.withoutSpan()
    return statement
  }
}

extension Comment {
  /// Whether it trails is a matter of its place as well.
  fileprivate func withoutSpan() -> Comment {
    Comment(text: text, span: nowhere, followsBlankLine: followsBlankLine)
  }
}

extension Chain {
  package func withoutSpans() -> Chain {
    Chain(links.map { Link($0.items.map { $0.withoutSpans() }, nowhere) }, nowhere)
  }
}

extension Item {
  package func withoutSpans() -> Item { Item(kind.withoutSpans(), nowhere) }
}

extension Item.Kind {
  fileprivate func withoutSpans() -> Item.Kind {
    switch self {
    case .group(let chain, let times): .group(chain.withoutSpans(), times: times?.withoutSpans())
    case .alternatives(let chains): .alternatives(chains.map { $0.withoutSpans() })
    default: self
    }
  }
}
