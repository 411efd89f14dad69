/// Text of a statement that is never divided.
struct Piece {
  /// The level of a place where no line is broken.
  static let unbroken = Int.max

  let text: String
  /// Columns of a terminal.
  let width: Int
  /// Where it stands in the source: comments before that place stand before the piece.
  let lower: Int
  /// Whether a blank parts it from the piece before.
  let isSpaced: Bool
  /// Lines are broken before pieces of the lowest level first.
  let level: Int
  /// The column of a line that begins with it.
  let indent: Int
}

extension Printer {
  static func pieces(of chain: Chain) -> [Piece] {
    var disassembly = Disassembly()
    disassembly.add(chain, depth: 0, from: .init(indent: bodyColumn))
    return disassembly.pieces
  }
}

/// Takes a chain apart: arrows and bars go with what follows them.
private struct Disassembly {
  /// How the next piece begins.
  struct Start {
    var prefix = ""
    var isSpaced = true
    var level = Piece.unbroken
    var indent: Int
  }

  private(set) var pieces: [Piece] = []

  mutating func add(_ chain: Chain, depth: Int, from start: Start) {
    for (index, link) in chain.links.enumerated() {
      let arrow = Start(prefix: "-> ", level: 3 * depth, indent: Self.indent(depth))
      add(link, depth: depth, from: index == 0 ? start : arrow)
    }
  }

  private mutating func add(_ link: Link, depth: Int, from start: Start) {
    var start = start
    for (index, item) in link.items.enumerated() {
      if index > 0 {
        let isSetting = link.beginsSetting(at: index)
        start = Start(
          level: isSetting ? 3 * depth + 1 : Piece.unbroken, indent: Self.indent(depth + 1))
      }
      add(item, depth: depth, from: start)
    }
  }

  private mutating func add(_ item: Item, depth: Int, from start: Start) {
    let inside = Start(isSpaced: false, indent: Self.indent(depth + 1))
    switch item.kind {
    case .group(let chain, let times):
      add("(", at: item.span.lower, start)
      add(chain, depth: depth + 1, from: inside)
      let repetition = times.map { " * " + Printer.text(of: $0) } ?? ""
      add(")" + repetition, at: times?.span.lower ?? item.span.upper - 1, inside)
    case .alternatives(let branches):
      add("{", at: item.span.lower, start)
      for (index, branch) in branches.enumerated() {
        let bar = Start(prefix: "| ", level: 3 * depth + 2, indent: inside.indent)
        add(branch, depth: depth + 1, from: index == 0 ? inside : bar)
      }
      add("}", at: item.span.upper - 1, inside)
    case .word(let word): add(word, at: item.span.lower, start)
    case .number(let number): add(number.text, at: item.span.lower, start)
    case .size(let sizes):
      add(sizes.map { String($0) }.joined(separator: "x"), at: item.span.lower, start)
    case .text(let content): add(Printer.literal(content), at: item.span.lower, start)
    }
  }

  private mutating func add(_ text: String, at lower: Int, _ start: Start) {
    let text = start.prefix + text
    pieces.append(
      Piece(
        text: text, width: text.terminalWidth, lower: lower, isSpaced: start.isSpaced,
        level: start.level, indent: start.indent))
  }

  /// Four columns a level, as long as that leaves room.
  private static func indent(_ depth: Int) -> Int { Printer.bodyColumn + 4 * min(depth, 8) }
}

extension Link {
  /// Whether a setting's name seems to stand here: a word behind something that is none. Which words
  /// are names the grammar doesn't know, but for those that count: `every 500 steps`, `5 epochs without gain`.
  fileprivate func beginsSetting(at index: Int) -> Bool {
    guard let word = items[index].word, items[index - 1].word == nil else { return false }
    guard ["steps", "epochs"].contains(word) else { return true }
    let isCounted = index > 1 && items[index - 2].word == "every"
    let next = items[(index + 1)...].first?.word
    return !isCounted && next != "without"
  }
}

extension Item {
  fileprivate var word: String? {
    if case .word(let word) = kind { word } else { nil }
  }
}

extension String {
  /// How many columns of a terminal it takes.
  var terminalWidth: Int {
    utf8.allSatisfy { $0 < 0x80 }
      ? utf8.count : unicodeScalars.reduce(0) { $0 + $1.width }
  }
}
