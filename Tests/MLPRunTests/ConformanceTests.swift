import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// The programs in specs/language define the language: what each resolves to, or what is wrong with it.
@Suite struct ConformanceTests {
  static let specs = AnnotatedSpec.all(below: "specs/language")

  @Test(arguments: specs)
  func specMeansWhatItSays(_ spec: AnnotatedSpec) {
    Conformance(spec).check()
  }

  @Test func thereAreManySpecs() {
    #expect(Self.specs.count >= 150)
    #expect(Self.specs.filter { !$0.isValid }.count >= 100)
  }

  /// The edits that mistakes offer are real mends: each one makes its own mistake go away.
  @Test(arguments: specs.filter { !$0.errors.isEmpty && $0.overlays.isEmpty })
  func editsMend(_ spec: AnnotatedSpec) {
    for diagnostic in diagnostics(of: Array(spec.text.utf8)) {
      guard !diagnostic.edits.isEmpty else { continue }
      let mended = Array(spec.text.utf8).applying(diagnostic.edits)
      let rest = diagnostics(of: mended)
      let isGone = !rest.contains {
        $0.code == diagnostic.code && $0.message == diagnostic.message
          && $0.span.lower == diagnostic.span.lower
      }
      #expect(isGone, "\(diagnostic.code): \(String(decoding: mended, as: UTF8.self))")
    }
  }

  /// Edits that write a number in another way, so that its digits are others.
  private static let recasts: Set<String> = [
    "data/portion_of_fraction",
    "expect/percent",
    "habit/divided_by_255",
    "habit/init_zero",
    "habit/normal_as_a_call",
    "habit/normal_with_mean",
    "habit/power",
    "habit/product",
    "habit/quotient",
    "habit/scale_255",
    "habit/scale_by_quotient",
    "habit/share_as_fraction",
    "habit/thousand",
    "habit/uniform_from_to",
    "init/number_for_biases",
    "number/letters",
    "number/separators",
    "value/percent_for_number",
    "value/whole_number_with_exponent",
    "value/whole_number_with_point",
  ]

  /// An edit never drops a number of the user's. A text in another language is written anew as a whole, with its
  /// comments.
  @Test(arguments: specs.filter { !$0.errors.isEmpty && $0.overlays.isEmpty })
  func editsKeepNumbers(_ spec: AnnotatedSpec) {
    let text = Array(spec.text.utf8)
    var dropped: [String] = []
    for diagnostic in diagnostics(of: text)
    where diagnostic.severity == .error && diagnostic.code != "E0337" {
      var inserted = diagnostic.edits.flatMap { Self.numbers(in: $0.replacement) }
      for number in diagnostic.edits.flatMap({
        Self.numbers(in: String(decoding: text[$0.span.lower..<$0.span.upper], as: UTF8.self))
      }) {
        guard let place = inserted.firstIndex(of: number) else {
          dropped.append(number)
          continue
        }
        inserted.remove(at: place)
      }
    }
    let isRecast = Self.recasts.contains(
      String(spec.path.dropFirst("specs/language/".count).dropLast(".mlp".count)))
    #expect(dropped.isEmpty != isRecast, "dropped: \(dropped)")
  }

  /// Runs of digits that are no part of a word.
  private static func numbers(in text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.flatMap { part -> [String] in
      guard part.first?.isNumber == true else { return [] }
      return part.split { !$0.isNumber }.map { String($0) }
    }
  }

  private func diagnostics(of text: [UInt8]) -> [Diagnostic] {
    Session([Source(name: "spec", bytes: text)], in: MemoryWorld()).check().diagnostics
  }

  /// What a terminal shows, once for each code that a stored spec causes.
  ///
  /// With RECORD_SNAPSHOTS=1 the file is rewritten, and the test fails all the same.
  @Test func renderedTextIsKnown() throws {
    var shown: [String: String] = [:]
    for spec in Self.specs where spec.overlays.isEmpty {
      let source = Source(name: spec.path, text: spec.text)
      for diagnostic in Session([source], in: MemoryWorld()).check().diagnostics
      where shown[diagnostic.code] == nil {
        shown[diagnostic.code] = Renderer.render([diagnostic], sources: [source], colour: false)
      }
    }
    let expected = shown.sorted { $0.key < $1.key }.map { $0.value }.joined(separator: "\n")
    let path = "specs/language/diagnostics.txt"
    let isCurrent = Repository.text(of: path) == expected
    if !isCurrent, ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(expected.utf8).write(to: Repository.root.appendingPathComponent(path))
    }
    #expect(isCurrent, "\(path) is stale: run with RECORD_SNAPSHOTS=1 and look at the change")
  }

  /// Codes that no stored spec can cause, and why.
  private static let exempt: [String: String] = [
    "E0101": "a larger file than should be stored: HostileInputTests",
    "E0102": "no text: HostileInputTests",
    "E0103": "more mistakes than should be stored: HostileInputTests",
    "E0223": "deeper than should be stored: HostileInputTests",
    "E0335": "deeper than should be stored: HostileInputTests",
  ]

  @Test func everyCodeIsCovered() {
    let covered = Set(Self.specs.flatMap { $0.errors.map { $0.code } })
    let known = DiagnosticCodes.all.map { $0.code }.filter {
      !$0.hasPrefix("E04") && !$0.hasPrefix("E05")
    }
    for code in known where Self.exempt[code] == nil {
      #expect(covered.contains(code), "no spec in specs/language causes \(code)")
    }
    for code in covered {
      #expect(known.contains(code), "DiagnosticCodes doesn't explain \(code)")
      #expect(Self.exempt[code] == nil, "\(code) is not exempt any more")
    }
  }
}

extension [UInt8] {
  fileprivate func applying(_ edits: [Diagnostic.Edit]) -> [UInt8] {
    edits.reversed().reduce(self) { text, edit in
      text[..<edit.span.lower] + Array(edit.replacement.utf8) + text[edit.span.upper...]
    }
  }
}

/// Holds a spec's annotations against what the checker says.
struct Conformance {
  private let spec: AnnotatedSpec
  private let sources: [Source]

  init(_ spec: AnnotatedSpec) {
    self.spec = spec
    sources =
      [Source(name: spec.path, text: spec.text)]
      + spec.overlays.map { Source(name: "--with", text: $0) }
  }

  /// - Parameter isExample: whether the spec explains itself, so that it needs no annotation.
  func check(isExample: Bool = false) {
    #expect(spec.faults.isEmpty)
    let (checked, diagnostics) = Session(sources, in: MemoryWorld()).check()
    #expect((checked == nil) == !spec.isValid, "\(rendered(diagnostics))")
    match(diagnostics)
    guard let checked else { return }
    match(checked, isExample: isExample)
    let isAnnotated =
      !spec.resolves.isEmpty || spec.combinations != nil || spec.parameters != nil
      || !spec.errors.isEmpty
    #expect(isAnnotated || isExample, "nothing is said about this spec")
  }

  private func rendered(_ diagnostics: [Diagnostic]) -> String {
    Renderer.render(diagnostics, sources: sources, colour: false)
  }

  // MARK: Faulty

  private func match(_ diagnostics: [Diagnostic]) {
    var unmet = spec.errors
    var unannotated: [Diagnostic] = []
    for diagnostic in diagnostics {
      if let index = unmet.firstIndex(where: { meets(diagnostic, $0) }) {
        unmet.remove(at: index)
      } else {
        unannotated.append(diagnostic)
      }
    }
    #expect(unannotated.isEmpty, "without annotation:\n\(rendered(unannotated))")
    #expect(unmet.isEmpty, "instead:\n\(rendered(diagnostics))")
    for diagnostic in diagnostics { checkForm(of: diagnostic) }
  }

  private func meets(_ diagnostic: Diagnostic, _ expected: AnnotatedSpec.ExpectedError) -> Bool {
    let isOverlay = diagnostic.span.source > 0
    let line = sources[diagnostic.span.source].position(of: diagnostic.span.lower).line
    guard diagnostic.code == expected.code, isOverlay ? expected.line == nil : expected.line == line
    else { return false }
    let texts = [diagnostic.message, diagnostic.note ?? "", diagnostic.help ?? ""]
    return expected.parts.allSatisfy { part in texts.contains { $0.contains(part) } }
  }

  /// One sentence, lower case, no full stop, and a place that lies in the text.
  private func checkForm(of diagnostic: Diagnostic) {
    let message = diagnostic.message
    #expect(!message.isEmpty && !message.hasSuffix(".") && !message.contains("\n"))
    #expect(message.first?.isUppercase == false, "\(message)")
    #expect(diagnostic.help?.hasSuffix(".") != true)
    for span in [diagnostic.span] + diagnostic.labels.map({ $0.span }) {
      #expect(span.upper <= sources[span.source].bytes.count)
    }
  }

  // MARK: Valid

  private func match(_ checked: CheckedSpec, isExample: Bool) {
    let lines = Set(
      checked.experiments.flatMap { experiment in
        experiment.explicitText.split(separator: "\n").map { String($0) }
      })
    for line in spec.resolves {
      #expect(lines.contains(line), "found:\n\(checked.experiments[0].explicitText)")
    }
    if !isExample || spec.combinations != nil {
      #expect(checked.experiments.count == spec.combinations ?? 1)
    }
    if let parameters = spec.parameters {
      #expect(checked.experiments[0].net.parameterCount == parameters)
    }
    for experiment in checked.experiments.prefix(20) where experiment.net.layers.count < 1000 {
      Self.checkAgain(experiment)
    }
  }

  /// The explicit text is a spec that means the same.
  static func checkAgain(_ experiment: Experiment) {
    let source = Source(name: "explicit", text: experiment.explicitText)
    let (checked, diagnostics) = Session([source], in: MemoryWorld()).check()
    let rendered = Renderer.render(diagnostics, sources: [source], colour: false)
    #expect(diagnostics.allSatisfy { $0.severity == .warning }, "\(rendered)")
    #expect(checked?.experiments.count == 1)
    #expect(checked?.experiments.first?.explicitText == experiment.explicitText)
  }
}
