/// A network as other languages write it: calls with commas between.
enum ForeignChain {
  /// `Linear(784, 128), nn.ReLU()` as `Linear 784 128 -> ReLU`; nil where anything but calls and names stands there, or
  /// no call.
  static func mended(_ text: Substring) -> String? {
    guard text.utf8.count < 1000, text.contains("(") else { return nil }
    var calls: [String] = []
    for part in parts(of: text) where part.contains(where: { !$0.isWhitespace }) {
      guard let call = mendedCall(part) else { return nil }
      calls.append(call)
    }
    return calls.isEmpty ? nil : calls.joined(separator: " -> ")
  }

  /// What lies between the commas outside of all brackets.
  private static func parts(of text: Substring) -> [Substring] {
    var depth = 0
    return text.split { character in
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      return character == "," && depth == 0
    }
  }

  /// The name without its module, and the arguments with blanks between.
  private static func mendedCall(_ text: Substring) -> String? {
    let trimmed = text.drop { $0.isWhitespace }
    let name = trimmed.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._".contains($0)) }
    guard let last = name.split(separator: ".").last, last.first?.isLetter == true else {
      return nil
    }
    var rest = trimmed[name.endIndex...].drop { $0 == " " }
    if rest.allSatisfy({ $0.isWhitespace }) { return String(last) }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    guard rest.first == "(", rest.last == ")" else { return nil }
    let arguments = rest.dropFirst().dropLast()
    guard !arguments.contains(where: { "([{}])#\n".contains($0) }) else { return nil }
    let words = arguments.split { " ,=:'\"".contains($0) }
    return ([last] + words).joined(separator: " ")
  }
}
