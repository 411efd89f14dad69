/// Turns the bytes of a terminal into keys.
///
/// Knows what xterm and its relatives send (ECMA-48, DEC function keys, bracketed paste); what it doesn't know, it
/// passes over as a whole.
struct KeyDecoder {
  private var bytes: [UInt8] = []

  /// Whether a key has begun that isn't complete: an escape may also stand alone.
  var isWithinKey: Bool { !bytes.isEmpty }

  /// Whether what has begun is a paste, which may take its time.
  var isWithinPaste: Bool { bytes.starts(with: Self.pasteStart) }

  mutating func add(_ byte: UInt8) -> Key? {
    // An escape before another sequence says nothing.
    if byte == Self.escape, bytes == [Self.escape] { return nil }
    bytes.append(byte)
    guard let found = complete else { return nil }
    bytes = []
    return found.key
  }

  /// What has begun, where nothing more comes.
  mutating func finish() -> Key? {
    defer { bytes = [] }
    return bytes == [Self.escape] ? .escape : nil
  }

  private static let escape: UInt8 = 0x1B
  private static let pasteStart = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// A complete sequence; it may mean nothing.
  private struct Found {
    let key: Key?
    init(_ key: Key?) { self.key = key }
  }

  private var complete: Found? {
    guard let first = bytes.first else { return nil }
    if first == Self.escape { return escaped }
    if first < 0x20 || first == 0x7F { return Found(Self.control(first)) }
    return character(from: 0).map { Found(.text($0)) }
  }

  /// One scalar from UTF-8; faulty bytes become U+FFFD.
  private func character(from index: Int) -> String? {
    let lead = bytes[index]
    let length = lead < 0x80 ? 1 : lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard bytes.count - index >= length else { return nil }
    return String(decoding: bytes[index...], as: UTF8.self)
  }

  // MARK: Control characters

  private static func control(_ byte: UInt8) -> Key? {
    switch byte {
    case letter("a"): .home
    case letter("b"): .left
    case letter("c"): .interrupt
    case letter("d"): .endOfInput
    case letter("e"): .end
    case letter("f"): .right
    case letter("g"): .escape
    case letter("h"), 0x7F: .backspace
    case letter("i"): .tab
    case letter("k"): .killBehind
    case letter("l"): .clearScreen
    case letter("j"), letter("m"): .enter
    case letter("n"): .next
    case letter("p"): .previous
    case letter("r"): .searchBack
    case letter("s"): .searchForth
    case letter("t"): .transpose
    case letter("u"): .killBefore
    case letter("w"): .killWordBefore
    case letter("y"): .yank
    case letter("z"): .suspend
    default: nil
    }
  }

  private static func letter(_ letter: Character) -> UInt8 { (letter.asciiValue ?? 0) & 0x1F }

  // MARK: Escape sequences

  private var escaped: Found? {
    guard bytes.count > 1 else { return nil }
    switch bytes[1] {
    case UInt8(ascii: "["): return controlSequence
    case UInt8(ascii: "O"):
      guard bytes.count > 2 else { return nil }
      return Found(Self.named(bytes[2], modifier: 1))
    default: return Found(Self.withAlt(bytes[1]))
    }
  }

  private static func withAlt(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "b"): .wordLeft
    case UInt8(ascii: "f"): .wordRight
    case UInt8(ascii: "d"): .killWordBehind
    case 0x7F, 0x08: .killWordBefore
    case 0x0D, 0x0A: .newLine
    default: nil
    }
  }

  /// `ESC [ parameters final`
  private var controlSequence: Found? {
    guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
      return nil
    }
    if isWithinPaste { return pasted }
    let parameters = String(decoding: bytes[2..<end], as: UTF8.self).split(separator: ";")
      .map { Int($0) ?? 0 }
    let modifier = parameters.count > 1 ? parameters[1] : 1
    guard bytes[end] == UInt8(ascii: "~") else {
      return Found(Self.named(bytes[end], modifier: modifier))
    }
    return Found(Self.numbered(parameters.first ?? 0, modifier: modifier))
  }

  private static func named(_ byte: UInt8, modifier: Int) -> Key? {
    let jumps = modifier > 1
    return switch byte {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): jumps ? .wordRight : .right
    case UInt8(ascii: "D"): jumps ? .wordLeft : .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "M"): .enter
    default: nil
    }
  }

  private static func numbered(_ number: Int, modifier: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 3: modifier > 1 ? .killWordBehind : .delete
    case 4, 8: .end
    default: nil
    }
  }

  private var pasted: Found? {
    guard bytes.count >= Self.pasteStart.count + Self.pasteEnd.count,
      bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...]
    else { return nil }
    let content = bytes.dropFirst(Self.pasteStart.count).dropLast(Self.pasteEnd.count)
    return Found(.paste(Self.plain(String(decoding: content, as: UTF8.self))))
  }

  /// Text with plain line ends, tabs as blanks, and without what would control the terminal.
  static func plain(_ text: String) -> String {
    var plain = ""
    var wasReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": plain += "\n"
      case "\n": plain += wasReturn ? "" : "\n"
      case "\t": plain += "    "
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: break
      default: plain.unicodeScalars.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    return plain
  }
}
