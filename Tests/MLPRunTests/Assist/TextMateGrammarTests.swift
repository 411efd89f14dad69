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
    schema.settings.flatMap { $0.kind.words + $0.kind.plainWords }
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

  /// The grammar knows words, but not their places: a word that may be several things has the first of them.
  private static let scopes: [(part: String, scope: String, kinds: Set<Highlight.Kind>)] = [
    ("layers", "entity.name.function.layer.mlp", [.word]),
    ("losses", "entity.name.function.loss.mlp", [.word]),
    ("subjects", "entity.name.type.mlp", [.word]),
    ("settings", "support.type.property-name.mlp", [.setting]),
    ("values", "constant.language.mlp", [.value]),
  ]

  @Test("gives each piece of every spec the scope of what it is")
  func everySpec() throws {
    let grammar = try JSON.parse(Array(Repository.text(of: Self.file).utf8))
    let engine = try TextMateEngine(grammar)
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: Repository.root.appendingPathComponent("specs").path
    ).filter { $0.hasSuffix(".mlp") && !$0.hasPrefix("language/") }
    #expect(files.count > 30)
    for file in files {
      let text = Repository.text(of: "specs/" + file)
      let found = engine.scopes(of: text)
      let source = Source(name: file, text: text)
      for (span, kind) in Highlight.spans(of: source) where kind != .name {
        let word = source.text(span)
        let place = String(decoding: source.bytes[..<span.lower], as: UTF8.self).utf16.count
        let scopes = Set(found[place..<place + word.utf16.count])
        #expect(scopes == [try scope(of: word, kind)], "\(file): '\(word)', \(kind)")
      }
    }
  }

  /// Those that a part's pattern lists.
  private static func words(of part: String) -> [String] {
    let pattern = parts.first { $0.name == part }?.pattern ?? ""
    return pattern.dropFirst("\\b(?:".count).dropLast(")\\b".count).split(separator: "|")
      .map { String($0) }
  }

  private func scope(of word: String, _ kind: Highlight.Kind) throws -> String {
    switch kind {
    case .comment: return "comment.line.number-sign.mlp"
    case .keyword: return "keyword.control.mlp"
    case .text: return "string.quoted.double.mlp"
    case .number where word.contains("x"): return "constant.numeric.size.mlp"
    case .number: return "constant.numeric.mlp"
    case .operator where word == "=": return "keyword.operator.assignment.mlp"
    case .operator: return word == "->" ? "keyword.operator.arrow.mlp" : "keyword.operator.mlp"
    case .word, .setting, .value:
      let places = Self.scopes.filter { Self.words(of: $0.part).contains(word) }
      // A column may have any name.
      if places.isEmpty, kind == .value { return "" }
      #expect(places.contains { $0.kinds.contains(kind) }, "'\(word)', \(kind)")
      return places.first?.scope ?? ""
    default: return ""
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
    for key in ["name", "version", "publisher"] {
      #expect(value[key]?.text?.isEmpty == false, "\(key)")
    }
    #expect(value["engines"]?["vscode"]?.text?.hasPrefix("^1.") == true)
    let language = contributed["languages"]?.list?.first
    #expect(language?["extensions"]?.list == [.text(".mlp")])
    #expect(value["activationEvents"]?.list == [.text("onLanguage:\(language?["id"]?.text ?? "")")])
    let grammar = contributed["grammars"]?.list?.first
    #expect(grammar?["language"] == language?["id"])
    let scope = try JSON.parse(Array(Repository.text(of: Self.file).utf8))["scopeName"]
    #expect(grammar?["scopeName"] == scope)
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
