import Testing

@testable import MLPSyntax

/// What a text's diagnostics say, apart from the wording: code and the text that they point at.
func faults(_ text: String) -> [String] {
  let source = Source(name: "x.mlp", text: text)
  return Parser.parse(source).diagnostics.map { "\($0.code) \(source.text($0.span))" }
}

/// The text in canonical layout, with nothing wrong in it.
func canonical(_ text: String, at location: SourceLocation = #_sourceLocation) -> String {
  let (spec, diagnostics) = Parser.parse(Source(name: "x.mlp", text: text))
  #expect(diagnostics.map { $0.message } == [], sourceLocation: location)
  return Printer.print(spec)
}

/// The text with every edit made that its diagnostics offer.
func mended(_ text: String) -> String {
  let diagnostics = Parser.parse(Source(name: "x.mlp", text: text)).diagnostics
  var bytes = Array(text.utf8)
  for edit in diagnostics.flatMap({ $0.edits }).sorted(by: { $0.span.lower > $1.span.lower }) {
    bytes.replaceSubrange(edit.span.lower..<edit.span.upper, with: Array(edit.replacement.utf8))
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The tokens in short: words and numbers as written, signs as they are, `;` for a statement's end.
func tokens(_ text: String) -> String {
  Lexer.tokens(of: Source(name: "x.mlp", text: text)).tokens.map { short($0.kind) }
    .joined(separator: " ")
}

private func short(_ kind: Token.Kind) -> String {
  switch kind {
  case .word(let text): text
  case .number(let number): number.text
  case .size(let sizes): "size\(sizes)"
  case .text(let text): "<\(text)>"
  case .arrow: "->"
  case .leftParenthesis: "("
  case .rightParenthesis: ")"
  case .leftBrace: "{"
  case .rightBrace: "}"
  case .bar: "|"
  case .star: "*"
  case .equals: "="
  case .comma: ","
  case .colon: ":"
  case .invalid: "?"
  case .end: ";"
  case .endOfSource: "."
  }
}
