import MLPLibrary

/// SVG and HTML as text. What comes from elsewhere goes through `escaped`.
enum Markup {
  /// Text as content or as an attribute's value. Characters that XML doesn't have, or that turn the direction
  /// of what follows, become U+FFFD.
  static func escaped(_ text: String) -> String {
    // The quick way for nearly all: pictures within a page are long.
    if text.utf8.allSatisfy(isPlain) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return result
  }

  /// Whether the character is of ASCII and stands for itself.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
    default: 0x20..<0x7F ~= byte
    }
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value & 0xFFFE == 0xFFFE { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return false
    case .format: return scalar == "\u{200C}" || scalar == "\u{200D}"
    default: return true
    }
  }

  /// An element; without content it closes itself.
  ///
  /// - Parameters:
  ///   - attributes: their values are escaped here.
  ///   - content: markup.
  static func element(
    _ name: String, _ attributes: [(name: String, value: String)] = [], _ content: String? = nil
  ) -> String {
    var tag = "<" + name
    for attribute in attributes { tag += " \(attribute.name)=\"\(escaped(attribute.value))\"" }
    guard let content else { return tag + "/>" }
    return "\(tag)>\(content)</\(name)>"
  }

  /// A coordinate to a hundredth.
  static func number(_ x: Double) -> String { Format.number((x * 100).rounded() / 100) }
}
