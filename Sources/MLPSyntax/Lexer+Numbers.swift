// number   = [ "-" ] ( digits [ "." digits ] | "." digits ) [ exponent ] [ "%" ] ;
// exponent = ( "e" | "E" ) [ "+" | "-" ] digits ;
// size     = digits "x" digits { "x" digits } ;

extension Lexer {
  var beginsNumber: Bool {
    let distance = peek() == UInt8(ascii: "-") ? 1 : 0
    let isPointed = peek(distance) == UInt8(ascii: ".")
    return peek(distance + (isPointed ? 1 : 0))?.isDigit == true
  }

  /// Reads as far as anything hangs together with the digits, then asks whether that is a number.
  mutating func number() {
    let lower = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    while numberPartLength > 0 { offset += numberPartLength }
    let pattern = NumberPattern(bytes[lower..<offset])
    if let sizes = pattern.sizes() { return size(sizes, from: lower) }
    guard let form = pattern.number() else { return malformedNumber(from: lower) }
    plainNumber(form, from: lower)
  }

  private var numberPartLength: Int {
    guard let byte = peek() else { return 0 }
    return byte.isWordPart || byte == UInt8(ascii: "%") ? 1 : gluedLength
  }

  private mutating func plainNumber(_ form: NumberPattern.Form, from lower: Int) {
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    let digits = form.isPercent ? text.dropLast() : text[...]
    guard let value = Double(digits), value.isFinite, value != 0 || form.isZero else {
      return fail(.numberOutOfRange(text, at: span(from: lower)), from: lower)
    }
    if form.isInteger, Int(digits) == nil {
      return fail(.numberOutOfRange(text, at: span(from: lower)), from: lower)
    }
    let number = Number(
      text: text, value: value, isInteger: form.isInteger, isPercent: form.isPercent)
    emit(.number(number), from: lower)
  }

  private mutating func size(_ digits: [ArraySlice<UInt8>], from lower: Int) {
    let span = span(from: lower)
    if digits.count > 4 {
      return fail(.tooManySizes(digits.count, at: span), from: lower)
    }
    let sizes = digits.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard sizes.count == digits.count else {
      let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
      return fail(.numberOutOfRange(text, at: span), from: lower)
    }
    emit(.size(sizes), from: lower)
  }

  private mutating func malformedNumber(from lower: Int) {
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    fail(NumberFault(text).diagnostic(text, at: span(from: lower)), from: lower)
  }

  /// Reports, and leaves a token that stands for what can't be read.
  mutating func fail(_ diagnostic: Diagnostic, from lower: Int) {
    report(diagnostic)
    emit(.invalid, from: lower)
  }
}

/// Compares a text with the rules above.
private struct NumberPattern {
  struct Form {
    /// Without point and exponent.
    var isInteger = true
    var isPercent = false
    /// Whether all digits before the exponent are 0.
    var isZero = true
  }

  private let text: ArraySlice<UInt8>
  private var position: Int

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
  }

  /// nil where the whole text is no number.
  func number() -> Form? {
    var scan = self
    var form = Form()
    _ = scan.take("-")
    var digits = scan.digits()
    if scan.take(".") {
      let fraction = scan.digits()
      if fraction.isEmpty { return nil }
      digits += fraction
      form.isInteger = false
    }
    if digits.isEmpty { return nil }
    form.isZero = digits.allSatisfy { $0 == UInt8(ascii: "0") }
    if scan.take("e") || scan.take("E") {
      if !scan.take("+") { _ = scan.take("-") }
      if scan.digits().isEmpty { return nil }
      form.isInteger = false
    }
    form.isPercent = scan.take("%")
    return scan.isAtEnd ? form : nil
  }

  /// nil where the whole text is no size.
  func sizes() -> [ArraySlice<UInt8>]? {
    var scan = self
    var sizes: [ArraySlice<UInt8>] = []
    repeat {
      let digits = scan.digits()
      if digits.isEmpty { return nil }
      sizes.append(digits)
    } while scan.take("x")
    return scan.isAtEnd && sizes.count > 1 ? sizes : nil
  }

  private var isAtEnd: Bool { position == text.endIndex }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard !isAtEnd, UInt32(text[position]) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func digits() -> ArraySlice<UInt8> {
    let lower = position
    while !isAtEnd, text[position].isDigit { position += 1 }
    return text[lower..<position]
  }
}

/// Why a text that begins as a number is none, as far as that can be guessed.
private enum NumberFault {
  case endsWithPoint
  case hasSeparators(mended: String)
  case hasTwoPoints
  case isJoined(apart: String)
  case isSize(mended: String)
  case other

  init(_ text: String) {
    let digits = text.filter { $0 != "_" && $0 != "'" }
    let size = String(text.map { "X×✕".contains($0) ? "x" : $0 })
    let apart = text.split(separator: "-", omittingEmptySubsequences: false)
    if digits != text, Self.isNumber(digits) {
      self = .hasSeparators(mended: digits)
    } else if NumberPattern(Array(size.utf8)[...]).sizes() != nil {
      self = .isSize(mended: size)
    } else if apart.count > 1, apart.allSatisfy({ Self.isNumber(String($0)) }) {
      self = .isJoined(apart: apart.joined(separator: " "))
    } else if text.hasSuffix("."), Self.isNumber(text + "0") {
      self = .endsWithPoint
    } else {
      let isNumeric = text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
      self = isNumeric ? .hasTwoPoints : .other
    }
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
    case .other: .malformedNumber(text, at: span)
    }
  }
}
