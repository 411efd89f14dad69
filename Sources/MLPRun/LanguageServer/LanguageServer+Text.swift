import MLPSyntax

// What the editor shows in a text or changes in it.

extension LanguageServer {
  /// One edit that gives the text its canonical layout; none where the text can't be read.
  func formatting(_ request: Request) -> JSON {
    let analysis = request.analysis
    let isReadable = !Parser.parse(analysis.source).diagnostics.contains { $0.severity == .error }
    guard isReadable else { return .list([]) }
    let old = analysis.source.bytes
    let new = Array(Printer.print(analysis.spec).utf8)
    guard let change = LineChange(from: old, to: new) else { return .list([]) }
    return .list([request.positions.edit(change.range, change.text)])
  }

  /// The mends that diagnostics in the range offer.
  func codeActions(_ request: Request) throws(RPCError) -> JSON {
    let range = try request.positions.range(request.params["range"])
    let kinds = request.params["context"]?["only"]?.list ?? []
    guard kinds.isEmpty || kinds.contains(.text("quickfix")) || kinds.contains(.text(""))
    else { return .list([]) }
    let actions = request.analysis.diagnostics.compactMap { diagnostic -> JSON? in
      let edits = diagnostic.edits
      guard let first = edits.first,
        diagnostic.span.touches(range) || edits.contains(where: { $0.span.touches(range) })
      else { return nil }
      return .object([
        (
          "title",
          .text(
            title(of: first, request.analysis.source)
              + (edits.count > 1 ? " and \(edits.count - 1) more like it" : ""))
        ), ("kind", .text("quickfix")),
        ("diagnostics", .list([item(diagnostic, uri: request.uri, request.positions)])),
        ("isPreferred", .flag(true)),
        (
          "edit",
          workspaceEdit(
            request,
            edits.map {
              request.positions.edit($0.span.lower..<$0.span.upper, $0.replacement)
            })
        ),
      ])
    }
    return .list(actions)
  }

  private func title(of edit: Diagnostic.Edit, _ source: Source) -> String {
    let old = source.text(edit.span).brief
    let new = edit.replacement.brief
    if old.isEmpty { return "Insert '\(new)'" }
    return new.isEmpty ? "Remove '\(old)'" : "Replace '\(old)' with '\(new)'"
  }

  func inlayHints(_ request: Request) throws(RPCError) -> JSON {
    let range = try request.positions.range(request.params["range"])
    let hints = InlayHint.all(request.analysis, in: range).map { hint in
      JSON.object([
        ("position", request.positions.json(hint.offset)), ("label", .text(": \(hint.text)")),
        ("kind", .integer(1)),
      ])
    }
    return .list(hints)
  }

  // MARK: Contents

  func symbols(_ request: Request) -> JSON {
    let entries = OutlineEntry.all(request.analysis.spec)
    guard client.showsNestedSymbols else {
      return .list(
        entries.map { entry in
          .object([
            ("name", .text(entry.title)), ("kind", .integer(entry.kind.number)),
            ("location", request.location(entry.span)),
          ])
        })
    }
    return .list(entries.map { symbol($0, request.positions) })
  }

  private func symbol(_ entry: OutlineEntry, _ positions: TextPositions) -> JSON {
    .object([
      ("name", .text(entry.title)), ("kind", .integer(entry.kind.number)),
      ("range", positions.json(entry.span)), ("selectionRange", positions.json(entry.head)),
      ("children", .list(entry.children.map { symbol($0, positions) })),
    ])
  }

  func semanticTokens(_ request: Request) -> JSON {
    let data = SemanticTokens.data(request.analysis.source, request.positions)
    return .object([("data", .list(data.map { .integer($0) }))])
  }
}

extension Span {
  /// Whether it shares a place with the range, be it an end.
  fileprivate func touches(_ range: Range<Int>) -> Bool {
    lower <= range.upperBound && range.lowerBound <= upper
  }
}

extension OutlineEntry.Kind {
  /// As the protocol numbers `SymbolKind`.
  fileprivate var number: Int {
    switch self {
    case .statement: 7
    case .network: 5
    case .name: 13
    case .layer: 8
    }
  }
}

/// The lines in which two texts differ, as one change.
struct LineChange: Equatable {
  /// Of the old text.
  let range: Range<Int>
  let text: String

  /// nil where the texts are equal.
  init?(from old: [UInt8], to new: [UInt8]) {
    if old == new { return nil }
    var lower = zip(old, new).prefix { $0 == $1 }.count
    while lower > 0, old[lower - 1] != UInt8(ascii: "\n") { lower -= 1 }
    let (oldRest, newRest) = (old[lower...], new[lower...])
    var same = zip(oldRest.reversed(), newRest.reversed()).prefix { $0 == $1 }.count
    // The rest that is kept begins at a line's start in both.
    while same > 0,
      !Self.isLineStart(old, old.count - same) || !Self.isLineStart(new, new.count - same)
    {
      same -= 1
    }
    range = lower..<(old.count - same)
    text = String(decoding: new[lower..<(new.count - same)], as: UTF8.self)
  }

  private static func isLineStart(_ bytes: [UInt8], _ offset: Int) -> Bool {
    offset == bytes.count || offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n")
  }
}
