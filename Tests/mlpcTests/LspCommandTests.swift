import Foundation
import MLPRun
import MLPTestSupport
import Testing

/// `mlpc lsp` as an editor starts it: a process with pipes.
private final class EditorProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var frames = MessageFrames()
  private var waiting: [JSON] = []

  init() throws {
    process.executableURL = Program.url
    process.arguments = ["lsp"]
    process.environment = Program.bareEnvironment
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  func send(_ text: String) throws {
    let message = try JSON.parse(Array(text.utf8))
    try input.fileHandleForWriting.write(contentsOf: Data(MessageFrames.framed(message)))
  }

  func sendRaw(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// The next message; nil when the server has hung up.
  func receive() throws -> JSON? {
    while waiting.isEmpty {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      for case .content(let bytes) in frames.add(data) { waiting.append(try JSON.parse(bytes)) }
    }
    return waiting.removeFirst()
  }

  func hangUp() throws { try input.fileHandleForWriting.close() }

  var status: Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite(
  "mlpc lsp",
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: Program.url.path),
    "mlpc is not built beside the tests"))
struct LspCommandTests {
  private static let initialize =
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}"
  private static let open = """
    {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":
     {"uri":"file:///a.mlp","version":1,"text":"net fc 784 128 -> rleu -> fc 10 -> softmax_ce"}}}
    """
  private static let hover = """
    {"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":
     {"textDocument":{"uri":"file:///a.mlp"},"position":{"line":0,"character":5}}}
    """

  @Test(.timeLimit(.minutes(1)))
  func talksThroughPipes() throws {
    let editor = try EditorProcess()
    try editor.send(Self.initialize)
    #expect(try editor.receive()?["result"]?["serverInfo"]?["name"] == .text("mlpc"))
    try editor.send(Self.open)
    let published = try #require(try editor.receive())
    #expect(published["method"] == .text("textDocument/publishDiagnostics"))
    #expect(published["params"]?["diagnostics"]?.list?.first?["code"] == .text("E0301"))
    try editor.sendRaw("rubbish\r\n\r\n")
    #expect(try editor.receive()?["error"]?["code"] == .integer(-32700))
    try editor.send(Self.hover)
    #expect(
      try editor.receive()?["result"]?["contents"]?["value"]?.text?.hasPrefix("fc (layer)") == true)
    try editor.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"shutdown\"}")
    #expect(try editor.receive()?["id"] == .integer(3))
    try editor.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}")
    #expect(editor.status == 0)
  }

  @Test(.timeLimit(.minutes(1)))
  func endsWithOneWithoutShutdown() throws {
    let editor = try EditorProcess()
    try editor.send(Self.initialize)
    _ = try editor.receive()
    try editor.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}")
    #expect(editor.status == 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func endsWhenTheEditorHangsUp() throws {
    let editor = try EditorProcess()
    try editor.hangUp()
    #expect(try editor.receive() == nil)
    #expect(editor.status == 1)
  }

  @Test func takesNoFile() throws {
    let found = try Program.run(["lsp", "a.mlp"])
    #expect(found.status == 64)
    #expect(found.stderr.hasPrefix("mlpc: lsp takes no file\n"))
  }

  private static let node = ["/usr/bin/node", "/usr/local/bin/node", "/opt/homebrew/bin/node"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The extension for VS Code with a stand-in for VS Code, against the real server.
  @Test(.enabled(if: node != nil, "node is not installed"), .timeLimit(.minutes(1)))
  func theExtensionTalksToIt() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.node))
    process.arguments = ["Sources/mlpc-editor/test.js", Program.url.path]
    process.currentDirectoryURL = Program.root
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains("the extension talks to mlpc"))
  }
}
