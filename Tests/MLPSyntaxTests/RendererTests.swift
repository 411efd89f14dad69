import Testing

@testable import MLPSyntax

@Suite("The renderer draws diagnostics for people")
struct RendererTests {
  /// What is said about a text by the parser.
  private func rendered(_ text: String) -> String {
    let source = Source(name: "specs/x.mlp", text: text)
    return Renderer.render(Parser.parse(source).diagnostics, sources: [source], colour: false)
  }

  /// One diagnostic at the first occurrence of `place`, with labels at those of their keys.
  private func drawn(
    _ text: String, at place: String, _ labels: [(String, String)] = [], note: String? = nil,
    help: String? = nil, colour: Bool = false
  ) -> String {
    let diagnostic = Diagnostic(
      .error, "E0312", "it is wrong", at: span(of: place, in: text),
      labels: labels.map { .init(span(of: $0.0, in: text), $0.1) }, note: note, help: help)
    let source = Source(name: "x.mlp", text: text)
    return Renderer.render([diagnostic], sources: [source], colour: colour)
  }

  private func span(of part: String, in text: String) -> Span {
    let bytes = Array(text.utf8)
    let part = Array(part.utf8)
    let lower = bytes.indices.first { bytes[$0...].starts(with: part) } ?? bytes.count
    return Span(lower, lower + part.count)
  }

  @Test func mainPlaceAndLabel() {
    #expect(
      drawn(
        "# c\n\nnet fc 784 100 -> relu -> fc 128 10 -> softmax_ce\n", at: "fc 128",
        [("784 100", ""), ("fc 128", "expects 128")], note: "a note", help: "a help\nof two lines")
          == """
          error[E0312]: it is wrong
            --> x.mlp:3:27
             |
           3 | net fc 784 100 -> relu -> fc 128 10 -> softmax_ce
             |        -------            ^^^^^^ expects 128
             = note: a note
             = help: a help
                     of two lines

          """)
  }

  @Test func severalTextsOnALineHangBelow() {
    #expect(
      drawn("net fc 784 -> relu -> fc 128", at: "fc 128", [("784", "one"), ("relu", "two")])
        == """
        error[E0312]: it is wrong
          --> x.mlp:1:23
           |
         1 | net fc 784 -> relu -> fc 128
           |        ---    ----    ^^^^^^
           |        |      |
           |        |      two
           |        |
           |        one

        """)
  }

  @Test func labelsOnOtherLinesAreShownInOrder() {
    var text = (1...11).map { "line\($0)" }.joined(separator: "\n")
    text += "\nend"
    #expect(
      drawn(text, at: "line9", [("end", "then"), ("line2", "first"), ("line8", "before")]) == """
        error[E0312]: it is wrong
           --> x.mlp:9:1
            |
          2 | line2
            | ----- first
        ...
          8 | line8
            | ----- before
          9 | line9
            | ^^^^^
        ...
         12 | end
            | --- then

        """)
  }

  @Test func labelsInOtherSourcesComeLast() {
    let sources = [Source(name: "a", text: "net x"), Source(name: "b", text: "\nset y")]
    let diagnostic = Diagnostic(
      .warning, "W0001", "hm", at: Span(5, 6, source: 1), labels: [.init(Span(4, 5), "here too")])
    #expect(
      Renderer.render([diagnostic], sources: sources, colour: false) == """
        warning[W0001]: hm
          --> b:2:5
           |
         2 | set y
           |     ^
          ::: a:1:5
           |
         1 | net x
           |     - here too

        """)
  }

  @Test func tabsWideAndCombiningCharactersKeepTheColumns() {
    #expect(
      drawn("\t日本e\u{301}👩 x", at: "x") == """
        error[E0312]: it is wrong
          --> x.mlp:1:7
           |
         1 |     日本e\u{301}👩 x
           |             ^

        """)
    #expect(
      drawn("\t日本e\u{301}👩 x", at: "本e\u{301}") == """
        error[E0312]: it is wrong
          --> x.mlp:1:3
           |
         1 |     日本e\u{301}👩 x
           |       ^^^

        """)
  }

  @Test func longLinesAreCut() {
    let line = (100..<200).map { "word\($0)" }.joined(separator: " ")
    let text = drawn(line, at: "word150", [("word110", "far"), ("word151", "near")])
    let rows = text.split(separator: "\n").map { String($0) }
    #expect(rows[3].hasPrefix(" 1 | …") && rows[3].hasSuffix("…"))
    #expect(rows[3].count == 5 + Renderer.maximumColumns)
    #expect(marked(rows[3], by: rows[4], "^") == "word150")
    #expect(marked(rows[3], by: rows[4], "-") == "word151")
    #expect(rows[4].hasSuffix("- near"))
    #expect(marked(rows[5], by: rows[6], "-") == "word110")
    #expect(rows[6].hasSuffix("- far"))
    #expect(rows.count == 7)
  }

  @Test func bothEndsOfALongLineAreReached() {
    let line = "first " + String(repeating: "日本 ", count: 100_000) + "last"
    for word in ["first", "last"] {
      let rows = drawn(line, at: word).split(separator: "\n").map { String($0) }
      #expect(rows[3].contains(word))
      #expect(rows[3].count <= 5 + Renderer.maximumColumns)
    }
  }

  /// What stands above the signs of an underline; all characters must be one column wide.
  private func marked(_ text: String, by underline: String, _ sign: Character) -> String {
    String(zip(text, underline).filter { $0.1 == sign }.map { $0.0 })
  }

  @Test func emptySpansAndTheEndOfTheFileHaveACaret() {
    for (text, place) in [("", "1:1"), ("net a\n", "2:1"), ("net a", "1:6")] {
      let (line, column) = (text == "net a" ? "net a" : "", text == "net a" ? 5 : 0)
      let number = place.prefix(1)
      let margin = line.isEmpty ? " \(number) |" : " \(number) | \(line)"
      #expect(
        drawn(text, at: "nowhere") == """
          error[E0312]: it is wrong
            --> x.mlp:\(place)
             |
          \(margin)
             | \(String(repeating: " ", count: column))^

          """)
    }
  }

  @Test func spansOverSeveralLinesAreDrawnOnTheFirst() {
    #expect(
      drawn("net a\n -> b", at: "a\n -> b") == """
        error[E0312]: it is wrong
          --> x.mlp:1:5
           |
         1 | net a
           |     ^

        """)
  }

  @Test func diagnosticsArePartedByABlankLine() {
    #expect(
      rendered("net (a\n\ntrain )\n") == """
        error[E0204]: '(' is not closed
          --> specs/x.mlp:1:5
           |
         1 | net (a
           |     ^ - expected ')'
           = help: a group looks like '(a -> b)'; a line that continues it is indented

        error[E0206]: ')' closes nothing
          --> specs/x.mlp:3:7
           |
         3 | train )
           |       ^
           = help: remove it, or write the '(' that it closes

        """)
    #expect(rendered("net a") == "")
  }

  @Test func whatMovesTheCursorIsReplaced() {
    let text = rendered("net \u{1B}[2J\u{202E} a")
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect(text.contains(" 1 | net �[2J� a\n"))
  }

  @Test func coloursAreParametersOfTheTerminal() {
    #expect(
      drawn("net a b", at: "a", [("b", "c")], help: "h", colour: true) == """
        \u{1B}[1;31merror[E0312]\u{1B}[0m\u{1B}[1m: it is wrong\u{1B}[0m
        \u{1B}[1;34m  -->\u{1B}[0m x.mlp:1:5
        \u{1B}[1;34m   |\u{1B}[0m
        \u{1B}[1;34m 1 |\u{1B}[0m net a b
        \u{1B}[1;34m   |\u{1B}[0m     \u{1B}[1;31m^\u{1B}[0m \u{1B}[1;34m- c\u{1B}[0m
           \u{1B}[1;34m=\u{1B}[0m \u{1B}[1mhelp:\u{1B}[0m h

        """)
  }

  @Test func aPlaceInNoSourceHasNoSnippet() {
    let diagnostic = Diagnostic(.error, "E1", "lost", at: Span(0, 0, source: 7), help: "h")
    #expect(
      Renderer.render([diagnostic], sources: [], colour: false)
        == "error[E1]: lost\n   = help: h\n")
  }

  @Test func theSummaryCounts() {
    let error = Diagnostic(.error, "E1", "", at: Span(0, 0))
    let warning = Diagnostic(.warning, "W1", "", at: Span(0, 0))
    #expect(Renderer.summary([error, warning, error]) == "2 errors, 1 warning")
    #expect(Renderer.summary([error]) == "1 error")
    #expect(Renderer.summary([warning, warning]) == "2 warnings")
    #expect(Renderer.summary([]) == "no errors")
  }
}

@Suite("Messages")
struct MessageTests {
  @Test("One sentence, lower case, no full stop, and always a help")
  func style() {
    let texts = [
      "net a ->", "-> a", "net (", "net {", "net )", "net |", "net *", "net ()", "net {}", "let",
      "let net", "let 3", "let a", "let a =", "a = 3", "(a) *", "(a) * -1", "a,b", "a:b", "{a}",
      "12ab", "1.2.3", "ab-c", "a/b", "1e999", "\"", "\"\\q\"", "@", ";", "→", "'a'", "//", "−3",
    ]
    for diagnostic in texts.flatMap({ Parser.parse(Source(name: "x", text: $0)).diagnostics }) {
      #expect(diagnostic.message.first?.isUppercase == false)
      #expect(!diagnostic.message.hasSuffix("."))
      #expect(diagnostic.help?.hasSuffix(".") == false)
    }
  }

  @Test func longUserTextIsShortened() {
    let word = String(repeating: "a", count: 10_000) + "-b"
    let message = Parser.parse(Source(name: "x", text: word)).diagnostics.first?.message ?? ""
    #expect(message.hasPrefix("'aaa") && message.hasSuffix("…' is not a word"))
    #expect(message.count < 80)
  }
}
