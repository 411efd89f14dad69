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
  /// What may well be meant but mostly isn't: shown where nothing is wrong.
  var lints: [Diagnostic] = []
  /// What comes to nothing, in how many combinations.
  var idle: [(finding: Diagnostic, combinations: Int)] = []
  let statements: Statements
  let purpose: Purpose
  /// What is expected of the first combination, statement by statement; empty where one has a mistake.
  var firstExpectations: [Expectation] = []

  /// - Parameters:
  ///   - specs: the file's, then those of statements that are merged over it, in order.
  ///   - mistakes: whether the parser has found any: a name that seems unused may be used there.
  package static func check(
    _ specs: [Spec], for purpose: Purpose = .check, after mistakes: Bool = false
  ) -> (checked: CheckedSpec?, diagnostics: [Diagnostic]) {
    let collected = Statements.Collector(specs)
    var checker = Checker(
      diagnostics: collected.diagnostics, statements: collected.statements, purpose: purpose)
    let checked = checker.experiments().flatMap { checker.settled($0) }
    if checker.diagnostics.isEmpty {
      checker.diagnostics = mistakes ? [] : collected.unused + checker.lints
    }
    let diagnostics = Diagnostic.limited(checker.diagnostics)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    return (isFaulty ? nil : checked, diagnostics)
  }

  /// One experiment a combination of alternatives, each with every expectation; nil after a mistake.
  private mutating func experiments() -> [Experiment]? {
    reportMissingStatements()
    var experiments: [Experiment] = []
    var size = Size()
    var prescribed: [Span: Int]? = [:]
    var origins: [Span: Origin] = [:]
    while let choices = prescribed {
      var expansion = Expansion(definitions: statements.definitions, prescribed: choices)
      let experiment = experiment(&expansion)
      diagnostics += expansion.diagnostics
      if !diagnostics.isEmpty { origins.merge(expansion.origins) { $1 } }
      prescribed = expansion.next
      size.add(expansion)
      if let experiment {
        experiments.append(experiment)
        let isWhole = experiment.expectations.count == statements.expectations.count
        if experiments.count == 1, isWhole { firstExpectations = experiment.expectations }
      }
      // A mistake in the first combination is likely in all.
      if experiments.isEmpty || diagnostics.count > Diagnostic.limit { break }
      let widest = expansion.choices.first { $0.branches > Limits.combinations }
      if size.isTooLarge(hasMore: prescribed != nil) || widest != nil,
        let choice = widest ?? expansion.choices.first
      {
        diagnostics.append(.tooManyCombinations(at: choice.span))
        break
      }
    }
    diagnostics = Diagnostic.atDefinitions(diagnostics, origins)
    return diagnostics.isEmpty && !experiments.isEmpty ? experiments : nil
  }

  /// How much all combinations come to.
  private struct Size {
    private var combinations = 0
    private var layers = 0
    private var items = 0

    mutating func add(_ expansion: Expansion) {
      combinations += 1
      layers += expansion.layers
      items += expansion.items
    }

    /// - Parameter hasMore: whether there are combinations that were not added.
    func isTooLarge(hasMore: Bool) -> Bool {
      hasMore && combinations >= Limits.combinations || layers > Limits.layers
        || items > Limits.items
    }
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
    if let trainReading { checkMeasures(trainReading, data: checkedData) }
    guard let net = checkedNet, let initialisation = checkedInit, let trainReading
    else { return nil }
    let text = ExplicitText.text(
      net: net.explicit,
      statements: [initReading, dataReading, solverReading, trainReading].compactMap { $0 })
    let experiment = Experiment(
      choices: expansion.choices.inOrderOfText, net: net.checked, initialisation: initialisation,
      data: checkedData,
      solver: checkedSolver,
      training: Training(trainReading.values, repeatSpan: trainReading.place(of: "repeat")),
      expectations: expected,
      explicitStatements: text)
    let places = Lint.Places(
      weights: initReading?.place(of: "initialiser"),
      rate: solverReading?.entries["method"]?.place(of: "lr"), batch: trainReading.spans["batch"])
    lints += Lint(experiment, places, combination: expansion.combination).findings
    note(
      IdleSettings(
        experiment: experiment, initialisation: initReading, solver: solverReading,
        training: trainReading))
    return experiment
  }

  // MARK: What is missing

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
}
