import MLPSyntax

// Texts that the editor opens, changes and closes, and what is wrong with them.

extension LanguageServer {
  /// - Throws: `.invalidParams` where the editor's parameters are not what the protocol says.
  mutating func synchronise(_ method: String, _ params: JSON) throws(RPCError) {
    switch method {
    case "textDocument/didOpen": try open(params["textDocument"] ?? .null)
    case "textDocument/didChange": try change(params)
    case "textDocument/didClose": try close(params)
    default: break
    }
  }

  private mutating func open(_ item: JSON) throws(RPCError) {
    guard let uri = item["uri"]?.text, let text = item["text"]?.text else {
      throw RPCError(.invalidParams, "expected a 'textDocument' with 'uri' and 'text'")
    }
    documents[uri] = OpenDocument(
      uri: uri, version: item["version"]?.integer, text: text, client.encoding)
    mark(uri)
  }

  private mutating func change(_ params: JSON) throws(RPCError) {
    let uri = try Self.uri(params)
    guard var document = documents[uri] else {
      throw RPCError(.invalidParams, "'\(uri)' is not open")
    }
    // So that the text is changed in place.
    documents[uri] = nil
    defer { documents[uri] = document }
    mark(uri)
    try document.change(
      params["contentChanges"]?.list ?? [], version: params["textDocument"]?["version"]?.integer)
  }

  private mutating func close(_ params: JSON) throws(RPCError) {
    let uri = try Self.uri(params)
    guard documents.removeValue(forKey: uri) != nil else { return }
    changed.removeAll { $0 == uri }
    notes.append(publication(uri: uri, version: nil, []))
  }

  static func uri(_ params: JSON) throws(RPCError) -> String {
    guard let uri = params["textDocument"]?["uri"]?.text else {
      throw RPCError(.invalidParams, "expected a 'textDocument' with 'uri'")
    }
    return uri
  }

  private mutating func mark(_ uri: String) {
    if !changed.contains(uri) { changed.append(uri) }
  }

  // MARK: Diagnostics

  /// The diagnostics of all documents that have changed.
  mutating func publications() -> [JSON] {
    let uris = changed
    changed = []
    return uris.compactMap { uri in
      guard let analysis = documents[uri]?.analysis(), let document = documents[uri]
      else { return nil }
      let positions = document.positions
      let items = analysis.diagnostics.map { item($0, uri: uri, positions) }
      return publication(uri: uri, version: document.version, items)
    }
  }

  private func publication(uri: String, version: Int?, _ items: [JSON]) -> JSON {
    let version = version.map { [("version", JSON.integer($0))] } ?? []
    return RPCMessage.notification(
      "textDocument/publishDiagnostics",
      .object([("uri", .text(uri))] + version + [("diagnostics", .list(items))]))
  }

  /// A diagnostic as the protocol has it. What the editor has no place for goes into the message.
  func item(_ diagnostic: Diagnostic, uri: String, _ positions: TextPositions) -> JSON {
    let related = client.showsRelatedInformation ? diagnostic.labels : []
    var members: [(String, JSON)] = [
      ("range", positions.json(diagnostic.span)),
      ("severity", .integer(diagnostic.severity == .error ? 1 : 2)),
      ("code", .text(diagnostic.code)), ("source", .text("mlpc")),
      ("message", .text(message(of: diagnostic))),
    ]
    if !related.isEmpty {
      members.append(
        ("relatedInformation", .list(related.map { Self.related($0, uri: uri, positions) })))
    }
    if client.showsUnnecessary, diagnostic.isAboutSomethingUnused {
      members.append(("tags", .list([.integer(1)])))
    }
    return .object(members)
  }

  private static func related(
    _ label: Diagnostic.Label, uri: String, _ positions: TextPositions
  ) -> JSON {
    .object([
      ("location", .object([("uri", .text(uri)), ("range", positions.json(label.span))])),
      ("message", .text(label.message.isEmpty ? "see here" : label.message)),
    ])
  }

  private func message(of diagnostic: Diagnostic) -> String {
    var lines = [diagnostic.message]
    if !client.showsRelatedInformation {
      lines += diagnostic.labels.filter { !$0.message.isEmpty }.map { $0.message }
    }
    if let note = diagnostic.note { lines.append("note: \(note)") }
    if let help = diagnostic.help { lines.append("help: \(help)") }
    return lines.joined(separator: "\n")
  }
}

extension Diagnostic {
  /// Whether what it points at could be left out.
  fileprivate var isAboutSomethingUnused: Bool { code == "E0320" }
}
