/// Dots, eight to a character.
struct BrailleCanvas {
  /// What a curve is drawn with.
  struct Pen {
    static let patterns = 4

    let colour: Int
    /// 0: every dot; else one in so many and one more.
    let pattern: Int
    fileprivate var count = 0

    init(colour: Int, pattern: Int) {
      self.colour = colour
      self.pattern = pattern
    }

    /// Whether the next dot of the curve is drawn.
    fileprivate mutating func isDown() -> Bool {
      defer { count += 1 }
      return count.isMultiple(of: pattern + 1)
    }
  }

  let columns: Int
  private let rows: Int
  private var dots: [UInt8]
  /// The curve that a cell belongs to; -1 where there is none.
  private var owners: [Int]

  init(columns: Int, rows: Int) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    dots = Array(repeating: 0, count: self.columns * self.rows)
    owners = Array(repeating: -1, count: self.columns * self.rows)
  }

  /// A straight line, both ends included. A dot's place is counted from the upper left; dots outside are left
  /// out.
  mutating func draw(from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ pen: inout Pen) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    for step in 0...steps {
      // A curve's corner is one dot, not two.
      if step == 0, steps > 0, pen.count > 0 { continue }
      guard pen.isDown() else { continue }
      set(
        start.x + Self.part(end.x - start.x, step, steps),
        start.y + Self.part(end.y - start.y, step, steps), pen.colour)
    }
  }

  /// length·step/steps, rounded to the nearest.
  private static func part(_ length: Int, _ step: Int, _ steps: Int) -> Int {
    guard steps > 0 else { return 0 }
    let product = 2 * length * step + (length < 0 ? -steps : steps)
    return product / (2 * steps)
  }

  /// The bits of a braille character, by column and row of its dots (Unicode, chapter 21).
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  private mutating func set(_ x: Int, _ y: Int, _ owner: Int) {
    guard (0..<2 * columns).contains(x), (0..<4 * rows).contains(y) else { return }
    let cell = y / 4 * columns + x / 2
    dots[cell] |= Self.bits[x % 2][y % 4]
    owners[cell] = owner
  }

  /// Blue, yellow, green, magenta, cyan, red.
  private static let colours = [34, 33, 32, 35, 36, 31]

  /// One line of cells.
  func line(_ row: Int, isColoured: Bool, keepsBlanks: Bool = false) -> String {
    var cells = Array(row * columns..<(row + 1) * columns)
    if !keepsBlanks { while let last = cells.last, dots[last] == 0 { cells.removeLast() } }
    var line = ""
    var current = -1
    for cell in cells {
      if isColoured, dots[cell] != 0, owners[cell] != current {
        current = owners[cell]
        line += "\u{1B}[\(Self.colours[current % Self.colours.count])m"
      }
      line.unicodeScalars.append(Self.scalar(dots[cell]))
    }
    return current >= 0 ? line + "\u{1B}[0m" : line
  }

  private static func scalar(_ dots: UInt8) -> Unicode.Scalar {
    dots == 0 ? " " : Unicode.Scalar(0x2800 + UInt32(dots)) ?? " "
  }
}
