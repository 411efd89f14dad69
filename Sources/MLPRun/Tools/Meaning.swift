import MLPLibrary
import MLPSyntax

/// What one experiment trains, for comparing it with another: no comments, no order of statements or
/// settings, no names, every default.
struct Meaning: Hashable, Sendable {
  /// A word with its settings, or a value.
  struct Term: Hashable, Sendable {
    var word: String
    var parts: [Part] = []

    /// What stands for a setting that has neither value nor default.
    static let absent = Term(word: "not set")
    /// The value of a setting that has none.
    static let mark = Term(word: "set")
  }

  /// A setting with its value.
  struct Part: Hashable, Sendable {
    let name: String
    var value: Term
    /// Whether it may stand without its name.
    let isUnnamed: Bool
    /// Follows from the value.
    let isDefault: Bool

    static func == (a: Part, b: Part) -> Bool { a.name == b.name && a.value == b.value }

    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(value)
    }
  }

  /// How many numbers come in; their shape follows from the data.
  let input: String
  /// Without the sizes that come in: they follow from `input` and from the layers before.
  let layers: [Term]
  let loss: Term
  /// By keyword, in the order of the explicit text; `net` and `expect` aside.
  private(set) var statements: [Term]

  init(_ experiment: Experiment) {
    var links: [Term] = []
    var statements: [Term] = []
    for statement in Self.statements(of: experiment.explicitStatements) {
      let body = statement.body.links
      if statement.keyword == .net {
        links = body.compactMap { Self.term(ofLink: $0.items) }
      } else if let schema = Self.schema(of: statement.keyword) {
        statements.append(Self.term(body[0].items, schema))
      }
    }
    input = "\(experiment.net.input.count)"
    layers = Array(links.dropLast())
    loss = links.last ?? .absent
    self.statements = statements
    leaveOutWhatSaysNothing()
  }

  /// What is expected, without its condition.
  static func term(of expectation: Expectation) -> Term {
    statements(of: expectation.explicitLine).first
      .map { term($0.body.links[0].items, StatementSchemas.expect) } ?? .absent
  }

  /// Drops or replaces what has the effect of a default without being written as one.
  private mutating func leaveOutWhatSaysNothing() {
    for index in statements.indices {
      statements[index].change("source") { source in
        source.parts.removeAll { $0.name == "first" && $0.value.word == "100%" }
      }
      // Layers with an initialiser of their own tell 'same' from the name of the statement's.
      guard statements[index].word == "init",
        !layers.contains(where: { $0.part("init") != .absent })
      else { continue }
      let weights = statements[index].part("initialiser")
      statements[index].change("biases") { if $0 == weights { $0 = Term(word: "same") } }
    }
  }

  /// One for each run of a training that is repeated.
  var repetitions: [Meaning] {
    guard let train = statements.firstIndex(where: { $0.word == "train" }),
      let count = Int(statements[train].part("repeat").word),
      let seed = Int(statements[train].part("seed").word), count > 1
    else { return [self] }
    return (0..<count).map { run in
      var copy = self
      copy.statements[train].change("repeat") { $0 = Term(word: "1") }
      copy.statements[train].change("seed") { $0 = Term(word: "\(seed + run)") }
      return copy
    }
  }

  func statement(_ keyword: String) -> Term? { statements.first { $0.word == keyword } }

  /// All that it says beside its defaults.
  var brief: String {
    let net = (layers + [loss]).map { $0.brief }.joined(separator: " -> ")
    return ([net] + statements.map { $0.brief }).joined(separator: ", ")
  }

  // MARK: From the explicit text

  private static func statements(of text: String) -> [Statement] {
    Parser.parse(Source(name: "explicit", text: text)).spec.statements
  }

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
      let standard = setting.standard(beside: values).map { ExplicitText.text($0) }
      return Part(
        name: setting.name, value: setting.isMark ? .mark : term(value),
        isUnnamed: schema.positional.contains(setting.name),
        isDefault: standard == ExplicitText.text(value))
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

extension Setting {
  fileprivate var isMark: Bool {
    if case .mark = kind { true } else { false }
  }

  /// What stands for it where the spec says nothing; nil where nothing does.
  fileprivate func standard(beside values: Values) -> Value? {
    switch self.default {
    case .value(let value): value.withDefaults
    case .same(let other): values[other]
    case .required, .absent: nil
    }
  }
}

extension Meaning.Term {
  func part(_ name: String) -> Meaning.Term { parts.first { $0.name == name }?.value ?? .absent }

  /// Changes a setting's value where it has one.
  fileprivate mutating func change(_ name: String, by edit: (inout Meaning.Term) -> Void) {
    guard let index = parts.firstIndex(where: { $0.name == name }) else { return }
    edit(&parts[index].value)
  }

  /// The word with what is not as it would be anyway: `sgd lr 0.1 momentum 0.9`.
  var brief: String {
    // Values without names may be left out from the front.
    let unnamed = parts.filter { $0.isUnnamed }.drop { $0.isDefault }.map { $0.value.brief }
    let named = parts.filter { !$0.isUnnamed && !$0.isDefault }.map {
      $0.value == .mark ? $0.name : "\($0.name) \($0.value.brief)"
    }
    return ([word] + unnamed + named).joined(separator: " ")
  }
}
