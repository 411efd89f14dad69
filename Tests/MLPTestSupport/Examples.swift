import MLPLibrary
import MLPRun
import MLPSyntax

/// A program out of a schema's `examples`, and the word that it is an example of.
package struct Example: Sendable, CustomStringConvertible {
  package let category: Category
  package let word: String
  package let text: String

  package var description: String { text }

  /// Every example of every word of a category: a new word is among them without a further edit.
  package static func all(in category: Category) -> [Example] {
    Catalogue.entries(in: category).flatMap { type in
      type.schema.examples.map { Example(category: category, word: type.schema.word, text: $0) }
    }
  }

  /// The example checked as `mlpc check` does; one that has no network gets a small one.
  package func experiment() throws -> Experiment {
    switch category {
    case .layer, .loss: try Experiment(text)
    case .data: try dataExperiment()
    default: try Experiment("net fc 2 2 -> softmax_ce\n" + text)
    }
  }

  /// A network that takes its inputs from the data, or any number where the data don't say it beforehand.
  private func dataExperiment() throws -> Experiment {
    do {
      return try Experiment("net fc 10 -> softmax_ce\n" + text)
    } catch {
      return try Experiment("net fc 4 10 -> softmax_ce\n" + text)
    }
  }

  /// The example's layers of its own word.
  package func layers() throws -> [PlacedLayer] {
    try experiment().net.layers.filter { $0.word == word }
  }

  /// The text of the chain's last word with its settings: `mse over samples`.
  package var lastLink: String {
    let afterArrows = text.split(separator: "->", omittingEmptySubsequences: false).last ?? ""
    return String(afterArrows.drop { $0 == " " })
  }
}

extension Experiment {
  /// The only experiment of a spec, where the spec has no mistake.
  package init(_ spec: String) throws {
    let session = Session([Source(name: "example", text: spec)], in: MemoryWorld())
    let (checked, diagnostics) = session.check()
    guard let experiment = checked?.experiments.first else {
      throw FaultyExample(
        description: "\(spec): " + diagnostics.map { $0.message }.joined(separator: "; "))
    }
    self = experiment
  }
}

/// What is wrong with an example.
package struct FaultyExample: Error, CustomStringConvertible {
  package let description: String
}
