/// A message of JSON-RPC 2.0.
struct RPCMessage {
  /// nil for a notification.
  let id: JSON?
  /// nil for an answer.
  let method: String?
  let params: JSON

  /// - Throws: `.parse` where the bytes are no JSON, `.invalid` where they are no message.
  init(_ bytes: [UInt8]) throws(RPCError) {
    let value: JSON
    do throws(JSON.Fault) {
      value = try JSON.parse(bytes)
    } catch {
      throw RPCError(.parse, "\(error.message) (byte \(error.offset))")
    }
    guard value["jsonrpc"] == .text("2.0") else {
      throw RPCError(.invalid, "expected an object with 'jsonrpc' \"2.0\"")
    }
    id = value["id"]
    method = value["method"]?.text
    params = value["params"] ?? .null
    let isAnswer = value["result"] != nil || value["error"] != nil
    guard method != nil || isAnswer else { throw RPCError(.invalid, "expected a 'method'") }
    switch id {
    case nil, .integer?, .text?: break
    case .null? where isAnswer: break
    default: throw RPCError(.invalid, "expected a number or a text as 'id'")
    }
  }

  static func notification(_ method: String, _ params: JSON) -> JSON {
    .object([("jsonrpc", .text("2.0")), ("method", .text(method)), ("params", params)])
  }

  static func result(_ result: JSON, for id: JSON) -> JSON {
    .object([("jsonrpc", .text("2.0")), ("id", id), ("result", result)])
  }

  static func failure(_ error: RPCError, for id: JSON) -> JSON {
    .object([
      ("jsonrpc", .text("2.0")), ("id", id),
      (
        "error",
        .object([("code", .integer(error.code.rawValue)), ("message", .text(error.message))])
      ),
    ])
  }
}

/// Why a request has no result.
struct RPCError: Error, Equatable {
  /// As JSON-RPC and the Language Server Protocol number them.
  enum Code: Int {
    case parse = -32700
    case invalid = -32600
    case unknownMethod = -32601
    case invalidParams = -32602
    case notInitialized = -32002
    case cancelled = -32800
    case failed = -32803
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
