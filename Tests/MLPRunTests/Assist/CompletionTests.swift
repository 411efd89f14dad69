import MLPLibrary
import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("Completion")
struct CompletionTests {
  private func found(_ marked: String) -> [Completion] {
    let marked = MarkedText(marked)
    return Completion.candidates(in: marked.text, at: marked.offset)
  }

  private func words(_ marked: String) -> [String] { found(marked).map { $0.text } }

  private static let layersAndLosses =
    (Catalogue.entries(in: .layer) + Catalogue.entries(in: .loss)).map { $0.schema.word }
  private static let keywords = Keyword.allCases.map { $0.rawValue }

  @Test(
    "offers keywords, layers and losses where a statement begins",
    arguments: ["‸", "# c\n‸", "train epochs 3\n‸", "\n\n‸\nnet fc 3\n"])
  func statements(marked: String) {
    #expect(words(marked) == Self.keywords + Self.layersAndLosses)
  }

  @Test(
    "offers layers and losses where a link begins",
    arguments: [
      "net ‸", "net fc 3 -> ‸", "fc 3 -> ‸", "fc 3 ->\n‸", "net fc 3\n  -> ‸ -> relu", "net (‸",
      "net {‸", "net {relu | ‸", "net fc 3 -> {relu | ‸} -> mse", "(‸",
    ])
  func links(marked: String) { #expect(words(marked) == Self.layersAndLosses) }

  @Test(
    "offers what begins as the word there does",
    arguments: [
      ("s‸", ["solver", "sigmoid", "softmax", "softmax_ce"]), ("net fc 3 -> lea‸", ["leaky_relu"]),
      ("net SO‸", ["softmax", "softmax_ce"]), ("net zz‸", []), ("solver a‸", ["adam", "adamw"]),
      ("solver sgd l‸", ["lr"]), ("solver sgd lr 0.1 schedule st‸", ["step"]),
      ("net fc 3 -> re‸lu -> mse", ["relu", "reshape"]),
    ])
  func prefixes(marked: String, expected: [String]) { #expect(words(marked) == expected) }

  @Test(
    "offers the words that a statement begins with",
    arguments: [
      ("init ‸", Category.initialiser), ("data ‸", .data), ("solver ‸", .solver),
      ("solver {adam | ‸}", .solver), ("data mnist else ‸", .data),
      ("solver sgd schedule ‸", .schedule),
      ("solver sgd schedule warmup epochs 2 then ‸", .schedule),
      ("net fc 3 init ‸", .initialiser), ("solver sgd schedule {step every 3 | ‸", .schedule),
    ])
  func entries(marked: String, category: MLPLibrary.Category) {
    let expected = Catalogue.entries(in: category).map { $0.schema.word }
    #expect(words(marked) == expected)
  }

  @Test(
    "offers a setting's words",
    arguments: [
      ("train shuffle ‸", ["yes", "no"]), ("data mnist validation ‸", ["last", "none"]),
      ("solver sgd nesterov {yes | ‸}", ["yes", "no"]),
      ("net mse over ‸", ["elements", "samples"]),
      ("expect ‸", ["train", "validation", "test"]), ("expect test ‸", ["loss", "accuracy"]),
      ("data toy ‸", ["ellipse", "spirals", "xor", "moons"]), ("net fc 3 bias ‸", ["yes", "no"]),
    ])
  func values(marked: String, expected: [String]) {
    let values = found(marked).filter { $0.kind == .value }.map { $0.text }
    #expect(values == expected)
    #expect(Array(words(marked).prefix(expected.count)) == expected)
  }

  @Test(
    "follows values of several words",
    arguments: [
      ("train checkpoint ‸", ["yes", "no", "every"]),
      ("train checkpoint every 500 ‸", ["steps", "epochs"]), ("train checkpoint every ‸", []),
      ("train stop when ‸", ["train", "validation"]),
      ("train stop when train loss 5 ‸", ["epochs"]),
      ("train stop when train loss 5 epochs ‸", ["without"]),
      ("expect test accuracy at ‸", ["least", "most"]), ("expect test accuracy at least ‸", []),
    ])
  func phrases(marked: String, expected: [String]) { #expect(words(marked) == expected) }

  @Test("offers settings behind a value of several words, and behind a name that needs none")
  func behindPhrases() {
    #expect(words("train checkpoint every 500 steps ‸").contains("clip"))
    #expect(words("train stop when train loss 5 epochs without gain ‸").contains("epochs"))
    #expect(words("expect diverges ‸") == ["when"])
    #expect(words("expect test loss at least 1 ‸") == ["reported", "when"])
    #expect(words("expect test loss 1 within ‸ when lr 1") == [])
    #expect(words("expect test loss 1 ‸") == ["within", "reported", "when"])
  }

  @Test(
    "offers the alternatives and the words of their branches in a condition",
    arguments: [
      ("when ‸", ["sgd", "adam", "solver", "lr", "within", "reported"]),
      ("when s‸", ["sgd", "solver"]),
      ("when lr 0.1 ‸", ["sgd", "adam", "solver", "lr", "within", "reported"]),
      ("when ‸ within 0.1", ["sgd", "adam", "solver", "lr", "reported"]),
    ])
  func conditions(end: String, expected: [String]) {
    let spec = "fc 784 10 -> softmax_ce\nsolver {sgd | adam} lr {0.1 | 0.2}\n"
    #expect(words(spec + "expect test loss 1 " + end) == expected)
    #expect(words(spec.replacing("fc", with: "fx") + "expect test loss 1 when a‸") == [])
    #expect(words("fc 784 10 -> softmax_ce\nexpect diverges when ‸") == [])
  }

  @Test(
    "offers a name only where what it stands for may stand",
    arguments: [
      ("data ‸", []), ("solver sgd schedule ‸", []), ("init ‸", ["start"]),
      ("solver sgd lr ‸", ["rate"]), ("net fc 784 10 -> ‸", ["block", "act"]),
      ("train epochs ‸", ["rate"]),
    ])
  func namesByKind(marked: String, expected: [String]) {
    let lets =
      "let block = fc 10 -> relu\nlet act = {relu | tanh}\nlet rate = 0.1\nlet start = he gain 2\n"
    let names = ["block", "act", "rate", "start"]
    #expect(words(lets + marked).filter { names.contains($0) } == expected)
  }

  @Test("offers branches in a condition whatever names the spec defines")
  func conditionsAmongNames() {
    let spec = """
      let goal = 0.9
      let a = relu
      let widths = {32 | 64}
      fc 784 widths -> {a | tanh} -> fc 10 -> softmax_ce
      data mnist
      expect test accuracy at least goal when ‸
      """
    let found = words(spec)
    for word in ["a", "tanh", "widths", "reported"] {
      #expect(found.contains(word), "\(found)")
    }
  }

  @Test("offers initialisers and 'same' for biases")
  func biases() {
    #expect(words("init he biases ‸") == ["glorot", "he", "normal", "uniform", "zeros", "same"])
  }

  @Test(
    "offers nothing for a number or a text",
    arguments: [
      "solver sgd lr ‸", "train epochs ‸", "data csv path ‸", "data mnist validation last ‸",
      "train epochs 1‸", "train epochs ‸3", "expect test accuracy 0.‸",
    ])
  func numbers(marked: String) { #expect(words(marked) == []) }

  @Test(
    "offers nothing in comments and texts, and where a name is made up",
    arguments: [
      "# ‸", "net fc 3 # re‸", "data csv path \"‸\"", "data csv path \"a‸",
      "data csv path \"a b‸c\"",
      "let ‸", "let x‸", "let x ‸", "net (relu) ‸",
    ])
  func nowhere(marked: String) { #expect(words(marked) == []) }

  @Test("offers the settings that are not given yet, the nearest word's first")
  func settings() {
    let sgd = Sgd.schema.settings.map { $0.name }
    #expect(words("solver sgd ‸") == sgd)
    #expect(words("solver sgd lr 0.1 ‸") == sgd.filter { $0 != "lr" })
    #expect(words("solver sgd ‸ lr 0.1\n  decay 0.1") == sgd.filter { $0 != "lr" && $0 != "decay" })
    #expect(words("solver sgd lr 0.1\n  ‸") == sgd.filter { $0 != "lr" })
    let step = ["factor"] + sgd.filter { $0 != "lr" && $0 != "schedule" }
    #expect(words("solver sgd lr 0.1 schedule step every 3 ‸") == step)
    #expect(words("train epochs 3 ‸ seed 2").contains("batch"))
    #expect(!words("train epochs 3 ‸ seed 2").contains("epochs"))
    #expect(!words("train epochs 3 ‸ seed 2").contains("seed"))
  }

  @Test("offers a layer's settings behind its values, and stops at the arrow")
  func layerSettings() {
    #expect(words("net fc 784 128 ‸") == ["bias", "init"])
    #expect(words("net fc ‸ -> relu -> mse over samples") == ["in", "out", "bias", "init"])
    #expect(words("net relu ‸") == [])
    #expect(words("net mse ‸").contains("over"))
  }

  @Test("doesn't offer a fallback's settings that the first source has decided")
  func fallback() {
    let words = words("data mnist validation last 10 else digits ‸")
    #expect(words.contains("count"))
    #expect(words.filter { $0 == "scale" }.count == 1)
    #expect(!words.contains("validation"))
  }

  @Test("offers the names that are defined above")
  func names() {
    let text = "let width = 128\nlet block = fc width -> relu\n"
    #expect(found(text + "net fc ‸").last?.kind == .name)
    #expect(words(text + "net fc ‸").last == "width")
    #expect(words(text + "net fc 3 -> bl‸") == ["block"])
    #expect(words(text + "net (fc 3) * ‸") == ["width"])
    #expect(words(text + "solver sgd lr ‸") == ["width"])
    #expect(words("net fc ‸\nlet width = 128").contains("width") == false)
    #expect(words(text + "let deep = ‸").contains("block"))
    #expect(words(text + "let deep = ‸").contains("sgd"))
    #expect(words("let method1 = sgd lr 0.1\nsolver method1 mo‸") == ["momentum"])
  }

  @Test("gives each candidate the whole word as its place")
  func range() {
    for (marked, range) in [
      ("net re‸", 4..<6), ("net re‸lu", 4..<8), ("net ‸", 4..<4), ("# é\ns‸", 5..<6),
    ] {
      let ranges = found(marked).map { $0.range }
      #expect(!ranges.isEmpty && ranges.allSatisfy { $0 == range })
    }
  }

  @Test("offers no word twice, and says of each what it is")
  func helps() {
    for marked in ["‸", "data ‸", "data mnist ‸", "let a = ‸", "init he biases normal ‸"] {
      let found = found(marked)
      #expect(Set(found.map { $0.text }).count == found.count)
      for candidate in found { #expect(!candidate.help.isEmpty && !candidate.help.contains("\n")) }
    }
  }

  @Test(
    "offers each word where an example has it", arguments: Catalogue.schemas.flatMap { $0.examples }
  )
  func examples(_ example: String) {
    let words = WordMap(Source(name: "", text: example))
    for (token, role) in zip(words.tokens, words.roles) {
      guard case .word(let word) = token.kind else { continue }
      if case .value(let setting, _) = role, setting.kind.words.isEmpty { continue }
      let found = Completion.candidates(in: example, at: token.span.lower + 1)
      #expect(found.contains { $0.text == word }, "'\(word)' in '\(example)'")
      if case .other = role { Issue.record("'\(word)' in '\(example)' means nothing") }
    }
  }

  @Test("ends on any text")
  func fuzz() {
    let random = Random(seed: 1, purpose: .test)
    var next = 0
    func draw(_ count: Int) -> Int {
      next += 1
      return random.integer(next, below: count)
    }
    let pieces = [
      "net ", "fc ", "relu", " -> ", "let ", "x", " = ", "(", ")", "{", "|", "}", "*", "\n", "  ",
      "solver ", "sgd ", "lr ", "0.1 ", "schedule ", "data ", "mnist ", "validation ", "last ",
      "\"", "#", "é", "5000", "%", ",", "train ", "init ", "biases ", "expect ", "test ", "\r\n",
    ]
    for _ in 0..<3000 {
      let text = (0..<draw(14)).map { _ in pieces[draw(pieces.count)] }.joined()
      let offset = draw(text.utf8.count + 1)
      for candidate in Completion.all(in: text, at: offset) {
        #expect(candidate.range.lowerBound <= offset && offset <= candidate.range.upperBound)
      }
      _ = Hover.at(offset, in: Analysis(text))
    }
  }
}
