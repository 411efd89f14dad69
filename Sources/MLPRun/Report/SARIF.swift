import MLPSyntax

/// Diagnostics in the Static Analysis Results Interchange Format 2.1.0 (OASIS), as one document.
package struct SARIF {
  private var results: [JSON] = []
  private var notifications: [JSON] = []

  package init() {}

  package mutating func add(_ diagnostics: [Diagnostic], _ sources: [Source]) {
    for diagnostic in diagnostics { results.append(Self.result(diagnostic, sources)) }
  }

  /// A file that could not be read.
  package mutating func add(failure message: String) {
    notifications.append(
      .object([("level", .text("error")), ("message", Self.message(message))]))
  }

  package var document: JSON {
    let run: JSON = .object([
      ("tool", .object([("driver", Self.driver)])),
      (
        "invocations",
        .list([
          .object([
            ("executionSuccessful", .flag(notifications.isEmpty)),
            ("toolExecutionNotifications", .list(notifications)),
          ])
        ])
      ),
      ("columnKind", .text("utf16CodeUnits")), ("results", .list(results)),
    ])
    return .object([
      ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .text("2.1.0")), ("runs", .list([run])),
    ])
  }

  // MARK: Rules

  private static let codes = DiagnosticCodes.all.map { $0.code }

  private static var driver: JSON {
    let rules: [JSON] = DiagnosticCodes.all.map { entry in
      let level = entry.code.hasPrefix("W") ? "warning" : "error"
      return .object([
        ("id", .text(entry.code)), ("shortDescription", message(entry.meaning)),
        ("defaultConfiguration", .object([("level", .text(level))])),
      ])
    }
    return .object([
      ("name", .text("mlpc")), ("version", .text(Version.text)), ("rules", .list(rules)),
    ])
  }

  // MARK: Results

  private static func result(_ diagnostic: Diagnostic, _ sources: [Source]) -> JSON {
    var members: [(String, JSON)] = [
      ("ruleId", .text(diagnostic.code)), ("level", .text(diagnostic.severity.rawValue)),
      ("message", message(text(of: diagnostic))),
      ("locations", .list(location(diagnostic.span, sources).map { [$0] } ?? [])),
    ]
    if let index = codes.firstIndex(of: diagnostic.code) {
      members.append(("ruleIndex", .integer(index)))
    }
    let related = diagnostic.labels.compactMap { label in
      location(label.span, sources, message: label.message)
    }
    if !related.isEmpty { members.append(("relatedLocations", .list(related))) }
    let edits = diagnostic.edits.filter { $0.span.source == 0 }
    if !edits.isEmpty {
      members.append(("fixes", .list([fix(edits, diagnostic.help, sources[0])])))
    }
    return .object(members)
  }

  /// Note and help have no members of their own.
  private static func text(of diagnostic: Diagnostic) -> String {
    let remarks = [("note", diagnostic.note), ("help", diagnostic.help)].compactMap { kind, text in
      text.map { "\n\(kind): \($0)" }
    }
    let place = diagnostic.span.source == 0 ? "" : " (in a merged statement)"
    return diagnostic.message + place + remarks.joined()
  }

  private static func message(_ text: String) -> JSON { .object([("text", .text(text))]) }

  /// nil for a place in a merged statement, which is no file.
  private static func location(
    _ span: Span, _ sources: [Source], message text: String = ""
  ) -> JSON? {
    guard span.source == 0 else { return nil }
    let physical: JSON = .object([
      ("artifactLocation", artifact(sources[0])), ("region", region(span, sources[0])),
    ])
    let remark: [(String, JSON)] = text.isEmpty ? [] : [("message", message(text))]
    return .object([("physicalLocation", physical)] + remark)
  }

  /// - Parameter edits: at least one; they are made together.
  private static func fix(_ edits: [Diagnostic.Edit], _ help: String?, _ source: Source) -> JSON {
    let replacements = edits.map { edit in
      JSON.object([
        ("deletedRegion", region(edit.span, source)),
        ("insertedContent", message(edit.replacement)),
      ])
    }
    let change: JSON = .object([
      ("artifactLocation", artifact(source)), ("replacements", .list(replacements)),
    ])
    return .object([
      ("description", message(help ?? "write '\(edits[0].replacement)'")),
      ("artifactChanges", .list([change])),
    ])
  }

  // MARK: Places

  /// From 1, columns in UTF-16; the end is behind the last one.
  private static func region(_ span: Span, _ source: Source) -> JSON {
    let (start, end) = (place(span.lower, source), place(span.upper, source))
    return .object([
      ("startLine", .integer(start.line)), ("startColumn", .integer(start.column)),
      ("endLine", .integer(end.line)), ("endColumn", .integer(end.column)),
    ])
  }

  private static func place(_ offset: Int, _ source: Source) -> (line: Int, column: Int) {
    let line = source.position(of: offset).line
    let start = source.lineRange(line).lowerBound
    let text = source.text(Span(start, max(start, offset)))
    return (line, text.utf16.count + 1)
  }

  private static func artifact(_ source: Source) -> JSON {
    .object([("uri", .text(uri(source.name)))])
  }

  /// The path as a reference after RFC 3986: relative, or with the scheme `file`.
  static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      if byte.isUnreserved {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        uri.unicodeScalars += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return uri
  }
}

extension UInt8 {
  /// Whether it stands for itself in a path.
  fileprivate var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/-._~".utf8.contains(self)
    }
  }
}
