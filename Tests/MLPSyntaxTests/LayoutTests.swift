import MLPTestSupport
import Testing

@testable import MLPSyntax

@Suite("The canonical layout")
struct LayoutTests {
  @Test func alignsCommentsBehindLinesWithinABlock() {
    #expect(
      canonical(
        """
        net a # the network
        solver sgd lr 0.1 # tried 0.3
        train 3

        data b# another block
        # a comment of its own parts blocks, too
        init c   # d
        """) == """
          net     a           # the network
          solver  sgd lr 0.1  # tried 0.3
          train   3

          data    b  # another block
          # a comment of its own parts blocks, too
          init    c  # d

          """)
  }

  @Test func countsColumnsAsATerminalDoes() {
    #expect(
      canonical("data a \"日本\" # b\ndata a \"é\" # c\n") == """
        data    a "日本"  # b
        data    a "é"     # c

        """)
  }

  @Test func keepsCommentsAmongAlternatives() {
    #expect(
      canonical("a -> { # which\n  b # one\n  | c d # two\n  # none\n  } -> e # end\n") == """
        a -> {             # which
                    b      # one
                    | c d  # two
                    # none
                    } -> e  # end

        """)
  }

  @Test func keepsTheSignsOfComments() {
    #expect(
      canonical("#!/usr/bin/mlpc\n##  Part\n###\n#x\n") == "#!/usr/bin/mlpc\n##  Part\n###\n# x\n")
  }

  @Test func breaksLongSettingsBehindValues() {
    let path = String(repeating: "p", count: 30)
    #expect(
      canonical("data idx images \"\(path)\" labels \"\(path)\" test_images \"\(path)\" scale raw")
        == """
        data    idx images "\(path)" labels "\(path)"
                    test_images "\(path)" scale raw

        """)
  }

  @Test func breaksLongAlternativesBeforeBars() {
    let block = "fc 1000 1000 -> relu"
    #expect(
      canonical("net a -> {\(block) | \(block) -> b | \(block) -> c | \(block) -> d} -> e") == """
        net     a
                -> {\(block) | \(block) -> b | \(block) -> c
                    | \(block) -> d} -> e

        """)
  }

  @Test func leavesWhatCannotBeBroken() {
    let word = String(repeating: "w", count: 120)
    #expect(canonical("net \(word) \(word)") == "net     \(word) \(word)\n")
  }

  @Test func endsLinesInOneWay() {
    #expect(
      canonical("\u{FEFF}net a\r\n\r\n\r\n# b  \r\ninit c") == "net     a\n\n# b\ninit    c\n")
  }

  @Test func isNoneWhereTheSyntaxIsFaulty() {
    let source = Source(name: "x", text: "net a\ninit (b\n")
    let (text, diagnostics) = Printer.canonical(source)
    #expect(text == nil)
    #expect(diagnostics.map { $0.code } == [Code.unclosedGroup])
  }
}

/// Every program of the repository, laid out in other ways.
@Suite("Layouts of real programs")
struct LayoutOfSpecsTests {
  private static let specs = AnnotatedSpec.all(below: "specs")

  /// Those in specs/language show how freely a spec may be written.
  @Test(arguments: specs.filter { !$0.path.hasPrefix("specs/language/") })
  func specIsCanonical(_ spec: AnnotatedSpec) {
    #expect(Printer.canonical(Source(name: spec.path, text: spec.text)).text == spec.text)
  }

  @Test func theExampleInTheGrammarIsCanonical() throws {
    let blocks = MarkdownBlock.all("mlp", in: "grammar.md")
    let block = try #require(blocks.first { $0.text.contains("# Two hidden layers.") })
    #expect(Self.formatted(block.text) == block.text)
  }

  @Test func meaningStays() {
    for spec in Self.specs {
      guard let text = Self.formatted(spec.text) else { continue }
      #expect(Self.content(text) == Self.content(spec.text), "\(spec)")
      #expect(Self.formatted(text) == text, "\(spec)")
    }
  }

  /// However the lines of a statement are broken and parted, they become the same.
  @Test func layoutDoesNotDependOnTheLayoutBefore() {
    var random = Random(state: 1)
    for spec in Self.specs {
      let plain = Self.rewritten(spec.text) { " " }
      guard let expected = Self.formatted(plain) else { continue }
      for _ in 0..<5 {
        let mutated = Self.rewritten(spec.text) {
          [" ", "\t", "   ", "\n ", "\r\n\t", "\n\n  "][random.below(6)]
        }
        #expect(Self.formatted(mutated) == expected, "\(spec)")
      }
    }
  }

  /// Comments anywhere between the tokens are kept, in order, and once laid out stay where they are.
  @Test func commentsAreKeptWhereverTheyStand() {
    var random = Random(state: 2)
    for spec in Self.specs {
      for _ in 0..<5 {
        var number = 0
        let mutated = Self.rewritten(spec.text) {
          number += 1
          return [" ", " ", "  # \(number)\n ", "\n # \(number)\n\n  ", "\n#\(number)\n# a\n "][
            random.below(5)]
        }
        guard let text = Self.formatted(mutated) else { continue }
        #expect(Self.content(text) == Self.content(mutated), "\(mutated)")
        #expect(Self.formatted(text) == text, "\(mutated)")
      }
    }
  }

  // MARK: Means

  private static func formatted(_ text: String) -> String? {
    Printer.canonical(Source(name: "x", text: text)).text
  }

  /// All that must be kept: tree without places, and comments.
  private static func content(_ text: String) -> Spec {
    Parser.parse(Source(name: "x", text: text)).spec.withoutSpans()
  }

  /// The tokens with something else between those of a statement, and without comments.
  private static func rewritten(_ text: String, gap: () -> String) -> String {
    let source = Source(name: "x", text: text)
    var result = ""
    var begins = true
    for token in Lexer.tokens(of: source).tokens where token.kind != .endOfSource {
      if token.kind == .end {
        result += "\n"
        begins = true
      } else {
        result += (begins ? "" : gap()) + source.text(token.span)
        begins = false
      }
    }
    return result
  }

  private struct Random {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }
}
