/// How much room text takes, without asking a font: widths of a broad sans-serif, so that no usual font needs
/// more.
enum TextLayout {
  /// - Parameter size: the font's, in the unit of the result.
  static func width(_ text: String, _ size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width($1) } * size
  }

  /// Lines no wider than `width`, broken at blanks, and within a word where it is wider than a line.
  static func lines(_ text: String, within width: Double, _ size: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if self.width(longer, size) <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      let pieces = pieces(of: word, within: width, size)
      lines += pieces.dropLast()
      line = pieces.last ?? ""
    }
    return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
  }

  private static func pieces(of word: Substring, within width: Double, _ size: Double) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in word {
      if !piece.isEmpty, self.width(piece + String(character), size) > width {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    return pieces + [piece]
  }

  /// In ems.
  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!": 0.36
    case " ", "f", "r", "t", "(", ")", "[", "]", "-", "/": 0.43
    case "m", "w", "M", "W", "@", "%": 1
    case "0"..."9", "a"..."z": 0.65
    case "A"..."Z": 0.75
    default: scalar.value < 0x80 ? 0.84 : scalar.value < 0x1100 ? 0.8 : 1.05
    }
  }
}
