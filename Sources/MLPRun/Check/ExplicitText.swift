import MLPLibrary
import MLPSyntax

/// Writes a checked spec with every default spelt out.
enum ExplicitText {
  static func text(net: String, statements: [Reading]) -> String {
    let lines = ["net     \(net)"] + statements.map { line($0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The layers' words with the sizes that were inferred, and the loss.
  static func chain(_ readings: [Reading], _ layers: [PlacedLayer]) -> String {
    readings.enumerated().map { index, reading in
      var values = reading.values
      if index < layers.count, values["in"] == nil, reading.schema.setting("in") != nil {
        let placed = layers[index]
        values["in"] = .integer(placed.layer.inputs(of: placed.input))
      }
      return words(reading.schema, values)
    }.joined(separator: " -> ")
  }

  /// A statement other than `net`.
  static func line(_ reading: Reading) -> String {
    let keyword = reading.schema.word
    let padding = String(repeating: " ", count: max(0, 7 - keyword.count))
    let settings = words(reading.schema, reading.values).dropFirst(keyword.count)
    return keyword + padding + settings
  }

  /// The word, its values that need no name, the rest by name; words with settings of their own last.
  private static func words(_ schema: Schema, _ values: Values) -> String {
    var unnamed: [String] = []
    var named: [String] = []
    var entries: [String] = []
    for name in schema.positional {
      if let value = values[name] { unnamed.append(text(value)) }
    }
    for setting in schema.settings where !schema.positional.contains(setting.name) {
      guard let value = values[setting.name] else { continue }
      if case .entry = value {
        entries.append("\(setting.name) \(text(value))")
      } else if case .mark = setting.kind {
        named.append(setting.name)
      } else {
        named.append("\(setting.name) \(text(value))")
      }
    }
    return ([schema.word] + unnamed + named + entries).joined(separator: " ")
  }

  /// A value as the text says it.
  static func text(_ value: Value) -> String {
    switch value {
    case .integer(let n): String(n)
    case .number(let x): Format.number(x)
    case .word(let word): word
    case .flag(let flag): flag ? "yes" : "no"
    case .text(let text): Printer.literal(text)
    case .size(let sizes): sizes.map { String($0) }.joined(separator: "x")
    case .amount(let amount): self.text(amount)
    case .portion(.none): "none"
    case .portion(.last(let amount)): "last \(text(amount))"
    case .phrase(let parts): parts.joined(separator: " ")
    case .bound(.least(let x)): "least \(Format.number(x))"
    case .bound(.most(let x)): "most \(Format.number(x))"
    case .entry(let type, let values): words(type.schema, values)
    }
  }

  private static func text(_ amount: Amount) -> String {
    switch amount {
    case .count(let n): String(n)
    case .share(let share): "\(percent(share))%"
    }
  }

  /// A number that, divided by 100, is `share` to the last bit; the shortest of those tried.
  private static func percent(_ share: Double) -> String {
    let guess = share * 100
    let rounded = (guess * 1e6).rounded() / 1e6
    let candidates = [rounded, guess, guess.nextDown, guess.nextUp]
    return Format.number(candidates.first { $0 / 100 == share } ?? guess)
  }
}
