import MLPTestSupport
import Testing

@testable import MLPSyntax

/// Knuth's linear congruential generator; its high bits are good enough here.
private struct Generator {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}

private let seeds = [
  "net fc 784 128 -> relu -> fc 10\ninit he\n",
  "fc 784 128\n-> relu\n-> fc 128 10\n",
  "solver sgd  lr {0.001 | 1e-3 | .5}  decay 10%\n",
  "let width = 128\nlet block = fc width -> relu\n",
  "net (fc 8 -> relu) * 3 -> (fc 8) * n\n",
  "net a ->\n  {b | c d} ->\ne\n",
  "# top\n\n# above\ntrain 3  # behind\n\n# end",
  "data csv \"a \\\"b\\\" # c\\n\" 28x28x1\n",
  "expect test accuracy 0.97 within -0.5\r\n\r\ninit x\r\n",
  "net {a | {b | (c -> {d | e}) * 2}} -> f\n",
  "net a # one\n\n  # two\n  -> b # three\n",
  "\u{FEFF}  net größe → “x” 3×3\n",
  "solver sgd lr = 0.1, momentum: 0.9;\nwidth = 3\n",
  "net ((((a))))\ntrain\nlet\ninit )\n",
  "net 12abc 1.2.3 a-b c/d 'e' // f\n",
]

private let pieces = [
  "->", "(", ")", "{", "}", "|", "*", "=", ",", ":", "\"", "\\", "#", "\n", "\n ", "\n->", "\r\n",
  " ", "\t", "let ", "net ", "x", "3", "-", ".", "%", "e", "→", "“", "日", "\u{301}", "\u{A0}",
  "\u{0}",
  "\n\n", "//", ">", "9999999999999999999", "a",
].map { Array($0.utf8) }

@Suite("Mutated programs")
struct FuzzTests {
  private func mutated(_ seed: [UInt8], _ random: inout Generator) -> [UInt8] {
    var bytes = seed
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count + 1)
      let end = min(bytes.count, place + random.below(6))
      switch random.below(5) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
      case 2: bytes.insert(UInt8(random.below(256)), at: place)
      default: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
      }
    }
    return bytes
  }

  /// What goes wrong with a program, or nil.
  private func defect(_ bytes: [UInt8]) -> String? {
    let source = Source(name: "x", bytes: bytes)
    for diagnostic in Parser.parse(source).diagnostics {
      let spans =
        [diagnostic.span] + diagnostic.labels.map { $0.span } + diagnostic.edits.map { $0.span }
      if spans.contains(where: { $0.lower < 0 || $0.upper > bytes.count }) { return "span outside" }
      if diagnostic.help == nil { return "no help" }
    }
    return printingDefect(of: source)
  }

  /// Programs that once were printed as other trees, or with mistakes of their own.
  @Test(arguments: [
    "fc 784 128 -> (relu 00 fc 128) x(0, 0.01)", "fc\n784 10\n9223372036854/7580",
  ])
  func onceCausedADefect(_ text: String) {
    #expect(defect(Array(text.utf8)) == nil)
  }

  @Test(arguments: seeds.indices)
  func neverCauseADefect(index: Int) {
    var random = Generator(state: UInt64(index))
    let seed = Array(seeds[index].utf8)
    #expect(defect(seed) == nil)
    for round in 0..<1350 {
      let bytes = mutated(seed, &random)
      guard let defect = defect(bytes) else { continue }
      Issue.record(
        "\(defect) in round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      return
    }
  }

  /// Programs that once were answered wrongly.
  @Test(arguments: [
    "Sequential (Linear(784, 128), ReLU())", "Sequential let x = (Linear(784, 128), ReLU())",
    "fc 784 (10(1, 2)) ->\nsoftmax_ce", "solver sgd lr 0,1 momentum 0,\n  9",
    "train epochs 1,\n  000", "train epochs 2 *\n  3", "| 1", "fc 1/255 10 -> softmax_ce",
    "solver {sgd lr {0.1 | 0.2} 3 adam lr {0.1 1e-3 0.01}}",
  ])
  func areAnsweredNow(text: String) {
    #expect(defect(Array(text.utf8)) == nil)
    for diagnostic in Parser.parse(Source(name: "x", text: text)).diagnostics {
      #expect(!diagnostic.message.contains("\n") && diagnostic.help?.contains("\n") != true)
    }
  }

  @Test func noneStopsTheRenderer() {
    var random = Generator(state: 1)
    for round in 0..<1000 {
      let source = Source(
        name: "x", bytes: mutated(Array(seeds[round % seeds.count].utf8), &random))
      let diagnostics = Parser.parse(source).diagnostics
      let text = Renderer.render(diagnostics, sources: [source], colour: false)
      let titles = text.split(separator: "\n").count { $0.hasPrefix("error[") }
      #expect(titles == diagnostics.count)
    }
  }
}
