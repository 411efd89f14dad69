/// What the editor can do, and what we answer to it.
struct ClientCapabilities: Sendable {
  let encoding: TextPositions.Encoding
  let showsMarkdownInHovers: Bool
  let showsRelatedInformation: Bool
  let showsUnnecessary: Bool
  let showsNestedSymbols: Bool

  /// - Parameter capabilities: the `capabilities` of `initialize`; what they don't say isn't there.
  init(_ capabilities: JSON) {
    let text = capabilities["textDocument"] ?? .null
    let encodings = capabilities["general"]?["positionEncodings"]?.list ?? []
    encoding = encodings.contains(.text("utf-8")) ? .utf8 : .utf16
    let formats = text["hover"]?["contentFormat"]?.list ?? []
    showsMarkdownInHovers = formats.contains(.text("markdown"))
    let diagnostics = text["publishDiagnostics"] ?? .null
    showsRelatedInformation = diagnostics["relatedInformation"] == .flag(true)
    let tags = diagnostics["tagSupport"]?["valueSet"]?.list ?? []
    showsUnnecessary = tags.contains(.integer(1))
    showsNestedSymbols =
      text["documentSymbol"]?["hierarchicalDocumentSymbolSupport"] == .flag(true)
  }

  /// The result of `initialize`.
  var answer: JSON {
    .object([
      ("capabilities", .object([("positionEncoding", .text(encoding.rawValue))] + features)),
      (
        "serverInfo",
        .object([("name", .text("mlpc")), ("version", .text(Version.text))])
      ),
    ])
  }

  private var features: [(String, JSON)] {
    let yes = JSON.flag(true)
    let triggers = [" ", ">", "{", "(", "|", "="].map { JSON.text($0) }
    return [
      (
        "textDocumentSync",
        .object([("openClose", yes), ("change", .integer(2)), ("save", yes)])
      ), ("hoverProvider", yes),
      ("completionProvider", .object([("triggerCharacters", .list(triggers))])),
      ("definitionProvider", yes), ("referencesProvider", yes), ("documentHighlightProvider", yes),
      ("renameProvider", .object([("prepareProvider", yes)])),
      ("documentFormattingProvider", yes),
      ("codeActionProvider", .object([("codeActionKinds", .list([.text("quickfix")]))])),
      ("inlayHintProvider", yes), ("documentSymbolProvider", yes),
      (
        "semanticTokensProvider",
        .object([("legend", SemanticTokens.legend), ("full", yes)])
      ),
    ]
  }
}
