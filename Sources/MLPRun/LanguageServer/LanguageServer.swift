/// The Language Server Protocol (3.17) for specs: messages in, messages out, and no other effect.
///
/// Every message is answered at once. Diagnostics are sent when all messages that came together are
/// done, so that changes in a row are checked once.
package struct LanguageServer: Sendable {
  /// How the conversation ended.
  package enum Ending: Sendable {
    /// With `shutdown` before `exit`.
    case orderly
    case abrupt
  }

  private enum Phase {
    case fresh
    case running
    case shutDown
  }

  /// Set once the editor has said `exit`.
  package private(set) var ending: Ending?
  private var phase = Phase.fresh
  private var frames = MessageFrames()
  private(set) var client = ClientCapabilities(.null)
  var documents: [String: OpenDocument] = [:]
  /// The documents whose diagnostics must be sent, in the order in which they changed.
  var changed: [String] = []
  /// Messages to the editor that answer no request.
  var notes: [JSON] = []

  package init() {}

  /// - Parameter bytes: what came, wherever it begins and ends.
  /// - Returns: what to send.
  package mutating func receive(_ bytes: [UInt8]) -> [UInt8] {
    let pieces = frames.add(bytes)
    return handle(pieces).flatMap { MessageFrames.framed($0) }
  }

  /// The messages that answer these.
  mutating func handle(_ pieces: [MessageFrames.Piece]) -> [JSON] {
    var answers: [JSON] = []
    var messages: [RPCMessage] = []
    for piece in pieces {
      do throws(RPCError) {
        messages.append(try Self.message(piece))
      } catch {
        answers.append(RPCMessage.failure(error, for: .null))
      }
    }
    let cancelled = messages.filter { $0.method == "$/cancelRequest" }.compactMap {
      $0.params["id"]
    }
    for message in messages where ending == nil {
      if let answer = answer(message, cancelled: cancelled) { answers.append(answer) }
      answers += notes
      notes = []
    }
    return ending == nil ? answers + publications() : answers
  }

  private static func message(_ piece: MessageFrames.Piece) throws(RPCError) -> RPCMessage {
    switch piece {
    case .content(let bytes): return try RPCMessage(bytes)
    case .fault(let message): throw RPCError(.parse, message)
    }
  }

  private mutating func answer(_ message: RPCMessage, cancelled: [JSON]) -> JSON? {
    // We ask nothing, so nobody answers us.
    guard let method = message.method else { return nil }
    guard let id = message.id else {
      notify(method, message.params)
      return nil
    }
    do throws(RPCError) {
      if cancelled.contains(id) { throw RPCError(.cancelled, "the request was cancelled") }
      return RPCMessage.result(try request(method, message.params), for: id)
    } catch {
      return RPCMessage.failure(error, for: id)
    }
  }

  // MARK: Lifecycle

  private mutating func request(_ method: String, _ params: JSON) throws(RPCError) -> JSON {
    switch (phase, method) {
    case (.fresh, "initialize"):
      client = ClientCapabilities(params["capabilities"] ?? .null)
      phase = .running
      return client.answer
    case (.fresh, _): throw RPCError(.notInitialized, "expected 'initialize', found '\(method)'")
    case (.shutDown, _): throw RPCError(.invalid, "'\(method)' came after 'shutdown'")
    case (.running, "initialize"): throw RPCError(.invalid, "'initialize' came twice")
    case (.running, "shutdown"):
      phase = .shutDown
      return .null
    case (.running, _): return try feature(method, params)
    }
  }

  private mutating func notify(_ method: String, _ params: JSON) {
    if method == "exit" {
      ending = phase == .shutDown ? .orderly : .abrupt
      return
    }
    guard phase == .running else { return }
    do throws(RPCError) {
      try synchronise(method, params)
    } catch {
      notes.append(
        RPCMessage.notification(
          "window/logMessage",
          .object([("type", .integer(2)), ("message", .text("\(method): \(error.message)"))])))
    }
  }
}
