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
    let before = diagnostics.count
    let reading = read(items, schema, at: place)
    if diagnostics.count > before {
      explainAlternatives(in: before..<diagnostics.count, items, schema, expansion.choices)
    }
    return reading
  }

  /// Where a word is one of several alternatives, settings that only another one has stand within that one.
  private mutating func explainAlternatives(
    in range: Range<Int>, _ items: [Item], _ schema: Schema, _ choices: [Choice]
  ) {
    guard let category = schema.headCategory, let head = items.first,
      choices.contains(where: { $0.branches > 1 && $0.items.first?.kind == head.kind })
    else { return }
    for index in range where diagnostics[index].code == "E0303" && diagnostics[index].edits.isEmpty
    {
      let span = diagnostics[index].span
      guard case .word(let word)? = items.first(where: { $0.span == span })?.kind,
        let owner = Catalogue.entries(in: category).first(where: { $0.schema.setting(word) != nil })
      else { continue }
      diagnostics[index].help =
        "a setting of one alternative stands within it: '{\(owner.schema.word) \(word) … | …}'"
    }
  }

  mutating func data(_ reading: Reading) -> CheckedData? {
    guard let entry = reading.entries["source"],
      let source = make(entry) as? any DataSource
    else { return nil }
    let data = CheckedData(
      source: source, preparation: Preparation(entry.values), word: entry.schema.word,
      span: reading.span, reading: entry)
    if let problem = data.partitionProblem {
      diagnostics.append(.problem(problem, at: data.place(of: problem.setting)))
    }
    return data
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
  mutating func plainItems(of statement: Statement, _ expansion: inout Expansion) -> [Item]? {
    guard !statement.body.links.isEmpty else {
      diagnostics.append(.emptyStatement(statement.keyword, at: statement.span))
      return nil
    }
    return expansion.items(of: statement)
  }

  /// The items of an overlay behind those that it overrides. An overlay that begins with another word of the
  /// statement's category replaces them all.
  private static func merge(
    _ overlay: [Item], over items: [Item], headedBy category: Category?
  ) -> [Item] {
    guard let category, case .word(let head)? = overlay.first?.kind,
      let type = Catalogue.entry(head, in: category)
    else { return items + overlay }
    guard case .word(head)? = items.first?.kind else { return overlay }
    return items + named(overlay.dropFirst(), type.schema)
  }

  /// The settings with names before the values that stand without, so that they may follow others.
  private static func named(_ items: ArraySlice<Item>, _ schema: Schema) -> [Item] {
    let values = items.prefix { item in
      guard case .word(let word) = item.kind else { return true }
      return schema.setting(word) == nil
    }
    let settings = schema.unnamed(values.count)
    let named = zip(settings, values).flatMap { setting, value in
      [Item(.word(setting.name), value.span), value]
    }
    return named + items.dropFirst(settings.count)
  }

  mutating func read(_ items: [Item], _ schema: Schema, at span: Span) -> Reading? {
    var reader = SettingReader(items, names: statements.names)
    let reading = reader.read(schema, at: span)
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

  /// What `stop` and `keep` go by must be measured.
  mutating func checkMeasures(_ reading: Reading, data: CheckedData?) {
    guard let data, data.preparation.validation == .none else { return }
    let stop = reading.values.phrase("stop").flatMap { StopRule($0) }
    let help = "set one aside: 'data \(data.word) validation last 10%'"
    if let stop {
      guard stop.measure.set == "validation" else { return }
      diagnostics.append(
        .expectationWithoutSet("validation", at: reading.place(of: "stop"), help: help))
    } else if reading.values.word("keep") == "best" {
      diagnostics.append(
        .expectationWithoutSet("validation", at: reading.place(of: "keep"), help: help))
    }
  }
}

extension Schema {
  var hasRequiredSettings: Bool { settings.contains { $0.isRequired } }
}

extension Setting {
  var isRequired: Bool { if case .required = self.default { true } else { false } }
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
