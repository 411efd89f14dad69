import MLPLibrary
import MLPSyntax

extension Checker {
  /// The settings of a statement and of those merged over it; its defaults where there is none. Nil after a
  /// mistake, and where the statement is missing and can't be defaulted.
  mutating func reading(
    of keyword: Keyword, _ schema: Schema, _ expansion: inout Expansion
  ) -> Reading? {
    let given = statements.single[keyword, default: []]
    if given.isEmpty && (schema.hasRequiredSettings || statements.has(keyword)) { return nil }
    var items: [Item] = []
    for statement in given {
      guard let more = plainItems(of: statement, &expansion) else { return nil }
      items = Self.merge(more, over: items, headedBy: schema.headCategory)
    }
    let place = given.last.map { $0.keywordSpan ?? $0.span } ?? statements.end
    return read(items, schema, at: place)
  }

  /// One reading for each `expect`.
  mutating func expectations(
    _ expansion: inout Expansion, data: CheckedData?
  ) -> (checked: [Expectation], readings: [Reading]) {
    var checked: [Expectation] = []
    var readings: [Reading] = []
    for statement in statements.expectations {
      guard let items = plainItems(of: statement, &expansion),
        let reading = read(
          items, StatementSchemas.expect, at: statement.keywordSpan ?? statement.span)
      else { continue }
      let expectation = Expectation(reading.values, span: statement.span)
      report(expectation, data: data, at: reading.place(of: "set"))
      checked.append(expectation)
      readings.append(reading)
    }
    return (checked, readings)
  }

  mutating func data(_ reading: Reading) -> CheckedData? {
    guard let entry = reading.entries["source"],
      let source = make(entry) as? any DataSource
    else { return nil }
    return CheckedData(
      source: source, preparation: Preparation(entry.values), word: entry.schema.word,
      span: reading.span, reading: entry)
  }

  mutating func solver(_ reading: Reading) -> CheckedSolver? {
    guard let entry = reading.entries["method"], let solver = make(entry) as? any Solver
    else { return nil }
    return CheckedSolver(solver: solver, span: reading.span)
  }

  mutating func initialisation(_ reading: Reading) -> Initialisation? {
    attempt(at: reading) { () throws(Problem) in
      guard let weights = try reading.values.initialiser("initialiser") else { return nil }
      return Initialisation(weights: weights, biases: try reading.values.initialiser("biases"))
    }
  }

  // MARK: Steps

  /// The items of a statement whose body is one link.
  private mutating func plainItems(of statement: Statement, _ expansion: inout Expansion) -> [Item]?
  {
    guard !statement.body.links.isEmpty else {
      diagnostics.append(.emptyStatement(statement.keyword, at: statement.span))
      return nil
    }
    guard let links = expansion.links(of: statement.body) else { return nil }
    guard links.count == 1 else {
      diagnostics.append(.arrowOutsideNet(statement.keyword, at: statement.body.span))
      return nil
    }
    return links[0].items
  }

  /// The items of an overlay behind those that it overrides. An overlay that begins with another word of the
  /// statement's category replaces them all.
  private static func merge(
    _ overlay: [Item], over items: [Item], headedBy category: Category?
  ) -> [Item] {
    guard let category, case .word(let head)? = overlay.first?.kind,
      Catalogue.entry(head, in: category) != nil
    else { return items + overlay }
    guard case .word(head)? = items.first?.kind else { return overlay }
    return items + overlay.dropFirst()
  }

  mutating func read(_ items: [Item], _ schema: Schema, at span: Span) -> Reading? {
    var reader = SettingReader(items)
    let reading = reader.read(schema, subject: schema.word, at: span)
    diagnostics += reader.diagnostics
    return reading
  }

  /// The word's value, or the problem that its settings make together.
  mutating func make(_ reading: Reading) -> (any Entry)? {
    attempt(at: reading) { () throws(Problem) in
      guard let type = Catalogue.entry(of: reading.schema) else { return nil }
      return try type.init(reading.values)
    }
  }

  private mutating func attempt<T>(
    at reading: Reading, _ body: () throws(Problem) -> T?
  ) -> T? {
    do { return try body() } catch {
      diagnostics.append(.problem(error, at: reading.place(of: error.setting)))
      return nil
    }
  }

  private mutating func report(_ expectation: Expectation, data: CheckedData?, at span: Span) {
    guard let data, expectation.set == "validation", data.preparation.validation == .none
    else { return }
    diagnostics.append(
      .expectationWithoutSet(
        "validation", at: span, help: "set one aside: 'data \(data.word) validation last 10%'"))
  }
}

extension Schema {
  var hasRequiredSettings: Bool {
    settings.contains { if case .required = $0.default { true } else { false } }
  }

  /// The category of the word that the settings begin with.
  var headCategory: Category? {
    guard let first = positional.first, case .entry(let category, _)? = setting(first)?.kind
    else { return nil }
    return category
  }
}

extension Catalogue {
  /// The type whose schema it is, perhaps without some settings.
  static func entry(of schema: Schema) -> (any Entry.Type)? {
    for category in Category.allCases {
      if let type = entry(schema.word, in: category) { return type }
    }
    return nil
  }
}
