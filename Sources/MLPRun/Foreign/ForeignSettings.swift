import MLPLibrary
import MLPSyntax

/// What another language says of `data`, `solver`, `init` or `train`, in this one.
struct ForeignSettings {
  /// Behind the keyword; empty where nothing is known.
  private(set) var text = ""
  /// Whether all of it is said.
  private(set) var isWhole = true

  /// - Parameter subject: the word that the statement is about, `sgd` or `mnist`; nil where it has none.
  init(_ keyword: Keyword, subject: String?, _ settings: [(String, ForeignValue)]) {
    var schemas = Catalogue.statements.filter { $0.word == keyword.rawValue }
    var words: [String] = []
    if let subject {
      let categories = Category.allCases.filter { $0.keyword == keyword && $0 != .schedule }
      guard let ours = Catalogue.ours(subject, in: categories),
        let schema = Catalogue.schemas.first(where: { $0.word == ours })
      else {
        isWhole = false
        return
      }
      schemas.append(schema)
      words.append(ours)
    }
    for (name, value) in settings {
      let known = Self.setting(name, of: schemas)
      guard let known, let value = known.text(of: value), !words.contains(known.name) else {
        isWhole = false
        continue
      }
      words += [known.name, value]
    }
    text = words.joined(separator: " ")
  }

  private static func setting(_ name: String, of schemas: [Schema]) -> Setting? {
    for word in [name, Catalogue.foreignWords[name]].compactMap({ $0 }) {
      for schema in schemas {
        if let setting = schema.setting(word) { return setting }
      }
    }
    return nil
  }
}

extension Setting {
  /// A value as it is written here; nil where it can't be told.
  fileprivate func text(of value: ForeignValue) -> String? {
    switch kind {
    case .integer, .integerOrWord: return value.number.flatMap { Int($0) }.map { String($0) }
    case .number, .amount: return value.number
    case .flag:
      let word = value.text?.lowercased() ?? ""
      return ["true", "yes"].contains(word) ? "yes" : ["false", "no"].contains(word) ? "no" : nil
    case .choice(let words): return value.text.flatMap { words.contains($0) ? $0 : nil }
    case .text: return value.text.map { Printer.literal($0) }
    default: return nil
    }
  }
}
