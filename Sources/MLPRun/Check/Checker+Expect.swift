import MLPLibrary
import MLPSyntax

extension Checker {
  /// What is expected, of this combination or of another.
  mutating func expectations(
    _ expansion: inout Expansion, data: CheckedData?
  ) -> [Expectation] {
    var expectations: [Expectation] = []
    expectations.reserveCapacity(statements.expectations.count)
    for (index, statement) in statements.expectations.enumerated() {
      if diagnostics.count > Diagnostic.limit { break }
      guard let found = knownExpectation(index) ?? expectation(of: statement, &expansion)
      else { continue }
      check(found, data: data)
      expectations.append(found)
    }
    return expectations
  }

  /// What a statement says in every combination; nil where it has alternatives, and in the first combination.
  private func knownExpectation(_ index: Int) -> Expectation? {
    guard index < firstExpectations.count, !firstExpectations[index].isVaried else { return nil }
    return firstExpectations[index]
  }

  /// nil after a mistake.
  private mutating func expectation(
    of statement: Statement, _ expansion: inout Expansion
  ) -> Expectation? {
    let meetings = expansion.meetings
    guard let items = expectedItems(of: statement, &expansion),
      let reading = read(
        items, StatementSchemas.expect, at: statement.keywordSpan ?? statement.span),
      let claim = claim(of: reading)
    else { return nil }
    return Expectation(
      claim, reading, span: statement.span, isVaried: expansion.meetings > meetings)
  }

  /// The statement's items. Those of its condition stay as they are written: they name alternatives, also by the
  /// names of `let`, instead of standing for a branch.
  private mutating func expectedItems(
    of statement: Statement, _ expansion: inout Expansion
  ) -> [Item]? {
    guard statement.body.links.count == 1 else { return plainItems(of: statement, &expansion) }
    let items = statement.body.links[0].items
    let range = items.conditionRange
    guard !range.isEmpty else { return plainItems(of: statement, &expansion) }
    if range.upperBound == items.count, range.lowerBound > 0,
      expansion.takesAsWritten(items[..<range.lowerBound])
    {
      return items
    }
    let condition = items[range]
    let others = Array(items[..<range.lowerBound] + items[range.upperBound...])
    guard !others.isEmpty else { return Array(condition) }
    var rest = statement
    rest.body.links[0].items = others
    return plainItems(of: rest, &expansion).map { $0 + condition }
  }

  /// What the settings come to together; nil after a mistake.
  private mutating func claim(of reading: Reading) -> Expectation.Claim? {
    let values = reading.values
    if values["diverges"] != nil {
      return reportExcluded(by: "diverges", reading) ? nil : .divergence
    }
    if let bound = values.bound("at") {
      return reportExcluded(by: "at", reading) ? nil : score(values, .bound(bound))
    }
    for name in ["value", "within"] where values[name] == nil {
      guard let setting = reading.schema.setting(name) else { return nil }
      return fail(.missingSetting(setting, of: reading.schema, at: reading.span))
    }
    return score(values, .near(values.number("value"), within: values.number("within")))
  }

  /// Reports the first setting that has no effect beside another one.
  private mutating func reportExcluded(by name: String, _ reading: Reading) -> Bool {
    let excluded = Expectation.excluded.first { $0.beside == name }?.names ?? []
    guard let other = excluded.first(where: { reading.values[$0] != nil }) else { return false }
    diagnostics.append(.noEffectBeside(name, other, at: reading.place(of: other)))
    return true
  }

  private func score(_ values: Values, _ target: Expectation.Target) -> Expectation.Claim {
    .score(set: values.word("set"), measure: values.word("measure"), target)
  }

  private mutating func fail<T>(_ diagnostic: Diagnostic) -> T? {
    diagnostics.append(diagnostic)
    return nil
  }

  private mutating func check(_ expectation: Expectation, data: CheckedData?) {
    guard case .score(let set, let measure, let target) = expectation.claim else { return }
    let reading = expectation.reading
    if let data, set == "validation", data.preparation.validation == .none {
      diagnostics.append(
        .expectationWithoutSet(
          "validation", at: reading.place(of: "set"),
          help: "set one aside: 'data \(data.word) validation last 10%'"))
    }
    guard measure == "accuracy" else { return }
    checkAccuracy(expectation.reported ?? 0, "reported", reading)
    switch target {
    case .near(let value, _): checkAccuracy(value, "value", reading)
    case .bound(.least(let value)), .bound(.most(let value)): checkAccuracy(value, "at", reading)
    }
  }

  private mutating func checkAccuracy(_ value: Double, _ name: String, _ reading: Reading) {
    guard value > 1 else { return }
    diagnostics.append(.noAccuracy(value, name, at: reading.place(of: name)))
  }
}

extension [Item] {
  /// Where `when` and its condition stand among the items of an `expect`; empty at the end where there is none.
  var conditionRange: Range<Int> {
    guard let when = firstIndex(where: { $0.isWord("when") }) else { return count..<count }
    let end = self[(when + 1)...].firstIndex { $0.isName(in: StatementSchemas.expect) }
    return when..<(end ?? count)
  }
}

extension Item {
  fileprivate func isName(in schema: Schema) -> Bool {
    if case .word(let word) = kind { schema.setting(word) != nil } else { false }
  }
}
