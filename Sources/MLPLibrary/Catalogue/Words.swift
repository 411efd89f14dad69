extension Catalogue {
  /// The schemas of the statements that have one.
  package static let statements: [Schema] = [
    StatementSchemas.`init`, StatementSchemas.data, StatementSchemas.solver, StatementSchemas.train,
    StatementSchemas.expect,
  ]

  /// Every schema: statements first, then the words by category, each in alphabetical order.
  package static let schemas: [Schema] =
    statements
    + Category.allCases.flatMap { category in entries(in: category).map { $0.schema } }

  /// Every word that means something somewhere, so that no `let` may take it.
  package static let reservedWords: Set<String> = {
    var words: Set<String> = ["net", "let", "yes", "no", "last", "none"]
    for schema in schemas {
      words.insert(schema.word)
      for setting in schema.settings { words.formUnion([setting.name] + setting.kind.plainWords) }
    }
    return words
  }()
}

extension Setting.Kind {
  /// The words, not of the catalogue, that may be the setting's value.
  package var plainWords: [String] {
    switch self {
    case .choice(let words): words
    case .integerOrWord(_, let words): words
    case .entry(_, let words): words
    case .flag: ["yes", "no"]
    case .phrase(let phrases): phrases.flatMap { $0.words }
    case .bound: ["least", "most"]
    default: []
    }
  }
}
