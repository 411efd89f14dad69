import MLPLibrary
import MLPSyntax

/// Numbers without names in the order or the form of other frameworks, where ours is another.
enum ForeignOrder {
  /// What the values without names are in PyTorch (`2d`) and Keras (`2D`), by our names.
  static let calls: [String: [String]] = [
    "Conv2d": ["in", "out", "kernel", "stride", "padding"],
    "Conv2D": ["out", "kernel", "stride", "padding"],
    "Convolution2D": ["out", "kernel", "stride", "padding"],
    "MaxPool2d": ["size", "stride"],
    "MaxPooling2D": ["size", "stride"],
  ]

  /// The same in our order; nil where the numbers are none that others write behind such a word.
  static func mended(_ word: String, _ numbers: ArraySlice<Item>) -> String? {
    if word == "reshape" { return sizes(numbers) }
    guard numbers.count == 2, let first = numbers.first?.number, let second = numbers.last?.number
    else { return nil }
    switch word {
    case "normal":
      return first.value == 0 ? second.text : "\(second.text) mean \(first.text)"
    case "uniform" where first.value == -second.value: return second.text
    default: return nil
    }
  }

  /// Whether the numbers can be meant in no other way: two numbers behind `normal` are a mean and a deviation, unless
  /// the mean was never meant.
  static func isCertain(_ word: String, _ numbers: ArraySlice<Item>) -> Bool {
    word != "normal" || numbers.first?.number?.value == 0
  }

  /// `28 28 1` or `1 28 28` as `28x28x1`.
  private static func sizes(_ numbers: ArraySlice<Item>) -> String? {
    var sizes = numbers.compactMap { $0.number?.text }
    guard sizes.count == 3, numbers.allSatisfy({ $0.number?.isInteger == true }) else { return nil }
    // With one channel the numbers lie the same either way.
    if sizes[0] == "1", sizes[1] == sizes[2], sizes[1] != "1" {
      sizes.append(sizes.removeFirst())
    }
    return sizes.joined(separator: "x")
  }
}

extension Item {
  var number: Number? {
    if case .number(let number) = kind { number } else { nil }
  }
}

extension Schema {
  /// Whether a word may stand without a setting's name.
  var takesUnnamedWords: Bool {
    positionalSettings.contains { !$0.kind.isNumeric }
  }
}
