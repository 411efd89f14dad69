import Foundation
import MLPLibrary
import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

/// Programs made of pieces of all specs: none traps or hangs, and each mistake has a place in the text.
///
/// 3 000 programs by default; `MLPC_FUZZ=200000` asks for more.
@Suite struct SpecFuzzTests {
  private static let shards = 6
  private static let programs =
    ProcessInfo.processInfo.environment["MLPC_FUZZ"].flatMap { Int($0) } ?? 3000

  @Test(arguments: 0..<shards)
  func everyProgramIsAnswered(shard: Int) {
    var mutator = SpecMutator(stream: UInt64(shard))
    var defects = 0
    for round in 0..<(Self.programs / Self.shards) where defects < 5 {
      let bytes = mutator.program()
      guard let defect = FuzzJudge(bytes).defect else { continue }
      defects += 1
      let text = String(decoding: bytes, as: UTF8.self)
      Issue.record("\(defect) in round \(round) of \(shard): \(text.debugDescription)")
    }
  }
}

/// Makes programs by mutating the specs of the repository token by token; the same ones each time.
private struct SpecMutator {
  /// A token's text and what stands before it.
  private struct Piece {
    var gap: [UInt8]
    var text: [UInt8]
  }

  private static let seeds: [[Piece]] = {
    let specs = AnnotatedSpec.all(below: "specs").map { $0.text }
    let blocks = MarkdownBlock.all("mlp", in: "grammar.md").map { $0.text }
    return (specs + blocks).filter { $0.utf8.count < 2000 }.map { pieces(of: $0) }
  }()

  private static let words: [[UInt8]] = {
    let schemas = Catalogue.schemas
    let words =
      Catalogue.reservedWords.sorted() + Catalogue.foreignWords.keys.sorted()
      + Catalogue.foreignAdvice.keys.sorted() + schemas.map { $0.word }
      + Keyword.allCases.flatMap { Array(repeating: $0.rawValue, count: 8) }
    return words.map { Array($0.utf8) }
  }()

  private static let numbers: [[UInt8]] = [
    "0", "1", "-1", "2", "3", "10", "28", "128", "784", "1000", "0.5", "1e-3", ".5", "10%", "150%",
    "3x3", "28x28x1", "1e999", "9223372036854775807", "9223372036854775808", "0,1", "1,000", "1.",
    "1.5.2", "10k", "1/255", "10^-3", "1e−3", "1_000", "00", "-0", "1e", "2layer", "1000001",
  ].map { Array($0.utf8) }

  private static let noise: [[UInt8]] = [
    "(", ")", "{", "}", "[", "]", "|", "*", "->", "=", ",", ":", "\"", "\\", "#", ";", "<", ">=",
    "//", "/*", "*/", "%", "-", "+", "\n", "\n  ", "\n-> ", "\t", "\r\n", "\u{A0}", "\u{200B}",
    "\u{FEFF}", "→", "–", "−", "“", "”", "’", "日本", "e\u{301}", "👩‍👩‍👧", "\u{202E}", "（", "\0",
    "\u{1B}",
    "ß", "let x = ", "nn.", "()", "(1, 2)", "{a | b}", "{1, 2}",
  ].map { Array($0.utf8) }

  private let random: Random
  private var drawn = 0

  init(stream: UInt64) { random = Random(seed: 20_260_101, purpose: .test, stream: stream) }

  mutating func program() -> [UInt8] {
    var pieces = any(of: Self.seeds)
    for _ in 0...below(5) { mutate(&pieces) }
    var bytes = pieces.flatMap { $0.gap + $0.text }
    if below(8) == 0 { bytes.removeLast(below(bytes.count + 1)) }
    if below(8) == 0, !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(below(256)) }
    return bytes
  }

  private mutating func mutate(_ pieces: inout [Piece]) {
    guard !pieces.isEmpty else { return pieces = any(of: Self.seeds) }
    let place = below(pieces.count)
    switch below(11) {
    case 0: pieces.remove(at: place)
    case 1: pieces.insert(pieces[place], at: below(pieces.count + 1))
    case 2: pieces.swapAt(place, below(pieces.count))
    case 3: pieces.removeSubrange(place..<min(pieces.count, place + 1 + below(4)))
    case 4:
      let other = any(of: Self.seeds)
      pieces = pieces.prefix(place) + other.suffix(below(other.count + 1))
    case 5: pieces[place].gap = any(of: [[], [0x20], [0x0A], [0x0A, 0x20, 0x20]])
    case 6, 7: pieces[place].text = any(of: Self.words)
    case 8: pieces[place].text = any(of: Self.numbers)
    default:
      let gap: [UInt8] = below(2) == 0 ? [] : [0x20]
      pieces.insert(Piece(gap: gap, text: any(of: Self.noise)), at: place)
    }
  }

  private static func pieces(of text: String) -> [Piece] {
    let source = Source(name: "seed", text: text)
    var pieces: [Piece] = []
    var end = 0
    for token in Lexer.tokens(of: source).tokens where token.span.upper > token.span.lower {
      let (lower, upper) = (token.span.lower, token.span.upper)
      pieces.append(
        Piece(gap: Array(source.bytes[end..<lower]), text: Array(source.bytes[lower..<upper])))
      end = upper
    }
    return pieces
  }

  private mutating func any<T>(of choices: [T]) -> T { choices[below(choices.count)] }

  private mutating func below(_ count: Int) -> Int {
    drawn += 1
    return random.integer(drawn, below: count)
  }
}

/// What is wrong with how a program is answered.
private struct FuzzJudge {
  private let source: Source

  init(_ bytes: [UInt8]) { source = Source(name: "fuzz.mlp", bytes: bytes) }

  /// nil where all is well.
  var defect: String? {
    let (checked, diagnostics) = Session([source], in: MemoryWorld()).check()
    let hasErrors = diagnostics.contains { $0.severity == .error }
    if (checked == nil) != hasErrors { return "refused without an error, or accepted with one" }
    for diagnostic in diagnostics {
      if let defect = formDefect(of: diagnostic) { return "\(diagnostic.code) \(defect)" }
    }
    let rendered = Renderer.render(diagnostics, sources: [source], colour: false)
    let titles = rendered.split(separator: "\n").count {
      $0.hasPrefix("error[") || $0.hasPrefix("warning[")
    }
    if titles != diagnostics.count { return "rendered \(titles) of \(diagnostics.count)" }
    if let checked, let defect = explicitDefect(of: checked) { return defect }
    return printingDefect(of: source)
  }

  private func formDefect(of diagnostic: Diagnostic) -> String? {
    let spans =
      [diagnostic.span] + diagnostic.labels.map { $0.span }
      + diagnostic.edits.map { $0.span } + (diagnostic.scope.map { [$0] } ?? [])
    if !spans.allSatisfy({ $0.source == 0 && $0.lower >= 0 && $0.upper <= source.bytes.count }) {
      return "has a span outside of the text"
    }
    let ends = diagnostic.edits.map { $0.span.upper }
    if zip(ends, diagnostic.edits.dropFirst()).contains(where: { $0 >= $1.span.lower }) {
      return "has edits that touch each other"
    }
    let message = diagnostic.message
    if message.isEmpty || message.hasSuffix(".") || message.contains("\n") {
      return "has no proper message"
    }
    return FuzzJudge.codes.contains(diagnostic.code) ? nil : "has no explanation"
  }

  private static let codes = Set(DiagnosticCodes.all.map { $0.code })

  /// The explicit text means the same.
  private func explicitDefect(of checked: CheckedSpec) -> String? {
    let experiment = checked.experiments[0]
    guard experiment.net.layers.count < 100 else { return nil }
    let again = Session(
      [Source(name: "explicit", text: experiment.explicitText)], in: MemoryWorld())
    let text = again.check().checked?.experiments.first?.explicitText
    return text == experiment.explicitText
      ? nil : "another explicit text: \(text ?? "a faulty one")"
  }
}
