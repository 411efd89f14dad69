import MLPLibrary
import MLPSyntax

/// A layer of another framework, in this language.
struct ForeignLayer {
  /// With the activation that belongs to it; none for what is no layer here.
  private(set) var links: [String]
  /// Whether all of its settings are said.
  private(set) var isWhole = true

  /// nil where nobody knows it, or its sizes can't be told.
  init?(_ call: ForeignCall) {
    let name = call.name.lowercased()
    if Self.withoutMeaning.contains(name) {
      links = []
      isWhole = name == "identity"
      return
    }
    guard let word = Catalogue.ours(name, in: [.layer, .loss]),
      let schema = Catalogue.schemas.first(where: { $0.word == word }),
      call["pool"]?.text.map({ $0 == "MAX" }) ?? true
    else { return nil }
    links = []
    var values: [String: String] = [:]
    var activation: String?
    var places = Self.order(of: call.name, as: word, count: call.values.count)[...]
    for argument in call.arguments {
      let place = argument.name == nil ? places.popFirst() : nil
      let setting = argument.name.map { Self.setting($0, of: schema) } ?? place
      if Self.withoutEffect.contains(argument.name ?? setting ?? "") { continue }
      if setting == "activation" || argument.name == "activation" {
        activation = Self.activation(argument.value)
        if activation == nil { isWhole = false }
      } else if let setting, let text = Self.text(of: argument.value, for: setting, in: name) {
        values[setting] = text
      } else {
        isWhole = false
      }
    }
    guard let link = Self.link(word, values, schema) else { return nil }
    links = [link] + [activation].compactMap { $0 }.filter { !$0.isEmpty }
  }

  // MARK: Tables

  /// What stands among layers elsewhere, and not here.
  private static let withoutMeaning: Set<String> = [
    "accuracy", "data", "identity", "imagedata", "input", "inputlayer",
  ]

  /// Arguments that don't change what is computed here.
  private static let withoutEffect: Set<String> = [
    "dim", "inplace", "name", "num_features", "pool",
  ]

  /// Which settings values without names are.
  private static func order(of name: String, as word: String, count: Int) -> [String] {
    if let known = ForeignOrder.calls[name] { return known }
    return switch (word, name.lowercased()) {
    case ("fc", "dense"): ["out", "activation"]
    case ("fc", _): count > 1 ? ["in", "out"] : ["out"]
    case ("conv", "conv"): count > 2 ? ["kernel", "in", "out"] : ["kernel", "out"]
    case ("conv", _): count > 2 ? ["in", "out", "kernel", "stride", "padding"] : ["out", "kernel"]
    case ("maxpool", _): ["size", "stride", "padding"]
    case ("dropout", _): ["rate"]
    case ("batchnorm", _): ["num_features"]
    default: []
    }
  }

  private static func setting(_ name: String, of schema: Schema) -> String? {
    if schema.setting(name) != nil { return name }
    let candidates = [Catalogue.foreignWords[name]] + (aliases[name] ?? [])
    return candidates.compactMap { $0 }.first { schema.setting($0) != nil }
  }

  private static let aliases: [String: [String?]] = [
    "bias_term": ["bias"], "input_shape": ["in"], "kernel_size": ["size"], "output": ["out"],
    "size": ["kernel"], "use_bias": ["bias"],
  ]

  // MARK: Values

  /// A setting's value as it is written here; empty where it is the default.
  private static func text(
    of value: ForeignValue, for setting: String, in name: String
  ) -> String? {
    switch setting {
    case "in", "out":
      guard let number = value.elements.first?.number, value.elements.count == 1 else { return nil }
      return Int(number).map { String($0) }
    case "kernel", "size", "stride": return value.size
    case "padding":
      // Of darknet it says that there is any.
      if name == "convolutional" { return value.number == "0" ? "" : "same" }
      if value.text == "valid" { return "" }
      return value.text == "same" ? "same" : value.number
    case "bias":
      let word = value.text?.lowercased() ?? ""
      if ["0", "false", "no"].contains(word) { return "no" }
      return ["1", "true", "yes"].contains(word) ? "" : nil
    case "rate": return value.number
    default: return nil
    }
  }

  /// Empty where there is none.
  private static func activation(_ value: ForeignValue) -> String? {
    let name = (value.text ?? value.call?.name ?? "").lowercased()
    if ["identity", "linear", "none"].contains(name) { return "" }
    let words = ["leaky_relu", "relu", "sigmoid", "softmax", "tanh"]
    return Catalogue.ours(name, in: [.layer]).flatMap { words.contains($0) ? $0 : nil }
  }

  /// nil where a setting is missing.
  private static func link(
    _ word: String, _ values: [String: String], _ schema: Schema
  ) -> String? {
    var words = [word]
    for name in schema.positional {
      if let value = values[name] {
        words.append(value)
      } else if schema.setting(name)?.isRequired == true {
        return nil
      }
    }
    for setting in schema.settings where !schema.positional.contains(setting.name) {
      if let value = values[setting.name], !value.isEmpty { words += [setting.name, value] }
    }
    return words.joined(separator: " ")
  }
}

extension Catalogue {
  /// Our word for another framework's, or the same; nil where there is none in these categories.
  static func ours(_ word: String, in categories: [Category]) -> String? {
    let folded = word.lowercased()
    let ours = [folded, foreignWords[folded]].compactMap { $0 }
    return ours.first { word in categories.contains { entry(word, in: $0) != nil } }
  }

  /// Whether a word has a setting of that name, here or in another framework.
  static func hasSetting(_ name: String, of word: String) -> Bool {
    guard let schema = schemas.first(where: { $0.word == word }) else { return false }
    return [name, foreignWords[name]].contains { $0.flatMap { schema.setting($0) } != nil }
  }
}
