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
    while case let length = numberPartLength, length > 0 { offset += length }
    let pattern = NumberPattern(bytes[lower..<offset])
    if let sizes = pattern.sizes() { return size(sizes, from: lower) }
    guard let form = pattern.number() else { return malformedNumber(from: lower) }
    plainNumber(form, from: lower)
  }

  private var numberPartLength: Int {
    guard let byte = peek() else { return 0 }
    if byte.isWordPart || byte == UInt8(ascii: "%") { return 1 }
    return byte < 0x80 ? gluedLength : exponentDashLength ?? gluedLength
  }

  /// A dash that stands for the minus sign of an exponent: `1e–3`.
  private var exponentDashLength: Int? {
    let (scalar, length) = bytes.scalar(at: offset)
    guard let scalar, dashes.contains(scalar), bytes[offset - 1] | 0x20 == UInt8(ascii: "e"),
      peek(length)?.isDigit == true
    else { return nil }
    return length
  }

  private mutating func plainNumber(_ form: NumberPattern.Form, from lower: Int) {
    let text = String(decoding: bytes[lower..<offset], as: UTF8.self)
    let digits = form.isPercent ? String(text.dropLast()) : text
    guard let value = form.exact ?? Double(digits), value.isFinite, value != 0 || form.isZero else {
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
    let isInBraces = output.tokens.last?.kind == .leftBrace
    if text != "0..1" || isInBraces, let values = Self.range(text) {
      let fault = Diagnostic.numberIsRange(
        text, values: values, isInBraces: isInBraces, at: span(from: lower))
      return fail(fault, from: lower)
    }
    let fault = NumberFault(text)
    report(fault.diagnostic(text, at: span(from: lower)))
    emit(fault.result.map { .number($0) } ?? .invalid, from: lower)
  }

  /// The whole numbers of `1..5` with bars between; nil where it is no range, or a long one.
  private static func range(_ text: String) -> String? {
    guard let dots = text.firstDots, let first = Int(text[..<dots]),
      let last = Int(text[dots...].drop { $0 == "." }),
      first < last, last - first < 20
    else { return nil }
    return (first...last).map { String($0) }.joined(separator: " | ")
  }

  /// Reports, and leaves a token that stands for what can't be read.
  mutating func fail(_ diagnostic: Diagnostic, from lower: Int) {
    report(diagnostic)
    emit(.invalid, from: lower)
  }
}

extension String {
  /// Where the first two points side by side stand.
  fileprivate var firstDots: Index? {
    indices.first { self[$0] == "." && self[index(after: $0)...].first == "." }
  }
}

private let zero = UInt8(ascii: "0")

/// From 1 to 10^15, the last that is below 2^53.
private let powersOfTen: [Double] = [
  1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/// Compares a text with the rules above.
struct NumberPattern {
  struct Form {
    /// Without point and exponent.
    var isInteger = true
    var isPercent = false
    /// Whether all digits before the exponent are 0.
    var isZero = true
    /// The value, where it is worked out without rounding but for the last step, as reading the text would: from a
    /// whole number below 2^53 and a power of ten that is one too.
    var exact: Double?
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
    let isNegative = scan.take("-")
    let whole = scan.digits()
    var fraction: ArraySlice<UInt8> = []
    if scan.take(".") {
      fraction = scan.digits()
      if fraction.isEmpty { return nil }
      form.isInteger = false
    }
    if whole.isEmpty && fraction.isEmpty { return nil }
    form.isZero = whole.allSatisfy { $0 == zero } && fraction.allSatisfy { $0 == zero }
    if scan.take("e") || scan.take("E") {
      if !scan.take("+") { _ = scan.take("-") }
      if scan.digits().isEmpty { return nil }
      form.isInteger = false
    } else {
      form.exact = Self.exact(whole, fraction).map { isNegative ? -$0 : $0 }
    }
    form.isPercent = scan.take("%")
    return scan.isAtEnd ? form : nil
  }

  private static func exact(
    _ whole: ArraySlice<UInt8>, _ fraction: ArraySlice<UInt8>
  ) -> Double? {
    guard whole.count + fraction.count < powersOfTen.count else { return nil }
    var digits = 0
    for byte in whole { digits = digits * 10 + Int(byte - zero) }
    for byte in fraction { digits = digits * 10 + Int(byte - zero) }
    return Double(digits) / powersOfTen[fraction.count]
  }

  /// nil where the whole text is no size.
  func sizes() -> [ArraySlice<UInt8>]? {
    guard text.contains(UInt8(ascii: "x")) else { return nil }
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
