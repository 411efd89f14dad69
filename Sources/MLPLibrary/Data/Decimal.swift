/// Decimal numbers as text, correctly rounded to `Float`.
enum Decimal {
  /// Reads `[+-] digits [. digits] [e [+-] digits]`, with a digit before the exponent; nil for
  /// anything else. Infinite where the number is beyond the range of `Float`.
  ///
  /// Where mantissa and power of ten are exact in `Double`, one operation gives the number rounded to
  /// 53 bits. Rounding that again to 24 bits is right unless it lies just between two `Float`s; those
  /// and longer numbers go to the standard library's parser.
  static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
    var scanner = Scanner(text: text)
    guard scanner.scan() else { return nil }
    if scanner.isExact {
      if scanner.mantissa == 0 { return scanner.isNegative ? -0.0 : 0 }
      let power = powersOfTen[abs(scanner.exponent)]
      let whole = Double(scanner.mantissa)
      let double = scanner.exponent < 0 ? whole / power : whole * power
      if double.bitPattern & 0x1FFF_FFFF != 0x1000_0000 {
        return Float(scanner.isNegative ? -double : double)
      }
    }
    return Float(String(decoding: text, as: UTF8.self))
  }

  /// 10^0 to 10^22, all that are exact.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

/// Takes a decimal number apart: ±mantissa · 10^exponent.
private struct Scanner {
  let text: UnsafeBufferPointer<UInt8>
  var position = 0
  var isNegative = false
  var mantissa: UInt64 = 0
  var exponent = 0
  private var mantissaOverflows = false

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Whether mantissa and power of ten are exact in `Double`.
  var isExact: Bool { !mantissaOverflows && mantissa <= 1 << 53 && abs(exponent) <= 22 }

  /// False where the text is no number.
  mutating func scan() -> Bool {
    isNegative = sign()
    var digits = number()
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      let places = number()
      digits += places
      exponent = -places
    }
    guard digits > 0 else { return false }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      guard scanExponent() else { return false }
    }
    return position == text.count
  }

  private mutating func sign() -> Bool {
    guard position < text.count else { return false }
    let negative = text[position] == UInt8(ascii: "-")
    if negative || text[position] == UInt8(ascii: "+") { position += 1 }
    return negative
  }

  /// Appends digits to the mantissa; returns how many there were.
  private mutating func number() -> Int {
    let start = position
    while let digit = digit() {
      if mantissa < 1 << 59 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
      } else {
        mantissaOverflows = true
      }
      position += 1
    }
    return position - start
  }

  private mutating func scanExponent() -> Bool {
    let negative = sign()
    let start = position
    var value = 0
    while let digit = digit() {
      value = min(value * 10 + Int(digit), 100_000)
      position += 1
    }
    exponent += negative ? -value : value
    return position > start
  }

  @inline(__always)
  private func digit() -> UInt8? {
    guard position < text.count else { return nil }
    let digit = text[position] &- UInt8(ascii: "0")
    return digit < 10 ? digit : nil
  }
}
