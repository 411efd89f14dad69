import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// The word lists of Sources/mlpc-editor/mlp.tmLanguage.json are derived from the catalogue.
@Suite("The TextMate grammar")
struct TextMateGrammarTests {
  private static let file = "Sources/mlpc-editor/mlp.tmLanguage.json"

  private static func words(_ categories: Category...) -> [String] {
    categories.flatMap { Catalogue.entries(in: $0).map { $0.schema.word } }
  }

  private static let settings = Catalogue.schemas.flatMap { $0.settings.map { $0.name } }
  private static let values = Catalogue.schemas.flatMap { schema in
    schema.settings.flatMap { $0.kind.words }
  }

  /// The part's pattern, and which words it matches.
  private static let parts: [(name: String, pattern: String)] = [
    ("keywords", "^(?:\(Keyword.allCases.map { $0.rawValue }.joined(separator: "|")))\\b"),
    ("layers", pattern(words(.layer))), ("losses", pattern(words(.loss))),
    ("subjects", pattern(words(.solver, .schedule, .initialiser, .data))),
    ("settings", pattern(settings)), ("values", pattern(values)),
  ]

  private static func pattern(_ words: [String]) -> String {
    "\\b(?:\(Set(words).sorted().joined(separator: "|")))\\b"
  }

  /// With RECORD_SNAPSHOTS=1 the file is rewritten, and the test fails all the same.
  @Test("knows the catalogue's words, and no others")
  func wordsAreTheCatalogues() throws {
    let text = Repository.text(of: Self.file)
    var expected = text
    for part in Self.parts {
      let line = try #require(
        text.split(separator: "\n").first { $0.contains("\"\(part.name)\": { \"name\"") })
      let prefix = try #require(line.firstRange(of: "\"match\": "))
      let end = line.hasSuffix(",") ? " }," : " }"
      let pattern = JSON.text(part.pattern).line
      expected = expected.replacingOccurrences(
        of: line, with: line[..<prefix.upperBound] + pattern + end)
    }
    let isCurrent = expected == text
    if !isCurrent, ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(expected.utf8).write(to: Repository.root.appendingPathComponent(Self.file))
    }
    #expect(isCurrent, "the grammar is stale: run with RECORD_SNAPSHOTS=1")
  }

  @Test("is JSON whose parts all exist, with patterns that compile")
  func structure() throws {
    let grammar = try JSON.parse(Array(Repository.text(of: Self.file).utf8))
    let repository = try #require(grammar["repository"]?.members)
    let included = try #require(grammar["patterns"]?.list).compactMap { $0["include"]?.text }
    #expect(Set(included) == Set(repository.map { "#\($0.0)" }))
    for (name, part) in repository {
      for key in ["match", "begin", "end"] {
        guard let pattern = part[key]?.text else { continue }
        _ = try NSRegularExpression(pattern: pattern)
        #expect(!pattern.isEmpty, "\(name)")
      }
    }
  }

  @Test(
    "stands in an extension whose files exist",
    arguments: ["package.json", "language-configuration.json"])
  func extensionFiles(name: String) throws {
    let folder = "Sources/mlpc-editor/"
    let value = try JSON.parse(Array(Repository.text(of: folder + name).utf8))
    guard name == "package.json" else { return }
    let contributed = try #require(value["contributes"])
    let paths = [
      value["main"], contributed["grammars"]?.list?.first?["path"],
      contributed["languages"]?.list?.first?["configuration"],
    ]
    for path in paths {
      let path = try #require(path?.text)
      #expect(!Repository.text(of: folder + path).isEmpty, "\(path)")
    }
  }
}
