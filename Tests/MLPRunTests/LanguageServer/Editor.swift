@testable import MLPRun

/// An editor that talks to a server without any pipe between.
struct Editor {
  static let uri = "file:///a.mlp"
  /// What a modern editor can do.
  static let capabilities = """
    {"general":{"positionEncodings":["utf-16"]},"textDocument":{
      "hover":{"contentFormat":["markdown"]},
      "publishDiagnostics":{"relatedInformation":true,"tagSupport":{"valueSet":[1,2]}},
      "documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}
    """

  private(set) var server = LanguageServer()
  private var lastId = 0
  /// The notifications that came, in order.
  private(set) var heard: [JSON] = []

  /// - Parameter text: of the document that is opened; nil for none.
  init(_ text: String? = nil, capabilities: String = Editor.capabilities) throws {
    try request("initialize", "{\"processId\":null,\"capabilities\":\(capabilities)}")
    try notify("initialized", "{}")
    if let text { try open(text) }
  }

  mutating func open(_ text: String, uri: String = Editor.uri) throws {
    let item = JSON.object([
      ("uri", .text(uri)), ("languageId", .text("mlp")), ("version", .integer(1)),
      ("text", .text(text)),
    ])
    try notify("textDocument/didOpen", JSON.object([("textDocument", item)]).line)
  }

  /// The messages that bytes are answered with.
  mutating func send(_ bytes: [UInt8]) throws -> [JSON] {
    var frames = MessageFrames()
    return try frames.add(server.receive(bytes)).map { piece in
      guard case .content(let bytes) = piece else { throw Unreadable() }
      return try JSON.parse(bytes)
    }
  }

  struct Unreadable: Error {}

  /// Sends several messages together.
  mutating func send(_ messages: [String]) throws -> [JSON] {
    let answers = try send(
      messages.flatMap { MessageFrames.framed(try JSON.parse(Array($0.utf8))) })
    heard += answers.filter { $0["method"] != nil }
    return answers
  }

  mutating func notify(_ method: String, _ params: String) throws {
    _ = try send([Self.message(method, params)])
  }

  /// The answer to a request.
  @discardableResult
  mutating func request(_ method: String, _ params: String = "null") throws -> JSON {
    lastId += 1
    let answers = try send([Self.message(method, params, id: "\(lastId)")])
    return answers.first { $0["id"] == .integer(lastId) } ?? .null
  }

  /// The result of a request about a place of the open document.
  mutating func ask(
    _ method: String, _ line: Int, _ character: Int, _ more: String = ""
  ) throws -> JSON {
    let params = """
      {"textDocument":{"uri":"\(Self.uri)"},
       "position":{"line":\(line),"character":\(character)}\(more)}
      """
    return try request("textDocument/\(method)", params)["result"] ?? .null
  }

  /// The result of a request about the whole open document.
  mutating func ask(_ method: String, _ more: String = "") throws -> JSON {
    let params = """
      {"textDocument":{"uri":"\(Self.uri)"},
       "range":{"start":{"line":0,"character":0},"end":{"line":99999,"character":0}}\(more)}
      """
    return try request("textDocument/\(method)", params)["result"] ?? .null
  }

  static func message(_ method: String, _ params: String, id: String? = nil) -> String {
    let id = id.map { "\"id\":\($0)," } ?? ""
    return "{\"jsonrpc\":\"2.0\",\(id)\"method\":\"\(method)\",\"params\":\(params)}"
  }

  static func change(_ changes: String, version: Int = 2) -> String {
    message(
      "textDocument/didChange",
      """
      {"textDocument":{"uri":"\(uri)","version":\(version)},"contentChanges":[\(changes)]}
      """)
  }

  static func replacement(
    _ from: (Int, Int), _ to: (Int, Int), _ text: String
  ) -> String {
    """
    {"range":{"start":{"line":\(from.0),"character":\(from.1)},
     "end":{"line":\(to.0),"character":\(to.1)}},"text":\(JSON.text(text).line)}
    """
  }

  /// The diagnostics that were sent last.
  var diagnostics: [JSON] {
    heard.last { $0["method"] == .text("textDocument/publishDiagnostics") }?["params"]?[
      "diagnostics"]?.list ?? []
  }
}

extension JSON {
  /// `2:20-2:24` of a range.
  var brief: String? {
    guard let start = self["start"], let end = self["end"] else { return nil }
    return "\(start.place)-\(end.place)"
  }

  private var place: String {
    "\(self["line"]?.integer ?? -1):\(self["character"]?.integer ?? -1)"
  }
}
