import MLPSyntax
import Testing

@testable import MLPRun

@Suite("The language server's conversation")
struct LanguageServerConversationTests {
  private func code(_ answer: JSON) -> Int? { answer["error"]?["code"]?.integer }

  @Test("begins with 'initialize' and ends with 'shutdown' and 'exit'")
  func lifecycle() throws {
    var editor = try Editor()
    let end = try editor.request("shutdown")
    #expect(end["result"] == .null && end["error"] == nil)
    #expect(code(try editor.request("textDocument/hover", "{}")) == -32600)
    try editor.notify("exit", "null")
    #expect(editor.server.ending == .orderly)
  }

  @Test("that ends without 'shutdown' is abrupt")
  func abrupt() throws {
    var editor = try Editor()
    try editor.notify("exit", "null")
    #expect(editor.server.ending == .abrupt)
  }

  @Test("answers what it can't do with the protocol's codes")
  func errors() throws {
    var server = LanguageServer()
    func answers(_ text: String) throws -> [Int?] {
      var frames = MessageFrames()
      let pieces = frames.add(
        server.receive(Array("Content-Length: \(text.utf8.count)\r\n\r\n\(text)".utf8)))
      return try pieces.map { piece in
        guard case .content(let bytes) = piece else { return nil }
        return code(try JSON.parse(bytes))
      }
    }
    #expect(try answers(Editor.message("textDocument/hover", "{}", id: "1")) == [-32002])
    #expect(try answers(Editor.message("textDocument/didOpen", "{}")) == [])
    #expect(try answers(Editor.message("initialize", "{}", id: "\"a\"")) == [nil])
    #expect(try answers(Editor.message("initialize", "{}", id: "2")) == [-32600])
    #expect(try answers(Editor.message("no/such", "{}", id: "3")) == [-32601])
    #expect(try answers(Editor.message("$/strange", "{}", id: "4")) == [-32601])
    #expect(try answers(Editor.message("$/strange", "{}")) == [])
    #expect(try answers(Editor.message("no/such", "{}")) == [])
    #expect(try answers(Editor.message("textDocument/hover", "{}", id: "5")) == [-32602])
    #expect(try answers("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":null}") == [])
    #expect(try answers("{\"jsonrpc\":\"2.0\",\"id\":8}") == [-32600])
    #expect(try answers("{\"jsonrpc\":\"1.0\",\"id\":9,\"method\":\"shutdown\"}") == [-32600])
    #expect(try answers("[]") == [-32600])
    #expect(try answers("{\"jsonrpc\":") == [-32700])
    #expect(try answers("{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"shutdown\"}") == [-32600])
  }

  @Test("doesn't do what is cancelled before its turn")
  func cancelling() throws {
    var editor = try Editor("net fc 3 4 -> mse")
    let hover = Editor.message(
      "textDocument/documentSymbol", "{\"textDocument\":{\"uri\":\"\(Editor.uri)\"}}", id: "77")
    let answers = try editor.send([hover, Editor.message("$/cancelRequest", "{\"id\":77}")])
    #expect(answers.map { code($0) } == [-32800])
  }

  @Test("agrees upon how characters are counted")
  func encodings() throws {
    func agreed(_ offered: String) throws -> JSON? {
      var server = LanguageServer()
      let message = Editor.message(
        "initialize", "{\"capabilities\":{\"general\":{\"positionEncodings\":\(offered)}}}", id: "1"
      )
      var frames = MessageFrames()
      let bytes = server.receive(MessageFrames.framed(try JSON.parse(Array(message.utf8))))
      guard case .content(let answer)? = frames.add(bytes).first else { return nil }
      return try JSON.parse(answer)["result"]?["capabilities"]?["positionEncoding"]
    }
    #expect(try agreed("[\"utf-16\"]") == .text("utf-16"))
    #expect(try agreed("[\"utf-16\",\"utf-8\"]") == .text("utf-8"))
    #expect(try agreed("[\"utf-32\"]") == .text("utf-16"))
    #expect(try agreed("null") == .text("utf-16"))
    #expect(try agreed("[]") == .text("utf-16"))
  }

  @Test("says so when a notification is not what the protocol says, and goes on")
  func faultyNotifications() throws {
    var editor = try Editor()
    let count = editor.heard.count
    try editor.notify("textDocument/didOpen", "{\"textDocument\":{\"uri\":3}}")
    try editor.notify("textDocument/didChange", "{\"textDocument\":{\"uri\":\"file:///none\"}}")
    try editor.notify("textDocument/didClose", "null")
    let said = editor.heard[count...].map { $0["method"] }
    #expect(said == Array(repeating: .text("window/logMessage"), count: 3))
    try editor.open("net fc 3 4 -> mse")
    #expect(editor.diagnostics == [])
  }
}

@Suite("The language server's diagnostics")
struct LanguageServerDiagnosticsTests {
  @Test("have place, code, source, help and the second place")
  func form() throws {
    let editor = try Editor("net fc 784 128 -> relu -> fc 100 10 -> softmax_ce")
    let found = try #require(editor.diagnostics.first)
    #expect(editor.diagnostics.count == 1)
    #expect(found["code"] == .text("E0312"))
    #expect(found["source"] == .text("mlpc"))
    #expect(found["severity"] == .integer(1))
    #expect(found["range"]?.brief == "0:29-0:32")
    let related = try #require(found["relatedInformation"]?.list?.first)
    #expect(related["location"]?["range"]?.brief == "0:18-0:22")
    #expect(related["message"] == .text("gives 128"))
    #expect(editor.heard.last?["params"]?["version"] == .integer(1))
  }

  @Test("put the second place's text into the message where the editor shows none")
  func plainEditors() throws {
    let text = "net fc 784 128 -> relu -> fc 100 10 -> softmax_ce"
    let found = try #require(try Editor(text, capabilities: "{}").diagnostics.first)
    #expect(found["relatedInformation"] == nil)
    #expect(found["message"]?.text?.contains("\ngives 128") == true)
  }

  @Test("mark a name that is never used")
  func unused() throws {
    let found = try Editor("let a = 3\nnet fc 3 4 -> mse").diagnostics
    #expect(found.map { $0["tags"] } == [.list([.integer(1)])])
  }

  @Test("follow changes of parts and of the whole, and go when the text is closed")
  func changes() throws {
    var editor = try Editor("net fc 784 128 -> rleu -> fc 10 -> softmax_ce\n")
    #expect(editor.diagnostics.map { $0["code"] } == [.text("E0301")])
    _ = try editor.send([Editor.change(Editor.replacement((0, 18), (0, 22), "relu"))])
    #expect(editor.diagnostics == [])
    #expect(editor.heard.last?["params"]?["version"] == .integer(2))
    _ = try editor.send([Editor.change("{\"text\":\"net fc\"}", version: 3)])
    #expect(editor.diagnostics.isEmpty == false)
    try editor.notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"\(Editor.uri)\"}}")
    #expect(editor.diagnostics == [])
  }

  @Test("are sent once for changes that come together")
  func coalescing() throws {
    var editor = try Editor("")
    let letters = Array("net fc 3 4 -> mse").enumerated().map { index, letter in
      Editor.change(
        Editor.replacement((0, index), (0, index), String(letter)), version: index + 2)
    }
    let answers = try editor.send(letters)
    #expect(answers.count == 1)
    #expect(answers.first?["params"]?["version"] == .integer(18))
    #expect(editor.diagnostics == [])
  }

  @Test(
    "count characters as was agreed", arguments: [("utf-16", "0:20-0:24"), ("utf-8", "0:23-0:27")])
  func encodings(encoding: String, place: String) throws {
    let editor = try Editor(
      "data csv path \"é😀\" labl 1\nnet fc 3 4 -> mse",
      capabilities: "{\"general\":{\"positionEncodings\":[\"\(encoding)\"]}}")
    #expect(editor.diagnostics.first?["range"]?.brief == place)
  }
}

@Suite("What the language server tells about a text")
struct LanguageServerFeatureTests {
  private static let text = """
    let width = 128
    net     fc 784 width -> relu -> fc 10 -> softmax_ce
    solver  sgd lr 0.1

    """

  @Test("hover")
  func hover() throws {
    var editor = try Editor(Self.text)
    let hover = try editor.ask("hover", 1, 9)
    #expect(hover["range"]?.brief == "1:8-1:10")
    #expect(hover["contents"]?["kind"] == .text("markdown"))
    #expect(hover["contents"]?["value"]?.text?.hasPrefix("**fc** (layer)") == true)
    #expect(try editor.ask("hover", 3, 0) == .null)
    #expect(try editor.ask("hover", 99, 99) == .null)
    var plain = try Editor(Self.text, capabilities: "{}")
    #expect(try plain.ask("hover", 1, 9)["contents"]?["kind"] == .text("plaintext"))
  }

  @Test("completion")
  func completion() throws {
    var editor = try Editor(Self.text)
    let items = try #require(try editor.ask("completion", 2, 12)["items"]?.list)
    #expect(items.contains { $0["label"] == .text("lr") })
    let settings = try #require(try editor.ask("completion", 2, 18)["items"]?.list)
    #expect(settings == [])
    _ = try editor.send([Editor.change(Editor.replacement((2, 18), (2, 18), " mo"))])
    let more = try #require(try editor.ask("completion", 2, 21)["items"]?.list)
    let momentum = try #require(more.first { $0["label"] == .text("momentum") })
    #expect(momentum["textEdit"]?["range"]?.brief == "2:19-2:21")
    #expect(momentum["documentation"]?.text?.contains("how much of the last step") == true)
    let keys = more.compactMap { $0["sortText"]?.text }
    #expect(keys.count == more.count && keys == keys.sorted())
  }

  @Test("definition, references, highlights")
  func names() throws {
    var editor = try Editor(Self.text)
    #expect(try editor.ask("definition", 1, 17)["range"]?.brief == "0:4-0:9")
    #expect(try editor.ask("definition", 1, 9) == .null)
    let all = try editor.ask("references", 0, 5, ",\"context\":{\"includeDeclaration\":true}")
    #expect(all.list?.map { $0["range"]?.brief } == ["0:4-0:9", "1:15-1:20"])
    let uses = try editor.ask("references", 0, 5, ",\"context\":{\"includeDeclaration\":false}")
    #expect(uses.list?.map { $0["range"]?.brief } == ["1:15-1:20"])
    #expect(try editor.ask("documentHighlight", 0, 5).list?.count == 2)
  }

  @Test("rename")
  func rename() throws {
    var editor = try Editor(Self.text)
    #expect(try editor.ask("prepareRename", 0, 5)["placeholder"] == .text("width"))
    #expect(try editor.ask("prepareRename", 1, 9) == .null)
    let edit = try editor.ask("rename", 1, 16, ",\"newName\":\"n\"")
    let edits = try #require(edit["changes"]?[Editor.uri]?.list)
    #expect(edits.map { $0["range"]?.brief } == ["0:4-0:9", "1:15-1:20"])
    let params = """
      {"textDocument":{"uri":"\(Editor.uri)"},"position":{"line":0,"character":5},"newName":"fc"}
      """
    let refusal = try editor.request("textDocument/rename", params)
    #expect(refusal["error"]?["code"] == .integer(-32803))
    #expect(refusal["error"]?["message"]?.text?.hasPrefix("'fc' is a word") == true)
  }

  @Test("formatting changes the lines that differ, and nothing in a text that can't be read")
  func formatting() throws {
    var editor = try Editor("# a\nnet fc 3 4->mse\ntrain   epochs 3\n")
    let edits = try #require(try editor.ask("formatting").list)
    #expect(edits.map { $0["range"]?.brief } == ["1:0-2:0"])
    #expect(edits.map { $0["newText"] } == [.text("net     fc 3 4 -> mse\n")])
    var formatted = try Editor(Self.text)
    #expect(try formatted.ask("formatting") == .list([]))
    var broken = try Editor("net fc 3 ->\ntrain epochs 3")
    #expect(try broken.ask("formatting") == .list([]))
  }

  @Test("quick fixes")
  func codeActions() throws {
    var editor = try Editor("net fc 784 128 -> rleu -> fc 10 -> softmax_ce")
    let actions = try #require(
      try editor.ask("codeAction", ",\"context\":{\"diagnostics\":[]}").list)
    #expect(actions.map { $0["title"] } == [.text("Replace 'rleu' with 'relu'")])
    let edit = try #require(actions.first?["edit"]?["changes"]?[Editor.uri]?.list?.first)
    #expect(edit["range"]?.brief == "0:18-0:22")
    #expect(edit["newText"] == .text("relu"))
    #expect(actions.first?["diagnostics"]?.list == editor.diagnostics)
    let none = try editor.ask(
      "codeAction", ",\"context\":{\"diagnostics\":[],\"only\":[\"refactor\"]}")
    #expect(none == .list([]))
  }

  @Test("inlay hints")
  func inlayHints() throws {
    var editor = try Editor(Self.text)
    let hints = try #require(try editor.ask("inlayHint").list)
    #expect(hints.map { $0["label"] } == [.text(": 128"), .text(": 128"), .text(": 10")])
    #expect(
      hints.first?["position"] == .object([("line", .integer(1)), ("character", .integer(20))]))
  }

  @Test("symbols, nested or not")
  func symbols() throws {
    var editor = try Editor(Self.text)
    let nested = try #require(try editor.ask("documentSymbol").list)
    #expect(
      nested.map { $0["name"] } == [.text("width"), .text("net"), .text("solver sgd lr 0.1")])
    #expect(nested[1]["children"]?.list?.count == 4)
    var plain = try Editor(Self.text, capabilities: "{}")
    let flat = try #require(try plain.ask("documentSymbol").list)
    #expect(flat.map { $0["location"]?["uri"] } == Array(repeating: .text(Editor.uri), count: 3))
  }

  @Test("semantic tokens")
  func semanticTokens() throws {
    var editor = try Editor("# é\nnet fc 3 4 -> mse\n")
    let data = try #require(try editor.ask("semanticTokens/full")["data"]?.list?.map { $0.integer })
    // Comment, net, fc, 3, 4, ->, mse.
    #expect(
      data == [
        0, 0, 3, 8, 0, 1, 0, 3, 0, 0, 0, 4, 2, 1, 0, 0, 3, 1, 6, 0, 0, 2, 1, 6, 0, 0, 2, 2, 9, 0, 0,
        3, 3, 1, 0,
      ])
  }
}
