// Paths and addresses that stand without quotes: each is one mistake, over its whole length.

extension Lexer {
  /// Reports the path that begins at `lower`, which is here or before here, and leaves it as a text.
  mutating func path(from lower: Int) {
    while let byte = peek(), !byte.endsPath, arrowLength == nil { offset += 1 }
    quotePath(from: lower)
  }

  /// Reports the path from `lower` to here, and what belongs to it behind a blank.
  mutating func quotePath(from lower: Int) {
    passRestOfName(from: lower)
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    report(.textWithoutQuotes(text, at: span(from: lower)))
    emit(.text(text), from: lower)
  }

  /// Whether a path begins here with a sign: `./a`, `../a`, `/a`, `~/a`, `\\a`.
  var beginsPath: Bool {
    switch peek() {
    case UInt8(ascii: "."):
      let dots = peek(1) == UInt8(ascii: ".") ? 2 : 1
      return peek(dots)?.isSlash == true && peek(dots + 1)?.beginsName == true
    case UInt8(ascii: "~"):
      return peek(1)?.isSlash == true
    case UInt8(ascii: "/"):
      return peek(1)?.beginsName == true && peek(1)?.isDigit == false
    case UInt8(ascii: "\\"):
      return peek(1) == UInt8(ascii: "\\") && peek(2)?.beginsName == true
    default: return false
    }
  }

  /// Whether the word from `lower` to here begins a path: `https://`, `C:\`.
  func isPathHead(from lower: Int) -> Bool {
    guard peek() == UInt8(ascii: ":"), let next = peek(1) else { return false }
    return offset - lower == 1
      ? next.isSlash : next == UInt8(ascii: "/") && peek(2) == UInt8(ascii: "/")
  }

  /// Passes the rest of a file's name with a blank in it: what follows one blank and has a point or a slash, where
  /// the name so far has no point.
  private mutating func passRestOfName(from lower: Int) {
    let name = bytes[lower..<offset].split { $0.isSlash }.last ?? []
    guard !name.contains(UInt8(ascii: ".")), peek()?.isBlank == true,
      let first = peek(1), first.isWordPart, !first.isDigit
    else { return }
    var end = offset + 1
    while end < bytes.count, !bytes[end].endsPath { end += 1 }
    let rest = bytes[(offset + 1)..<end]
    let isName = rest.contains { $0 == UInt8(ascii: ".") || $0.isSlash }
    if isName, rest.allSatisfy({ $0.isWordPart || $0.isSlash || ".-".utf8.contains($0) }) {
      offset = end
    }
  }
}

extension UInt8 {
  fileprivate var isSlash: Bool { self == UInt8(ascii: "/") || self == UInt8(ascii: "\\") }

  /// Whether a file's name may begin with it.
  fileprivate var beginsName: Bool {
    isWordPart || self == UInt8(ascii: ".") || self > 0x7F
  }

  fileprivate var endsPath: Bool {
    switch self {
    case ...UInt8(ascii: " "), 0x7F, UInt8(ascii: "\""), UInt8(ascii: ")"), UInt8(ascii: ","),
      UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
