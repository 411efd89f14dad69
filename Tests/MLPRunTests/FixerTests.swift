import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("Fixing what can be fixed by itself")
struct FixerTests {
  private func fixed(_ text: String, with overlays: [String] = []) -> Fixer.Outcome {
    let sources =
      [Source(name: "spec", text: text)] + overlays.map { Source(name: "--with", text: $0) }
    return Fixer.fix(Session(sources, in: MemoryWorld()))
  }

  private func text(_ outcome: Fixer.Outcome) -> String {
    String(decoding: outcome.session.sources[0].bytes, as: UTF8.self)
  }

  private func errors(_ diagnostics: [Diagnostic]) -> Int {
    diagnostics.count { $0.severity == .error }
  }

  @Test func makesEveryEditThatIsOffered() {
    let found = fixed("dense 784 10 -> softmax_ce\nsolver sgd learning_rate 0.1 momentun 0.9\n")
    #expect(text(found) == "fc 784 10 -> softmax_ce\nsolver sgd lr 0.1 momentum 0.9\n")
    #expect(found.checked != nil)
    #expect(found.diagnostics.isEmpty)
    #expect(
      found.changes.map { "\($0)" } == [
        "1:1: 'dense' → 'fc' (E0301)", "2:12: 'learning_rate' → 'lr' (E0303)",
        "2:30: 'momentun' → 'momentum' (E0303)",
      ])
  }

  @Test func goesOnWithWhatComesToLight() {
    let found = fixed("fc 784 10 → softmax_ce\nsolver sgd lr = 0.1, momentun: 0.9\n")
    #expect(
      Printer.canonical(found.session.sources[0]).text
        == "fc 784 10 -> softmax_ce\nsolver  sgd lr 0.1 momentum 0.9\n")
    #expect(found.checked != nil)
  }

  @Test func leavesWhatNobodyCanKnow() {
    let spec = "fc 784 10 -> softmax_ce\nsolver sgd lr 0.1 zzzzz 3\n"
    let found = fixed(spec)
    #expect(text(found) == spec)
    #expect(found.changes == [])
    #expect(errors(found.diagnostics) == 1)
  }

  @Test func leavesMergedStatementsAlone() {
    let found = fixed("fc 784 10 -> softmax_ce\n", with: ["train epohcs 3"])
    #expect(found.changes == [])
    #expect(errors(found.diagnostics) == 1)
  }

  /// Specs whose edits bring as many mistakes to light as they mend.
  private static let unveiling = ["const", "json_keyword", "size_with_capital"]

  @Test func mendsSomethingWhereItEdits() {
    for spec in AnnotatedSpec.all(below: "specs/language") where !spec.isValid {
      let isUnveiling = Self.unveiling.contains { spec.path.hasSuffix("/\($0).mlp") }
      guard !spec.path.contains("/limit/"), spec.overlays.isEmpty, !isUnveiling else { continue }
      let session = Session([Source(name: spec.path, text: spec.text)], in: MemoryWorld())
      let before = errors(session.check().diagnostics)
      let found = Fixer.fix(session)
      // A text in another language is one mistake, whatever is wrong in it.
      if found.changes.isEmpty || found.changes.contains(where: { $0.code == "E0337" }) { continue }
      #expect(errors(found.diagnostics) < before, "\(spec): \(text(found))")
    }
  }

  /// Over all faulty specs there are.
  @Test func neverMakesASpecWorse() {
    for spec in AnnotatedSpec.all(below: "specs/language") where !spec.isValid {
      guard !spec.path.contains("/limit/") else { continue }
      let session = Session([Source(name: spec.path, text: spec.text)], in: MemoryWorld())
      let before = session.check().diagnostics
      let found = Fixer.fix(session)
      #expect(errors(found.diagnostics) <= errors(before), "\(spec)")
      #expect(found.changes.isEmpty == (text(found) == spec.text), "\(spec)")
      let again = Fixer.fix(found.session)
      if found.changes.count < 10 { #expect(again.changes == [], "\(spec)") }
    }
  }
}
