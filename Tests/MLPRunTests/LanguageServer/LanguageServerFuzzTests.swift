import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

/// Whatever an editor sends, the server goes on, and each request gets one answer.
@Suite("The language server withstands")
struct LanguageServerFuzzTests {
  /// Random choices, the same in every run.
  private struct Dice {
    let random: Random
    var next = 0

    init(_ seed: UInt64) { random = Random(seed: seed, purpose: .test) }

    mutating func below(_ count: Int) -> Int {
      next += 1
      return random.integer(next, below: count)
    }

    mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }
  }

  private static let methods =
    [
      "hover", "completion", "definition", "references", "documentHighlight", "prepareRename",
      "rename", "formatting", "codeAction", "inlayHint", "documentSymbol", "semanticTokens/full",
      "didOpen", "didChange", "didClose", "didSave", "nothing",
    ].map { "textDocument/\($0)" } + ["initialize", "initialized", "$/cancelRequest", "x"]

  private static let names = [
    "textDocument", "uri", "position", "line", "character", "range", "start", "end", "text",
    "contentChanges", "context", "only", "newName", "version", "id", "capabilities", "general",
  ]

  private func value(_ dice: inout Dice, _ depth: Int) -> JSON {
    switch dice.below(depth == 0 ? 6 : 9) {
    case 0: .null
    case 1: .flag(dice.below(2) == 0)
    case 2: .integer(dice.one(of: [0, 1, 2, 7, -1, .max, .min]))
    case 3: .number(dice.one(of: [0.5, -1e300]))
    case 4: .text(dice.one(of: [Editor.uri, "", "quickfix", "n", "relu"]))
    case 5: .text(dice.one(of: texts))
    case 6: .list((0..<dice.below(3)).map { _ in value(&dice, depth - 1) })
    default:
      .object((0..<dice.below(5)).map { _ in (dice.one(of: Self.names), value(&dice, depth - 1)) })
    }
  }

  private let texts = [
    "net fc 3 4 -> rleu -> mse\n", "let a = 3\nnet fc a -> {relu | tanh}\r\ndata mnist\n",
    "é😀\r#\n",
    "net (((", "solver sgd lr lr lr\n", "\u{FEFF}net fc 784 128", "let let = let\nnet a -> a\n",
  ]

  /// Parameters that are mostly as they should be.
  private func params(_ dice: inout Dice) -> JSON {
    if dice.below(4) == 0 { return value(&dice, 3) }
    func number(_ dice: inout Dice) -> JSON {
      .integer(dice.one(of: [0, 0, 1, 2, 3, 5, 9, 14, 22, 99, -3, .max]))
    }
    func position(_ dice: inout Dice) -> JSON {
      .object([("line", number(&dice)), ("character", number(&dice))])
    }
    func range(_ dice: inout Dice) -> JSON {
      .object([("start", position(&dice)), ("end", position(&dice))])
    }
    let change = JSON.object([("range", range(&dice)), ("text", .text(dice.one(of: texts)))])
    return .object([
      (
        "textDocument",
        .object([
          ("uri", .text(dice.one(of: [Editor.uri, Editor.uri, "file:///b.mlp"]))),
          ("text", .text(dice.one(of: texts))), ("version", number(&dice)),
        ])
      ), ("position", position(&dice)), ("range", range(&dice)),
      ("newName", .text(dice.one(of: ["n", "relu", "", "a b"]))),
      ("contentChanges", .list([change])),
      ("context", .object([])),
    ])
  }

  @Test("any messages", arguments: 0..<4 as Range<UInt64>)
  func messages(seed: UInt64) throws {
    var dice = Dice(seed)
    var editor = try Editor(dice.one(of: texts))
    for round in 0..<500 {
      let method = dice.one(of: Self.methods)
      let isRequest = dice.below(3) > 0
      let message = JSON.object(
        [("jsonrpc", .text("2.0")), ("method", .text(method)), ("params", params(&dice))]
          + (isRequest ? [("id", .integer(1000 + round))] : []))
      let answers = try editor.send([message.line])
      let own = answers.filter { $0["method"] == nil }
      #expect(own.count == (isRequest ? 1 : 0), "\(message.line)")
      if isRequest { #expect(own.first?["id"] == .integer(1000 + round)) }
    }
    #expect(try editor.request("shutdown")["result"] == .null)
  }

  @Test("any bytes")
  func bytes() throws {
    var dice = Dice(9)
    let seed = MessageFrames.framed(
      try JSON.parse(Array(Editor.message("textDocument/hover", "{\"a\":[1]}", id: "1").utf8)))
    var editor = try Editor()
    for _ in 0..<2000 {
      var bytes = seed
      for _ in 0...dice.below(3) {
        let place = dice.below(bytes.count)
        switch dice.below(3) {
        case 0: bytes[place] = UInt8(dice.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(seed[dice.below(seed.count)], at: place)
        }
      }
      _ = try editor.send(bytes)
    }
    // Whatever length was announced last is made full, then it hears again.
    var answers: [JSON] = []
    for _ in 0..<200 where answers.isEmpty {
      _ = try editor.send([UInt8](repeating: 0x0A, count: 100_000))
      answers = try editor.send(["{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"shutdown\"}"])
        .filter { $0["id"] == .integer(5) }
    }
    #expect(answers.count == 1)
  }

  @Test("deep and large texts")
  func largeTexts() throws {
    var editor = try Editor(String(repeating: "(", count: 20_000))
    #expect(editor.diagnostics.isEmpty == false)
    try editor.open(String(repeating: "let a = 3\n", count: 2_000))
    #expect(editor.diagnostics.count <= 101)
    try editor.open("net fc 3 " + Array(repeating: "-> relu", count: 2_000).joined(separator: "\n"))
    _ = try editor.ask("inlayHint")
    _ = try editor.ask("semanticTokens/full")
    _ = try editor.ask("completion", 500, 4)
  }
}
