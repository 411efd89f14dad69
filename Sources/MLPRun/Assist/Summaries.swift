import MLPLibrary
import MLPSyntax

// What keywords and settings are, in one line.

extension Keyword {
  /// What the statement says.
  package var summary: String {
    switch self {
    case .net: "A chain of layers that ends in a loss."
    case .let: "A name for a value, a word with settings, or a chain."
    default: schema?.summary ?? ""
    }
  }

  /// nil for `net` and `let`, whose bodies are chains.
  package var schema: Schema? { Catalogue.statements.first { $0.word == rawValue } }
}

extension Setting {
  /// What it means, which values it takes, and what stands where it is left out.
  package var summary: String { "\(help) (\(kind.described); \(standard))" }

  /// `default 0.1`, `must be given`, `no default`.
  package var standard: String {
    switch `default` {
    case .required: "must be given"
    case .absent: "no default"
    case .same(let other): "default as \(other)"
    case .value(let value): "default \(ExplicitText.text(value))"
    }
  }
}
