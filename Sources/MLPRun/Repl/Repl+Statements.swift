import MLPLibrary
import MLPSyntax

// What is typed without a colon: statements, each of which takes its predecessor's place.
extension Repl {
  /// Takes statements, or says what is wrong with them.
  ///
  /// A statement with a mistake of its own is refused. One that is right by itself is taken also where it doesn't
  /// go together with the others, for they may be about to change, too.
  mutating func take(_ input: Source) {
    let parsed = ForeignText.parse(input, index: 1)
    let sources = [spec.source, input]
    guard !parsed.spec.statements.isEmpty || !parsed.diagnostics.isEmpty else { return }
    let own = Diagnostic.joined(parsed.diagnostics, faults(within: parsed.spec))
    guard !own.contains(where: { $0.severity == .error }) else { return fail(own, sources) }
    let together = ReplSpec.check([spec.without(parsed.spec), parsed.spec])
    let lost = spec.expectationsLost(to: parsed.spec)
    advance(
      to: spec.replacing(with: parsed.spec), by: parsed.spec.statements,
      saying: Diagnostic.joined(parsed.diagnostics, together.diagnostics), sources)
    for line in lost { note("it takes the place of '\(line)'") }
  }

  /// Makes `next` the present spec and says what it describes.
  ///
  /// - Parameters:
  ///   - statements: what has changed.
  ///   - diagnostics: what there is to say of them beside the others.
  mutating func advance(
    to next: ReplSpec, by statements: [Statement], saying diagnostics: [Diagnostic],
    _ sources: [Source]
  ) {
    let isChange = next.text != spec.text
    if isChange { timeline.advance(to: next) }
    fail(diagnostics, sources)
    guard next.checked != nil else {
      let isSaid = diagnostics.contains { $0.severity == .error }
      if !isSaid { fail(next.diagnostics, [next.source]) }
      return note("taken, but the spec's parts don't go together yet; ':undo' takes it back")
    }
    answer(to: statements, isChange: isChange)
  }

  /// The mistakes that statements have whatever the others say.
  private func faults(within typed: Spec) -> [Diagnostic] {
    var names = spec.without(typed)
    names.statements.removeAll { $0.keyword != .let }
    return ReplSpec.check([names, typed]).diagnostics.filter { diagnostic in
      diagnostic.span.source == 1 && !Self.decidedTogether.contains(diagnostic.code)
    }
  }

  /// What only the whole spec can tell: that a statement is missing, that a size is said nowhere.
  private static let decidedTogether: Set<String> = ["E0315", "E0317"]

  private func answer(to statements: [Statement], isChange: Bool) {
    guard isChange else { return say("as before") }
    guard let experiments = spec.checked?.experiments else { return }
    let keywords = Set(statements.map { $0.keyword })
    // Names may stand anywhere.
    let shows = !keywords.isDisjoint(with: [.net, .data, .let])
    view.show(shows ? SpecTable.text(experiments) : settings(keywords, experiments))
    let unused = statements.compactMap { $0.name?.text }
      .filter { name in spec.unused.contains { $0.text == name } }
    for name in unused { note("nothing uses '\(name)' yet") }
    sayWhichWeights(experiments)
  }

  /// The statements as they are understood, with their defaults.
  private func settings(_ keywords: Set<Keyword>, _ experiments: [Experiment]) -> String {
    if experiments.count > 1 { return SpecTable.text(experiments) }
    return keywords.sorted { $0.rawValue < $1.rawValue }.map { keyword in
      let name = keyword.rawValue
      let head = "  " + name + String(repeating: " ", count: max(1, 8 - name.count))
      // One for each `expect`.
      return experiments[0].lines(name).map { line in
        let lines = line.wrapped(to: max(20, view.columns - 10))
        return head + lines.joined(separator: "\n" + String(repeating: " ", count: 10)) + "\n"
      }.joined()
    }.joined()
  }

  /// Where training would go on from, if anything was trained at all.
  func sayWhichWeights(_ experiments: [Experiment]) {
    guard !trials.all.isEmpty, experiments.count == 1 else { return }
    guard let index = trials.index(ReplTrial.Key(experiments[0], among: experiments)),
      !trials[index].records.isEmpty || trials[index].training?.isWithinEpoch == true
    else { return say("  untrained") }
    let trial = trials[index]
    guard !trial.wasLetGo else {
      return say("  untrained: the weights of #\(trial.number) were let go of")
    }
    let count = trial.records.count
    let epochs = count == 1 ? "1 epoch" : "\(count) epochs"
    say("  #\(trial.number), trained for \(epochs): ':train' goes on from there")
  }
}
