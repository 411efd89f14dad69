import MLPLibrary
import MLPSyntax

/// What one experiment comes to, for comparing it with another: no comments, no order of statements or
/// settings, no names, every default.
struct Meaning: Hashable, Sendable {
  /// A word with its settings, or a value.
  struct Term: Hashable, Sendable {
    let word: String
    var parts: [Part] = []

    /// What stands for a setting that has neither value nor default.
    static let absent = Term(word: "not set")
  }

  /// A setting with its value.
  struct Part: Hashable, Sendable {
    let name: String
    let value: Term
    /// Whether it may stand without its name.
    let isUnnamed: Bool
    let isDefault: Bool
  }

  /// How many numbers come in; their shape follows from the data.
  let input: String
  /// Without the sizes that come in: they follow from `input` and from the layers before.
  let layers: [Term]
  let loss: Term
  /// By keyword, in the order of the explicit text; `net` and `expect` aside.
  let statements: [Term]
  let expectations: [Term]

  init(_ experiment: Experiment) {
    let text = Source(name: "explicit", text: experiment.explicitText)
    let spec = Parser.parse(text).spec
    var links: [Term] = []
    var statements: [Term] = []
    var expectations: [Term] = []
    for statement in spec.statements {
      let body = statement.body.links
      switch statement.keyword {
      case .net: links = body.compactMap { Self.term(ofLink: $0.items) }
      case .expect:
        let term = Self.term(body[0].items, StatementSchemas.expect)
        if !expectations.contains(term) { expectations.append(term) }
      default:
        guard let schema = Self.schema(of: statement.keyword) else { continue }
        statements.append(Self.term(body[0].items, schema))
      }
    }
    input = "\(experiment.net.input.count)"
    layers = Array(links.dropLast())
    loss = links.last ?? .absent
    self.statements = statements
    self.expectations = expectations
  }

  func statement(_ keyword: String) -> Term? { statements.first { $0.word == keyword } }

  // MARK: From the explicit text

  private static func schema(of keyword: Keyword) -> Schema? {
    Catalogue.statements.first { $0.word == keyword.rawValue }
  }

  private static func term(ofLink items: [Item]) -> Term? {
    guard case .word(let word)? = items.first?.kind,
      let type = Catalogue.entry(word, in: .layer) ?? Catalogue.entry(word, in: .loss)
    else { return nil }
    var term = Self.term(Array(items.dropFirst()), type.schema)
    term.parts.removeAll { $0.name == "in" }
    return term
  }

  private static func term(_ items: [Item], _ schema: Schema) -> Term {
    var reader = SettingReader(items)
    return term(schema, reader.read(schema, at: Span(0, 0))?.values ?? Values())
  }

  private static func term(_ schema: Schema, _ values: Values) -> Term {
    let parts = schema.settings.compactMap { setting -> Part? in
      guard let value = values[setting.name] else { return nil }
      var isDefault = false
      if case .value(let standard) = setting.default {
        isDefault = ExplicitText.text(standard.withDefaults) == ExplicitText.text(value)
      }
      return Part(
        name: setting.name, value: term(value),
        isUnnamed: schema.positional.contains(setting.name), isDefault: isDefault)
    }
    return Term(word: schema.word, parts: parts)
  }

  private static func term(_ value: Value) -> Term {
    guard case .entry(let type, let values) = value else {
      return Term(word: ExplicitText.text(value))
    }
    return term(type.schema, values)
  }
}

extension Meaning.Term {
  func part(_ name: String) -> Meaning.Term { parts.first { $0.name == name }?.value ?? .absent }

  /// The word with what is not as it would be anyway: `sgd lr 0.1 momentum 0.9`.
  var brief: String {
    // Values without names may be left out from the front.
    let unnamed = parts.filter { $0.isUnnamed }.drop { $0.isDefault }.map { $0.value.brief }
    let named = parts.filter { !$0.isUnnamed && !$0.isDefault }.map {
      "\($0.name) \($0.value.brief)"
    }
    return ([word] + unnamed + named).joined(separator: " ")
  }
}
