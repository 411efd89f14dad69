import MLPLibrary
import MLPSyntax

// What the editor asks about a text.

extension LanguageServer {
  /// - Throws: `.unknownMethod`, `.invalidParams`, or `.failed` with a sentence for the user.
  mutating func feature(_ method: String, _ params: JSON) throws(RPCError) -> JSON {
    switch method {
    case "textDocument/hover": try hover(request(params))
    case "textDocument/completion": try completion(request(params))
    case "textDocument/definition": try definition(request(params))
    case "textDocument/references": try references(request(params))
    case "textDocument/documentHighlight": try highlights(request(params))
    case "textDocument/prepareRename": try renamed(request(params))
    case "textDocument/rename": try rename(request(params))
    case "textDocument/formatting": try formatting(request(params))
    case "textDocument/codeAction": try codeActions(request(params))
    case "textDocument/inlayHint": try inlayHints(request(params))
    case "textDocument/documentSymbol": try symbols(request(params))
    case "textDocument/semanticTokens/full": try semanticTokens(request(params))
    default: throw RPCError(.unknownMethod, "there is no method '\(method)'")
    }
  }

  /// A question about an open text.
  struct Request {
    let params: JSON
    let uri: String
    let analysis: Analysis
    let positions: TextPositions

    func offset() throws(RPCError) -> Int { try positions.offset(params["position"]) }

    func location(_ span: Span) -> JSON {
      .object([("uri", .text(uri)), ("range", positions.json(span))])
    }
  }

  private mutating func request(_ params: JSON) throws(RPCError) -> Request {
    let uri = try Self.uri(params)
    guard let analysis = documents[uri]?.analysis(), let document = documents[uri] else {
      throw RPCError(.invalidParams, "'\(uri)' is not open")
    }
    return Request(
      params: params, uri: uri, analysis: analysis, positions: document.positions)
  }

  // MARK: Words

  private func hover(_ request: Request) throws(RPCError) -> JSON {
    guard let hover = Hover.at(try request.offset(), in: request.analysis) else { return .null }
    let isMarkdown = client.showsMarkdownInHovers
    let contents = JSON.object([
      ("kind", .text(isMarkdown ? "markdown" : "plaintext")),
      ("value", .text(isMarkdown ? hover.markdown : hover.plain)),
    ])
    return .object([("contents", contents), ("range", request.positions.json(hover.span))])
  }

  private func completion(_ request: Request) throws(RPCError) -> JSON {
    let text = String(decoding: request.analysis.source.bytes, as: UTF8.self)
    let found = Completion.all(in: text, at: try request.offset())
    let items = found.enumerated().map { index, completion in
      JSON.object([
        ("label", .text(completion.text)), ("kind", .integer(completion.kind.number)),
        ("detail", .text(completion.kind.rawValue)), ("documentation", .text(completion.help)),
        ("sortText", .text(Self.sortKey(index))),
        ("textEdit", request.positions.edit(completion.range, completion.text)),
      ])
    }
    return .object([("isIncomplete", .flag(false)), ("items", .list(items))])
  }

  /// A text that keeps the order of the candidates.
  private static func sortKey(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  // MARK: Names

  private func definition(_ request: Request) throws(RPCError) -> JSON {
    let span = request.analysis.words.definition(at: try request.offset())
    return span.map { request.location($0) } ?? .null
  }

  private func references(_ request: Request) throws(RPCError) -> JSON {
    let words = request.analysis.words
    guard let name = words.name(at: try request.offset()) else { return .null }
    let hidesDefinition = request.params["context"]?["includeDeclaration"] == .flag(false)
    let definition = words.definition(of: name.text)
    let places = words.places(of: name.text).filter { !hidesDefinition || $0 != definition }
    return .list(places.map { request.location($0) })
  }

  private func highlights(_ request: Request) throws(RPCError) -> JSON {
    let words = request.analysis.words
    guard let name = words.name(at: try request.offset()) else { return .null }
    return .list(
      words.places(of: name.text).map { .object([("range", request.positions.json($0))]) })
  }

  /// The place of the name that a rename would begin with.
  private func renamed(_ request: Request) throws(RPCError) -> JSON {
    guard let name = request.analysis.words.name(at: try request.offset()) else { return .null }
    return .object([
      ("range", request.positions.json(name.span)), ("placeholder", .text(name.text)),
    ])
  }

  private func rename(_ request: Request) throws(RPCError) -> JSON {
    guard let name = request.params["newName"]?.text else {
      throw RPCError(.invalidParams, "expected a 'newName'")
    }
    let offset = try request.offset()
    let places: [Span]?
    do throws(Problem) {
      places = try Renaming.edits(at: offset, to: name, in: request.analysis.words)
    } catch {
      throw RPCError(.failed, error.message + (error.help.map { "; \($0)" } ?? ""))
    }
    guard let places else { throw RPCError(.failed, "there is no name here to change") }
    return workspaceEdit(
      request, places.map { request.positions.edit($0.lower..<$0.upper, name) })
  }

  func workspaceEdit(_ request: Request, _ edits: [JSON]) -> JSON {
    .object([("changes", .object([(request.uri, .list(edits))]))])
  }
}

extension Completion.Kind {
  /// As the protocol numbers `CompletionItemKind`.
  fileprivate var number: Int {
    switch self {
    case .keyword: 14
    case .layer, .loss: 3
    case .solver, .schedule, .initialiser, .data: 7
    case .setting: 10
    case .value: 12
    case .name: 6
    }
  }
}
