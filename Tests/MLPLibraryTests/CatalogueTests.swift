import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite("The catalogue")
struct CatalogueTests {
  private static let types = Category.allCases.flatMap { Catalogue.entries(in: $0) }
  private static let schemas = types.map { $0.schema } + Catalogue.statements

  @Test(
    "lists the words of each folder, all of them, in order",
    arguments: [
      (Category.layer, "Layers"), (.loss, "Losses"), (.solver, "Solvers"), (.schedule, "Schedules"),
      (.initialiser, "Initialisers"), (.data, "Data"),
    ])
  func folders(_ category: MLPLibrary.Category, _ folder: String) throws {
    let words = try SourceFiles.paths(under: "Sources/MLPLibrary/\(folder)").filter {
      let code = try SourceFiles.code(of: "Sources/MLPLibrary/\(folder)/\($0)")
      return code.contains { $0.text.contains("static let schema") }
    }
    let listed = Catalogue.entries(in: category).map { String(describing: $0) + ".swift" }
    #expect(listed == words, "a word's file is named as its type, and the type is in the list")
  }

  @Test("has every category")
  func categories() {
    for category in Category.allCases { #expect(!Catalogue.entries(in: category).isEmpty) }
  }

  @Test("holds entries of the category's kind")
  func kinds() {
    #expect(Catalogue.entries(in: .layer).allSatisfy { $0 is any Layer.Type })
    #expect(Catalogue.entries(in: .loss).allSatisfy { $0 is any Loss.Type })
    #expect(Catalogue.entries(in: .solver).allSatisfy { $0 is any Solver.Type })
    #expect(Catalogue.entries(in: .schedule).allSatisfy { $0 is any Schedule.Type })
    #expect(Catalogue.entries(in: .initialiser).allSatisfy { $0 is any Initialiser.Type })
    #expect(Catalogue.entries(in: .data).allSatisfy { $0 is any DataSource.Type })
  }

  @Test("names a type as its word: binary_ce is BinaryCe")
  func names() {
    for type in Self.types {
      let parts = type.schema.word.split(separator: "_")
      let name = parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      #expect(String(describing: type) == name)
    }
  }

  @Test("has each word once, and as words are written")
  func words() {
    let words = Self.types.map { $0.schema.word }
    #expect(Set(words).count == words.count)
    for word in words { #expect(word.allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber }) }
  }

  @Test("says for each word what it is, with an example, and for what computes its formula")
  func texts() {
    for type in Self.types {
      let schema = type.schema
      #expect(schema.summary.hasSuffix("."), "\(schema.word): one sentence")
      #expect(schema.examples.contains { $0.contains(schema.word) }, "\(schema.word)")
      if type is any DataSource.Type { continue }
      #expect(!schema.formula.isEmpty, "\(schema.word) has no formula")
    }
  }

  @Test("names each setting once, in its own words, and says what it is")
  func settings() {
    for schema in Self.schemas {
      let names = schema.settings.map { $0.name }
      #expect(Set(names).count == names.count, "\(schema.word)")
      for setting in schema.settings {
        #expect(
          !setting.name.isEmpty
            && setting.name.allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber })
        #expect(!setting.help.isEmpty, "\(schema.word) \(setting.name)")
        #expect(!setting.help.hasSuffix("."), "\(schema.word) \(setting.name)")
      }
    }
  }

  @Test("takes without their names only settings that there are, each once")
  func positional() {
    for schema in Self.schemas {
      #expect(schema.positional.allSatisfy { schema.setting($0) != nil }, "\(schema.word)")
      #expect(Set(schema.positional).count == schema.positional.count, "\(schema.word)")
    }
  }

  @Test("has no default outside of its own range")
  func defaults() {
    for schema in Self.schemas {
      for setting in schema.settings {
        guard case .value(let value) = setting.default else { continue }
        #expect(setting.kind.accepts(value), "\(schema.word) \(setting.name)")
      }
    }
  }

  @Test("has ranges that some number is in")
  func ranges() {
    for setting in Self.schemas.flatMap({ $0.settings }) {
      switch setting.kind {
      case .number(let bounds): #expect(bounds.lower < bounds.upper, "\(setting.name)")
      case .choice(let words): #expect(words.count >= 2 && Set(words).count == words.count)
      default: break
      }
    }
  }

  @Test("has examples that check without a word", arguments: Category.allCases)
  func examples(_ category: MLPLibrary.Category) throws {
    for example in Example.all(in: category) {
      #expect(throws: Never.self) { try example.experiment() }
    }
  }

  @Test("translates other frameworks' words to words that there are")
  func foreignWords() {
    for (foreign, ours) in Catalogue.foreignWords {
      for word in ours.split(separator: " ").map({ String($0) }) {
        #expect(
          Catalogue.reservedWords.contains(word) || Self.keywords.contains(word), "\(foreign)")
      }
      #expect(
        foreign == foreign.lowercased(),
        "\(foreign) is never found: words are compared in lower case")
    }
  }

  @Test func foreignWordsAreForeign() {
    // Settings and values, which are foreign elsewhere.
    let ours: Set<String> = ["accuracy", "images", "loss", "samples", "set", "steps"]
    for word in Catalogue.foreignAdvice.keys {
      #expect(
        !Catalogue.reservedWords.contains(word) || ours.contains(word),
        "\(word) is a word of the language")
      #expect(Catalogue.foreignWords[word] == nil, "\(word) has a translation")
      #expect(word == word.lowercased())
    }
  }

  private static let keywords = ["net", "let", "init", "data", "solver", "train", "expect"]
}

extension Setting.Kind {
  fileprivate func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (.integer(let range), .integer(let n)): range.contains(n)
    case (.integerOrWord(let range, _), .integer(let n)): range.contains(n)
    case (.number(let bounds), .number(let x)): bounds.contains(x)
    case (.choice(let words), .word(let word)): words.contains(word)
    case (.entry(_, let words), .word(let word)): words.contains(word)
    case (.entry(let category, _), .entry(let type, _)):
      Catalogue.entries(in: category).contains { $0 == type }
    case (.flag, .flag), (.text, .text), (.column, .text), (.amount, .amount),
      (.portion, .portion):
      true
    case (.size(let rank), .size(let sizes)): sizes.count == rank
    case (.phrase(let phrases), .phrase(let words)):
      phrases.contains { phrase in
        phrase.parts.count == words.count
          && Swift.zip(phrase.parts, words).allSatisfy { $0.words.isEmpty || $0.words.contains($1) }
      }
    default: false
    }
  }
}
