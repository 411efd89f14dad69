import MLPRun
import MLPSyntax

/// The colours of what is being typed.
enum LinePaint {
  /// For each character the parameters of ECMA-48's "select graphic rendition"; empty for none.
  static func colours(of text: String) -> [String] {
    guard !ReplInput.isCommand(text) else { return [] }
    var colourOfByte = [String](repeating: "", count: text.utf8.count)
    for (span, kind) in Highlight.spans(of: Source(name: "", text: text)) {
      guard let colour = colour(of: kind) else { continue }
      for offset in span.lower..<min(span.upper, colourOfByte.count) {
        colourOfByte[offset] = colour
      }
    }
    var offset = 0
    return text.map { character in
      defer { offset += character.utf8.count }
      return colourOfByte[offset]
    }
  }

  /// A word that isn't known yet may be one that is still being typed: it has no colour.
  private static func colour(of kind: Highlight.Kind) -> String? {
    switch kind {
    case .comment: "2"
    case .keyword: "1"
    case .word: "36"
    case .name: "35"
    case .number: "33"
    case .text: "32"
    case .invalid: "31"
    case .setting, .value, .operator, .unknown: nil
    }
  }
}
