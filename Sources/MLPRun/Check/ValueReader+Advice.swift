import MLPLibrary
import MLPSyntax

// What was probably meant by a value of another kind.

extension ValueReader {
  /// What to write instead, where that can be guessed.
  func advice(for item: Item) -> Advice? {
    switch item.kind {
    case .number(let number): advice(for: number)
    case .word(let word): advice(for: word)
    case .text(let text): advice(forText: text)
    case .size(let sizes): advice(for: sizes)
    default: nil
    }
  }

  /// `784x128` for two values without names.
  private func advice(for sizes: [Int]) -> Advice? {
    guard case .integer = setting.kind, schema.positional.count == sizes.count,
      schema.positional.contains(setting.name)
    else { return nil }
    return .write(sizes.map { String($0) }.joined(separator: " "))
  }

  /// `28x28` for the 784 numbers of a picture.
  func product(of sizes: [Int]) -> Advice? {
    var count = 1
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      count = product
    }
    let text = sizes.map { String($0) }.joined(separator: "x")
    return Advice(help: "\(text) are \(count) numbers: write '\(count)'", replacement: nil)
  }

  /// A number or word in quotes that it doesn't need.
  private func advice(forText text: String) -> Advice? {
    switch setting.kind {
    case .integer: Int(text).map { .write(String($0)) }
    case .number: Double(text).flatMap { $0.isFinite ? .write(Format.number($0)) : nil }
    case .choice(let words):
      [text, signs[text] ?? ""].first { words.contains($0) }.map { .write($0) }
    default: setting.kind.words.contains(text) ? .write(text) : nil
    }
  }

  /// Signs between the fields of a table, and their names here.
  private var signs: [String: String] { [",": "comma", ";": "semicolon", "\t": "tab"] }

  private func advice(for number: Number) -> Advice? {
    switch setting.kind {
    case .number where number.isPercent: .write(Format.number(number.value / 100))
    case .integer(let range) where !number.isPercent,
      .integerOrWord(let range, _) where !number.isPercent:
      Int(exactly: number.value).flatMap { range.contains($0) ? .write(String($0)) : nil }
    case .bound:
      bound(of: number)
    case .portion where number.isInteger && !number.isPercent && number.value <= 100:
      Advice(
        help: "'last \(number.text)' are so many samples, 'last \(number.text)%' is a share",
        replacement: nil)
    case .portion where number.isPercent || number.isInteger: .write("last \(number.text)")
    case .portion: share(number).flatMap { $0.replacement.map { .write("last \($0)") } }
    case .phrase(let phrases)
    where number.isInteger && phrases.contains { $0.words.contains("every") }:
      Advice(
        help: "write 'every \(number.text) steps' or 'every \(number.text) epochs'",
        replacement: nil)
    case .flag where number.text == "1" || number.text == "0":
      .write(number.text == "1" ? "yes" : "no")
    case .choice(let words) where words.contains("unit") && number.isByteScale:
      Advice(help: "write 'unit', which divides by 255", replacement: "unit")
    case .choice where schema.positional.contains(setting.name): order
    default: nil
    }
  }

  /// A number in place of a bound: whether it is the least or the most can't be known.
  func bound(of number: Number) -> Advice {
    let text = number.isPercent ? Format.number(number.value / 100) : number.text
    return Advice(help: "write 'at least \(text)' or 'at most \(text)'", replacement: nil)
  }

  /// `10 percent`, `5000 samples` and `5000 last` as `last 10%` and `last 5000`.
  func portion(_ number: Number, before next: Item) -> String? {
    guard case .word(let word) = next.kind, number.isInteger || number.isPercent else { return nil }
    switch word {
    case "percent" where !number.isPercent: return "last \(number.text)%"
    case "last": return "last \(number.text)"
    case "samples", "images", "examples", "rows":
      return number.isPercent ? nil : "last \(number.text)"
    default: return nil
    }
  }

  /// A fraction as a share.
  func share(_ number: Number) -> Advice? {
    guard number.value > 0, number.value < 1 else { return nil }
    return .write("\(Format.number((number.value * 1e8).rounded() / 1e6))%")
  }

  private func advice(for word: String) -> Advice? {
    switch setting.kind {
    case .text: return .write(Printer.literal(word))
    case .flag where word == "on":
      return Advice(help: "write 'yes' if it was not meant to be 'no'", replacement: nil)
    case .flag where ["true", "on"].contains(word.lowercased()): return .write("yes")
    case .flag where ["false", "off"].contains(word.lowercased()): return .write("no")
    case .phrase where setting.kind.words.contains("yes") && word.lowercased() == "true":
      return .write("yes")
    case .phrase where setting.kind.words.contains("no") && word.lowercased() == "false":
      return .write("no")
    case .integer where word.lowercased() == "x":
      return Advice(help: "a size is written without blanks: '3x3'", replacement: nil)
    default: break
    }
    let words = setting.kind.words
    if let mend = Suggestion.mend(word, among: words + names) {
      return Advice(mend)
    }
    if schema.positional.contains(setting.name) || setting.kind.isNumeric,
      let mend = Suggestion.mend(word, among: schema.settings.map({ $0.name }))
    {
      return Advice(mend)
    }
    if let help = Catalogue.foreignAdvice[word.lowercased()], !words.isEmpty {
      return Advice(help: help, replacement: nil)
    }
    let isOrdered = schema.positional.contains(setting.name)
    let isKnown = isOrdered || Belonging.category(of: word) != nil
    if isKnown, words.isEmpty, let help = Belonging.advice(for: word, in: schema.word) {
      return Advice(help: help, replacement: nil)
    }
    return words.isEmpty ? example : order
  }

  /// The setting as an example has it.
  private var example: Advice? {
    for text in schema.examples + Catalogue.statements.flatMap({ $0.examples }) {
      let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
      guard let place = words.firstIndex(where: { $0 == setting.name }), place + 1 < words.count,
        words[place + 1].first?.isNumber == true
      else { continue }
      return Advice(
        help: "for instance '\(setting.name) \(words[place + 1])'", replacement: nil)
    }
    return nil
  }

  /// The order of the values without names, where there are several.
  private var order: Advice? {
    guard schema.positional.count > 1, schema.positional.contains(setting.name) else { return nil }
    let order = schema.positional.joined(separator: ", ")
    return Advice(help: "values without a name stand in the order: \(order)", replacement: nil)
  }
}

/// What to do about a wrong value.
struct Advice {
  let help: String
  let replacement: String?

  init(help: String, replacement: String?) {
    self.help = help
    self.replacement = replacement
  }

  init(_ mend: Mend) { self.init(help: mend.help, replacement: mend.replacement) }

  static func write(_ text: String) -> Advice {
    Advice(help: "write '\(text.brief)'", replacement: text)
  }
}

extension Number {
  /// Whether a byte is meant to be divided by it, or multiplied.
  fileprivate var isByteScale: Bool {
    [255, 256].contains(value) || abs(value * 255 - 1) < 0.01
  }
}

extension Item {
  /// Whether the item is a number, a size or a text.
  var isLiteral: Bool {
    switch kind {
    case .number, .size, .text: true
    default: false
    }
  }
}
