import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

private let spec = """
  # A spec.
  let width = 128
  let block = fc width -> relu
  net     (block) * 2 -> fc 10 -> softmax_ce
  data    mnist
  solver  sgd lr 0.1 schedule step every 3
  expect  test accuracy 0.9 within 0.1

  """

@Suite("Hover")
struct HoverTests {
  private func found(_ marked: String) -> Hover? {
    let marked = MarkedText(marked)
    return Hover.at(marked.offset, in: Analysis(marked.text))
  }

  @Test("tells a layer's formula, settings with defaults, and shapes at this place")
  func layer() throws {
    let hover = try #require(found("net f‸c 784 128 -> relu -> fc 10 -> softmax_ce"))
    #expect(hover.span == Span(4, 6))
    #expect(
      hover.markdown == """
        **fc** (layer)

        Fully connected layer: every output is a weighted sum of all inputs.

        ```text
        \(Fc.schema.formula)
        ```

        - `in`: \(Fc.schema.settings[0].help) (a whole number from 1 to 1 000 000; no default)
        - `out`: number of outputs (a whole number from 1 to 1 000 000; must be given)
        - `bias`: whether b is added ('yes' or 'no'; default yes)
        - `init`: \(Fc.schema.settings[3].help) (the name of an initialiser; no default)

        - `here`: 784 → 128, 100 480 parameters
        """)
    #expect(hover.plain.contains("here: 784 → 128, 100 480 parameters"))
    #expect(!hover.plain.contains("`in`"))
  }

  @Test(
    "tells what stands under the cursor",
    arguments: [
      ("net fc 3 4 -> re‸lu -> mse", "4 → 4, 0 parameters"),
      ("net fc 3 4 -> ms‸e", "4 outputs"), ("‸net fc 3 4 -> mse", "fc 3 4"),
      ("‸train epochs 3", "how often the training set"), ("train epo‸chs 3", "default`: 10"),
      ("train epochs ‸3", "setting of train"), ("solver sgd lr‸ 0.1", "the learning rate"),
      ("solver sgd schedule st‸ep every 3", "(schedule)"),
      ("solver sgd schedule step ev‸ery 3", "setting of step"),
      ("data mnist validation la‸st 5", "setting of mnist"),
      ("let w‸ = 128\nnet fc w", "let w = 128"), ("let w = 128\nnet fc w‸", "let w = 128"),
      ("init normal 0.0‸1", "setting of normal"),
    ])
  func words(marked: String, part: String) throws {
    #expect(try #require(found(marked)).markdown.contains(part))
  }

  @Test("knows a layer's shapes while another statement is faulty")
  func faultyElsewhere() throws {
    let hover = try #require(found("data mnist\nnet f‸c 10 -> softmax_ce\nsolver sgd lrr"))
    #expect(hover.markdown.contains("28x28x1 → 10"))
  }

  @Test("shows each way in which a layer is used")
  func combinations() throws {
    let hover = try #require(found("net fc 9 {4 | 5} -> re‸lu -> fc 3 -> mse"))
    #expect(hover.markdown.contains("4 → 4"))
    #expect(hover.markdown.contains("5 → 5"))
  }

  @Test(
    "is silent where there is nothing to say",
    arguments: [
      "# re‸lu", "net fc 3 ‸  -> relu", "data csv path \"relu‸\" label 1 zzz", "net zz‸z", "‸",
    ])
  func nothing(marked: String) {
    if marked.hasPrefix("data") {
      #expect(found(marked)?.markdown.contains("path") == true)
    } else {
      #expect(found(marked) == nil)
    }
  }

  @Test("says something of every word of every example", arguments: Catalogue.schemas)
  func everyWord(_ schema: Schema) {
    for example in schema.examples {
      let analysis = Analysis(example)
      for token in analysis.words.tokens {
        guard case .word = token.kind else { continue }
        #expect(Hover.at(token.span.lower, in: analysis) != nil, "\(example)")
      }
    }
  }
}

@Suite("Names in a text")
struct NameTests {
  private let words = Analysis(spec).words

  private func offset(of text: String) throws -> Int {
    spec.utf8.distance(
      from: spec.utf8.startIndex, to: try #require(spec.firstRange(of: text)).lowerBound)
  }

  @Test("lead to their 'let'")
  func definition() throws {
    let place = Span(try offset(of: "block ="), try offset(of: " = fc"))
    #expect(words.definition(at: try offset(of: "block)")) == place)
    #expect(words.definition(at: try offset(of: "block =")) == place)
    #expect(words.definition(at: try offset(of: "sgd")) == nil)
  }

  @Test("are found wherever they stand")
  func places() throws {
    #expect(words.places(of: "width").count == 2)
    #expect(words.places(of: "block").count == 2)
    #expect(words.places(of: "nothing") == [])
    // A setting or word of the same spelling is no name.
    let other = Analysis("let a = 3\nnet fc a -> relu -> fc a bias no").words
    #expect(other.places(of: "a").count == 3)
  }

  @Test("can be renamed, and the spec means the same")
  func rename() throws {
    let edits = try #require(
      try Renaming.edits(at: try offset(of: "width ="), to: "n", in: words))
    var bytes = Array(spec.utf8)
    for span in edits.reversed() {
      bytes.replaceSubrange(span.lower..<span.upper, with: Array("n".utf8))
    }
    let renamed = Analysis(String(decoding: bytes, as: UTF8.self))
    #expect(renamed.diagnostics == [])
    #expect(
      renamed.experiments.map { $0.explicitText }
        == Analysis(spec).experiments.map { $0.explicitText })
  }

  @Test(
    "can't become what is no name or taken",
    arguments: [
      ("relu", "is a word of the language"), ("net", "is a word of the language"),
      ("block", "is defined already"), ("", "expected a name"), ("a b", "expected a name"),
      ("3x", "expected a name"), ("a-b", "expected a name"), ("größe", "expected a name"),
      ("a # b", "expected a name"),
    ])
  func refused(name: String, reason: String) throws {
    let offset = try offset(of: "width =")
    let problem = #expect(throws: Problem.self) {
      try Renaming.edits(at: offset, to: name, in: words)
    }
    #expect(problem?.message.contains(reason) == true)
  }
}

@Suite("Shapes and contents")
struct OutlineTests {
  private func hints(_ text: String) -> [String] {
    let analysis = Analysis(text)
    return InlayHint.all(analysis, in: 0..<analysis.source.bytes.count).map { hint in
      let line = String(decoding: analysis.source.bytes[..<hint.offset], as: UTF8.self)
      return "\(line.split { "\n>".contains($0) }.last ?? ""): \(hint.text)"
    }
  }

  @Test("behind each layer stands what comes out")
  func hints() {
    #expect(
      hints("net fc 784 128 -> relu -> fc 10 -> softmax_ce")
        == ["net fc 784 128: 128", " relu: 128", " fc 10: 10"])
    #expect(hints("net fc 9 {4 | 5} -> relu -> fc 3 -> mse")[1] == " relu: 4 | 5")
    #expect(hints("net fc 9 {4 | 5 | 6 | 7} -> relu -> mse")[1] == " relu: 4 | 5 | 6 | …")
    #expect(hints("net fc 9 -> relu -> mse") == [])
    #expect(hints(spec).count == 3)
  }

  @Test("only those asked for are given")
  func range() {
    let analysis = Analysis("net fc 784 128\n  -> relu\n  -> fc 10 -> softmax_ce")
    #expect(InlayHint.all(analysis, in: 15..<24).map { $0.offset } == [24])
  }

  @Test("the contents are the statements in order, the network's links within")
  func contents() {
    let entries = OutlineEntry.all(Analysis(spec).spec)
    #expect(
      entries.map { $0.title } == [
        "width", "block", "net", "data mnist", "solver sgd lr 0.1 schedule step every 3",
        "expect test accuracy 0.9 within 0.1",
      ])
    #expect(entries[2].children.map { $0.title } == ["(block) * 2", "fc 10", "softmax_ce"])
    for entry in entries {
      #expect(entry.span.lower <= entry.head.lower && entry.head.upper <= entry.span.upper)
    }
  }
}
