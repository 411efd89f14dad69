import MLPLibrary
import MLPSyntax
import MLPTensor

/// Turns the tree into a `CheckedSpec`, or says everything that stands in the way.
///
/// It never looks at the data: `mlpc check` answers in milliseconds.
package struct Checker {
  /// What the spec is checked for.
  package enum Purpose: Sendable {
    /// That what is there fits together.
    case check
    /// That nothing is missing to train and evaluate.
    case run
  }

  var diagnostics: [Diagnostic] = []
  let statements: Statements
  let purpose: Purpose

  /// - Parameter specs: the file's, then those of statements that are merged over it, in order.
  package static func check(
    _ specs: [Spec], for purpose: Purpose = .check
  ) -> (checked: CheckedSpec?, diagnostics: [Diagnostic]) {
    var collected = Statements.Collector()
    for spec in specs { collected.add(spec) }
    var checker = Checker(
      diagnostics: collected.diagnostics, statements: collected.statements, purpose: purpose)
    let experiments = checker.experiments()
    let diagnostics = Diagnostic.sorted(checker.diagnostics)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    return (isFaulty ? nil : experiments.map { CheckedSpec(experiments: $0) }, diagnostics)
  }

  /// One experiment a combination of alternatives; nil after a mistake.
  private mutating func experiments() -> [Experiment]? {
    reportMissingStatements()
    var experiments: [Experiment] = []
    var prescribed: [Span: Int]? = [:]
    var used: Set<String> = []
    while let choices = prescribed {
      var expansion = Expansion(definitions: statements.definitions, prescribed: choices)
      let experiment = experiment(&expansion)
      diagnostics += expansion.diagnostics
      used.formUnion(expansion.usedNames)
      prescribed = expansion.next
      guard let experiment else {
        if !diagnostics.isEmpty, prescribed == nil || experiments.isEmpty { break }
        continue
      }
      experiments.append(experiment)
      if experiments.count > Limits.combinations {
        diagnostics.append(.tooManyCombinations(at: expansion.choices[0].span))
        break
      }
    }
    if diagnostics.isEmpty { reportUnusedNames(used) }
    return diagnostics.isEmpty ? experiments : nil
  }

  private mutating func experiment(_ expansion: inout Expansion) -> Experiment? {
    let dataReading = reading(of: .data, StatementSchemas.data, &expansion)
    let solverReading = reading(of: .solver, StatementSchemas.solver, &expansion)
    let initReading = reading(of: .`init`, StatementSchemas.`init`, &expansion)
    let trainReading = reading(of: .train, StatementSchemas.train, &expansion)
    let checkedData = dataReading.flatMap { self.data($0) }
    let checkedSolver = solverReading.flatMap { self.solver($0) }
    let checkedInit = initReading.flatMap { self.initialisation($0) }
    let expected = expectations(&expansion, data: checkedData)
    let checkedNet = net(&expansion, data: checkedData)
    guard let net = checkedNet, let initialisation = checkedInit, let trainReading
    else { return nil }
    let text = ExplicitText.text(
      net: net.explicit,
      statements: [initReading, dataReading, solverReading, trainReading].compactMap { $0 }
        + expected.readings)
    return Experiment(
      choices: expansion.choices, net: net.checked, initialisation: initialisation,
      data: checkedData,
      solver: checkedSolver,
      training: Training(trainReading.values, repeatSpan: trainReading.place(of: "repeat")),
      expectations: expected.checked,
      explicitText: text)
  }

  // MARK: What is missing or unused

  private mutating func reportMissingStatements() {
    let needed: [(Keyword, String)] =
      purpose == .check
      ? [(.net, "net fc 784 10 -> softmax_ce")]
      : [
        (.net, "net fc 784 10 -> softmax_ce"), (.data, "data mnist else digits"),
        (.solver, "solver sgd lr 0.1"),
      ]
    for (keyword, example) in needed where !statements.has(keyword) {
      diagnostics.append(
        .missingStatement(keyword.rawValue, example: example, at: statements.end))
    }
  }

  private mutating func reportUnusedNames(_ used: Set<String>) {
    for statement in statements.lets {
      guard let name = statement.name, !used.contains(name.text) else { continue }
      diagnostics.append(.unusedName(name))
    }
  }
}
