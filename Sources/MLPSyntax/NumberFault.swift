/// Why a text that begins as a number is none, as far as that can be guessed.
enum NumberFault {
  case endsWithPoint
  case hasSeparators(mended: String)
  case hasTwoPoints
  case isJoined(apart: String)
  case isSize(mended: String)
  case hasWrongMinus(mended: String)
  case hasUnit(mended: String?)
  case isPower(mended: String?)
  case isQuotient(value: String)
  case exponentIsUnfinished
  case exponentIsFraction
  case isWord(mended: String)
  case other

  init(_ text: String) {
    self = Self.spelling(text) ?? Self.calculation(text) ?? Self.form(text)
  }

  /// A number or size in other characters.
  private static func spelling(_ text: String) -> NumberFault? {
    let digits = text.filter { $0 != "_" && $0 != "'" }
    let size = String(text.map { "X×✕".contains($0) ? "x" : $0 })
    let minus = String(text.unicodeScalars.map { dashes.contains($0) ? "-" : Character($0) })
    if digits != text, isNumber(digits) { return .hasSeparators(mended: digits) }
    if NumberPattern(Array(size.utf8)[...]).sizes() != nil { return .isSize(mended: size) }
    if minus != text, isNumber(minus) { return .hasWrongMinus(mended: minus) }
    return text.hasSuffix(".") && isNumber(text + "0") ? .endsWithPoint : nil
  }

  /// Several numbers with a sign between them.
  private static func calculation(_ text: String) -> NumberFault? {
    let power = text.split(separator: "^", omittingEmptySubsequences: false)
    if power.count == 2, let exponent = Int(power[1]) {
      return .isPower(mended: mended(base: power[0], exponent))
    }
    let quotient = text.split(separator: "/", omittingEmptySubsequences: false)
    if quotient.count == 2, let a = Double(quotient[0]), let b = Double(quotient[1]) {
      return .isQuotient(value: "\(a / b)")
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.allSatisfy({ isNumber(String($0)) }) else { return nil }
    return .isJoined(apart: parts.joined(separator: " "))
  }

  /// `10^-3` and `1e^-3` as `1e-3`, `2^8` as `256`.
  private static func mended(base: Substring, _ exponent: Int) -> String? {
    let decimal = "1e\(exponent)"
    if base == "10" || base == "1e" { return isNumber(decimal) ? decimal : nil }
    guard let base = Int(base), (0...62).contains(exponent), abs(base) < 1 << 31 else { return nil }
    var value = 1
    for _ in 0..<exponent {
      let (product, overflow) = value.multipliedReportingOverflow(by: base)
      if overflow { return nil }
      value = product
    }
    return String(value)
  }

  private static func form(_ text: String) -> NumberFault {
    let number = text.utf8.prefix { $0.isDigit || "-.".utf8.contains($0) }
    let rest = String(decoding: text.utf8.dropFirst(number.count), as: UTF8.self)
    let digits = String(decoding: number, as: UTF8.self)
    if rest.isEmpty { return .hasTwoPoints }
    guard isNumber(digits) else { return .other }
    if rest.utf8.allSatisfy({ $0.isWordPart && !$0.isDigit }) { return suffix(rest, of: digits) }
    let tail = rest.utf8.dropFirst()
    guard rest.first == "e" || rest.first == "E" else { return .other }
    if tail.elementsEqual("-".utf8) || tail.elementsEqual("+".utf8) { return .exponentIsUnfinished }
    return Double(String(decoding: tail, as: UTF8.self)) == nil ? .other : .exponentIsFraction
  }

  /// Letters behind a number: a unit, or the rest of a word.
  private static func suffix(_ letters: String, of digits: String) -> NumberFault {
    switch letters {
    case "e", "E": return .exponentIsUnfinished
    case "k", "K": return .hasUnit(mended: scaled(digits, by: 1_000))
    case "M": return .hasUnit(mended: scaled(digits, by: 1_000_000))
    case "x", "X": return .other
    // The suffixes of numbers in C and its like say nothing of the value.
    case "f", "F", "d", "D", "l", "L", "u", "U", "UL", "LL", "ul", "ll":
      return .hasUnit(mended: digits)
    case _ where letters.utf8.count <= 2: return .hasUnit(mended: nil)
    default:
      let isName = digits.utf8.allSatisfy { $0.isDigit } && letters.utf8.first != UInt8(ascii: "_")
      return isName ? .isWord(mended: letters + digits) : .other
    }
  }

  private static func scaled(_ digits: String, by factor: Double) -> String {
    let value = (Double(digits) ?? 0) * factor
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  /// Whether a quotient is the number that was meant, and not one cut off.
  private static func isExact(_ value: String) -> Bool {
    value.utf8.count <= 8 && isNumber(value)
  }

  /// What a quotient comes to, so that it can be judged where it stands.
  var result: Number? {
    guard case .isQuotient(let quotient) = self else { return nil }
    let isLong = quotient.utf8.count > 12 && !quotient.utf8.contains(UInt8(ascii: "e"))
    let cut = String(quotient.prefix(10))
    // A whole number would be read as one.
    let text = isLong && cut.dropLast().contains(".") ? cut : quotient
    guard Self.isNumber(text), let value = Double(text), value.isFinite, value != 0 else {
      return nil
    }
    return Number(text: text, value: value, isInteger: false, isPercent: false)
  }

  private static func isNumber(_ text: String) -> Bool {
    NumberPattern(Array(text.utf8)[...]).number() != nil
  }

  func diagnostic(_ text: String, at span: Span) -> Diagnostic {
    switch self {
    case .endsWithPoint: .numberEndsWithPoint(text, at: span)
    case .hasSeparators(let mended): .numberHasSeparators(text, mended: mended, at: span)
    case .hasTwoPoints: .numberHasTwoPoints(text, at: span)
    case .isJoined(let apart): .numbersAreJoined(text, apart: apart, at: span)
    case .isSize(let mended): .sizeIsMisspelt(text, mended: mended, at: span)
    case .hasWrongMinus(let mended): .numberHasWrongMinus(text, mended: mended, at: span)
    case .hasUnit(let mended): .numberHasUnit(text, mended: mended, at: span)
    case .isPower(let mended): .calculation(text, mended: mended, at: span)
    case .isQuotient(let value):
      .calculation(text, mended: Self.isExact(value) ? value : nil, at: span)
    case .exponentIsUnfinished: .exponentIsUnfinished(text, at: span)
    case .exponentIsFraction: .exponentIsFraction(text, at: span)
    case .isWord(let mended): .wordBeginsWithDigit(text, mended: mended, at: span)
    case .other: .malformedNumber(text, at: span)
    }
  }
}
