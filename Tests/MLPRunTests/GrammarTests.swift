import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// grammar.md is a contract: its derived parts are up to date, and its programs are what it says.
@Suite struct GrammarTests {
  private static let file = "grammar.md"
  private static let parts = [
    ("codes", GrammarText.codes()), ("limits", GrammarText.limits), ("words", GrammarText.words()),
  ]

  /// With RECORD_SNAPSHOTS=1 the file is rewritten, and the test fails all the same.
  @Test func derivedPartsAreUpToDate() throws {
    let text = Repository.text(of: Self.file)
    var expected = text
    for (part, content) in Self.parts {
      let markers = GrammarText.markers(part)
      let begin = try #require(expected.range(of: markers.begin + "\n"), "no \(markers.begin)")
      let end = try #require(expected.range(of: markers.end), "no \(markers.end)")
      expected.replaceSubrange(begin.upperBound..<end.lowerBound, with: "\n" + content + "\n")
    }
    let isCurrent = expected == text
    if !isCurrent, ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      let url = Repository.root.appendingPathComponent(Self.file)
      try Data(expected.utf8).write(to: url)
    }
    #expect(isCurrent, "grammar.md is stale: run with RECORD_SNAPSHOTS=1 and look at the change")
  }

  private static let blocks = ["grammar.md", "README.md"].flatMap {
    MarkdownBlock.all("mlp", in: $0)
  }

  @Test(arguments: blocks)
  func programIsWhatItSays(_ block: MarkdownBlock) {
    let spec = AnnotatedSpec(path: block.description, text: Fragment.completed(block.text))
    Conformance(spec).check(isExample: true)
  }

  @Test func everyWordIsExplained() {
    let text = Repository.text(of: Self.file)
    for schema in Catalogue.schemas { #expect(text.contains("#### `\(schema.word)`\n")) }
  }

  // MARK: Words

  /// Each example of each word, completed, checks; its explicit text means the same.
  @Test(arguments: Catalogue.schemas.flatMap { $0.examples })
  func exampleChecks(_ example: String) throws {
    let source = Source(name: "example", text: Fragment.completed(example + "\n"))
    let (checked, diagnostics) = Session([source], in: MemoryWorld()).check()
    let rendered = Renderer.render(diagnostics, sources: [source], colour: false)
    #expect(diagnostics.isEmpty, "\(rendered)")
    for experiment in try #require(checked).experiments { Conformance.checkAgain(experiment) }
  }

  @Test func everyWordHasAnExampleThatUsesIt() {
    for schema in Catalogue.schemas {
      let words = schema.examples.map { $0.split(separator: " ").map { String($0) } }
      #expect(words.contains { $0.contains(schema.word) }, "\(schema.word)")
    }
  }

  // MARK: Codes

  /// Every code in the sources is explained, and only those.
  @Test func codesAreThoseOfTheSources() throws {
    let root = Repository.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: root.path))
    var found: Set<String> = []
    for case let name as String in files where name.hasSuffix(".swift") {
      guard !name.hasSuffix("DiagnosticCodes.swift") else { continue }
      for match in Repository.text(of: "Sources/\(name)").matches(of: /"([EW]\d{4})"/) {
        found.insert(String(match.1))
      }
    }
    let explained = DiagnosticCodes.all.map { $0.code }
    #expect(explained == explained.sorted())
    #expect(Set(explained) == found)
    #expect(Set(explained).count == explained.count)
  }
}

/// Part of a spec, completed with the statements that it lacks.
enum Fragment {
  static func completed(_ text: String) -> String {
    let lines = text.split(separator: "\n")
    let hasNetwork = lines.contains { $0.hasPrefix("net ") || $0.contains("->") }
    var rest = ""
    if !hasNetwork { rest += network(for: text) + "\n" }
    if text.contains("expect validation"), !lines.contains(where: { $0.hasPrefix("data ") }) {
      rest += "data mnist validation last 10%\n"
    }
    return text + rest
  }

  /// A network that fits the data of `text`.
  private static func network(for text: String) -> String {
    if text.contains("random_labels 2") { return "net fc 784 2 -> softmax_ce" }
    return text.contains("data toy") ? "net fc 2 2 -> softmax_ce" : "net fc 784 10 -> softmax_ce"
  }
}
