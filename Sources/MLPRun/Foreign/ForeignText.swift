import MLPLibrary
import MLPSyntax

/// A part of a source that is written in another language.
package struct ForeignText {
  let language: ForeignLanguage
  /// What shows it.
  let sign: Span
  let lines: ArraySlice<ForeignLines.Line>

  /// Sources that are larger aren't looked at.
  private static let maximumBytes = 1 << 18

  /// In the order of the text.
  static func all(in source: Source, index: Int) -> [ForeignText] {
    guard source.bytes.count <= maximumBytes else { return [] }
    let lines = ForeignLines(source).lines
    var found: [ForeignText] = []
    var next = 0
    while next < lines.count {
      let below = next + 1 < lines.count ? lines[next + 1] : nil
      guard let sign = ForeignLanguage.sign(in: lines[next], before: below) else {
        next += 1
        continue
      }
      let range = extent(of: sign.language, at: next, in: lines, from: found.last?.lines.endIndex)
      let lower = lines[next].bytes.lowerBound
      found.append(
        ForeignText(
          language: sign.language, sign: Span(lower, lower + sign.length, source: index),
          lines: lines[range]))
      next = range.upperBound
    }
    return found
  }

  /// The lines around one with a sign that go on in the language.
  private static func extent(
    of language: ForeignLanguage, at place: Int, in lines: [ForeignLines.Line], from first: Int?
  ) -> Range<Int> {
    var lower = place
    while lower > first ?? 0 {
      guard lines[lower - 1].indent > 0 || language.goesOn(in: lines[lower - 1]) else { break }
      lower -= 1
    }
    var upper = place + 1
    while upper < lines.count, lines[upper].indent > 0 || language.goesOn(in: lines[upper]) {
      upper += 1
    }
    // Indented lines above belong to what stands above them.
    while lower < place, lines[lower].indent > 0 { lower += 1 }
    return lower..<upper
  }

  /// Its bytes without comments between the lines' ends.
  var text: String {
    lines.map { String(repeating: " ", count: $0.indent) + $0.text }.joined(separator: "\n")
  }

  /// All of it.
  var body: Span {
    guard let first = lines.first, let last = lines.last else { return sign }
    return Span(first.bytes.lowerBound, last.bytes.upperBound, source: sign.source)
  }
}

// MARK: - What becomes of it

extension ForeignText {
  /// Parses a source, of which each part in another language is one mistake and no part of the tree.
  package static func parse(
    _ source: Source, index: Int = 0
  ) -> (spec: Spec, diagnostics: [Diagnostic]) {
    let parsed = Parser.parse(source, index: index)
    guard !parsed.diagnostics.isEmpty else { return parsed }
    let foreign = all(in: source, index: index).prefix(Diagnostic.limit)
    guard !foreign.isEmpty else { return parsed }
    var bytes = source.bytes
    for text in foreign {
      for place in text.body.lower..<text.body.upper where bytes[place] != UInt8(ascii: "\n") {
        bytes[place] = UInt8(ascii: " ")
      }
    }
    var rest = Parser.parse(Source(name: source.name, bytes: bytes), index: index)
    // Any statement may be said in it.
    rest.spec.brokenKeywords += Keyword.allCases.filter { $0 != .let }
    let diagnostics = rest.diagnostics + foreign.map { $0.diagnostic }
    return (rest.spec, Diagnostic.sorted(diagnostics))
  }

  private var diagnostic: Diagnostic {
    let translation = ForeignTranslation(self)
    return Diagnostic(
      .error, "E0337", "expected a spec, but found \(language.described)", at: sign,
      help: Self.help(translation),
      edit: translation.isWhole
        ? .init(body, translation.lines(isCut: false).joined(separator: "\n")) : nil)
  }

  private static func help(_ translation: ForeignTranslation) -> String {
    let mended = translation.lines(isCut: true).map { "\n  " + $0 }.joined()
    if translation.isWhole { return "here it is written" + mended }
    let example = "a network is written 'fc 784 128 -> relu -> fc 128 10 -> softmax_ce'"
    if mended.isEmpty { return example + ", and any other statement in a line of its own" }
    return translation.hasNetwork
      ? "what could be read of it is written here" + mended
      : "\(example); what could be read besides is written here\(mended)"
  }
}
