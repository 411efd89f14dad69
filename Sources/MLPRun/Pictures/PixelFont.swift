import MLPLibrary

/// Digits and an arrow of 5 × 7 dots, twice enlarged, for labels within a picture.
enum PixelFont {
  private static let zoom = 2
  static let height = 7 * zoom

  /// Rows from above; the highest of the five bits is the left dot.
  private static let glyphs: [Character: [UInt8]] = [
    "0": [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    "1": [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    "2": [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    "3": [0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110],
    "4": [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    "5": [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    "6": [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    "7": [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    "8": [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    "9": [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
    "→": [0b00000, 0b00100, 0b00010, 0b11111, 0b00010, 0b00100, 0b00000],
  ]

  /// In pixels; characters that it doesn't have are blanks.
  static func width(_ text: String) -> Int {
    text.isEmpty ? 0 : text.count * 6 * zoom - zoom
  }

  static func draw(_ text: String, _ left: Int, _ top: Int, into pixels: inout Pixels) {
    let colour = [UInt8](repeating: 0x20, count: pixels.channels)
    for (place, character) in text.enumerated() {
      for (row, bits) in (glyphs[character] ?? []).enumerated() {
        for column in 0..<5 where bits >> (4 - column) & 1 == 1 {
          pixels.fill(
            left + (place * 6 + column) * zoom, top + row * zoom, zoom, zoom, colour)
        }
      }
    }
  }
}
