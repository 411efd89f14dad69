import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("Highlighting")
struct HighlightTests {
  private static func pieces(_ text: String) -> [String] {
    let source = Source(name: "spec", text: text)
    return Highlight.spans(of: source).map { "\(source.text($0.0)) \($0.1.rawValue)" }
  }

  private static func specs() throws -> [String] {
    let folder = SourceFiles.root.appendingPathComponent("specs").path
    let files = try #require(FileManager.default.enumerator(atPath: folder))
    let paths = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".mlp") }.sorted()
    return paths.map { Repository.text(of: "specs/" + $0) }
  }

  @Test("knows what each word is")
  func words() {
    #expect(
      Self.pieces("net fc 784 3x3 -> relu # why\nsolver sgd lr 0.1 nesterov yes") == [
        "net keyword", "fc word", "784 number", "3x3 number", "-> operator", "relu word",
        "# why comment", "solver keyword", "sgd word", "lr setting", "0.1 number",
        "nesterov setting", "yes value",
      ])
    #expect(
      Self.pieces("let width = 128\nfc width -> {relu | sigmoid} -> mse over samples") == [
        "let keyword", "width name", "= operator", "128 number", "fc word", "width name",
        "-> operator", "{ operator", "relu word", "| operator", "sigmoid word", "} operator",
        "-> operator", "mse word", "over setting", "samples value",
      ])
    #expect(
      Self.pieces(
        "data csv \"a.csv\" label class\ndata mnist else digits\nexpect test accuracy 0.9 within 0.1"
      )
        == [
          "data keyword", "csv word", "\"a.csv\" text", "label setting", "class value",
          "data keyword", "mnist word", "else setting", "digits word", "expect keyword",
          "test value", "accuracy value",
          "0.9 number", "within setting", "0.1 number",
        ])
  }

  @Test("marks what means nothing")
  func unknown() {
    #expect(
      Self.pieces("solver sgd momentun 0.9 ; net") == [
        "solver keyword", "sgd word", "momentun unknown", "0.9 number", "; invalid", "net unknown",
      ])
  }

  /// Every spec of the language, faulty ones among them.
  @Test("covers every text but its blanks, in order, once")
  func coverage() throws {
    let texts =
      try Self.specs() + ["", " ", "\u{FEFF}net fc 2", "net \"open", "\r\n# c\r\n", "a\u{0}b"]
    #expect(texts.count > 100)
    for text in texts {
      let source = Source(name: "spec", text: text)
      var offset = source.start
      for (span, _) in Highlight.spans(of: source) {
        #expect(span.lower >= offset && span.upper > span.lower, "\(text)")
        let gap = source.text(Span(min(offset, span.lower), span.lower))
        #expect(gap.allSatisfy { $0.isWhitespace }, "\(text): '\(gap)'")
        offset = span.upper
      }
      let rest = source.text(Span(min(offset, source.bytes.count), source.bytes.count))
      #expect(rest.allSatisfy { $0.isWhitespace }, "\(text): '\(rest)'")
    }
  }

  @Test("finds no unknown word in a spec without a mistake, so that it knows the whole language")
  func knowsTheLanguage() throws {
    for category in Category.allCases {
      for example in Example.all(in: category) {
        let kinds = Self.pieces(example.text)
        #expect(!kinds.contains { $0.hasSuffix(" unknown") }, "\(example.text)")
      }
    }
    for statement in Catalogue.statements {
      for example in statement.examples {
        #expect(!Self.pieces(example).contains { $0.hasSuffix(" unknown") }, "\(example)")
      }
    }
  }
}
