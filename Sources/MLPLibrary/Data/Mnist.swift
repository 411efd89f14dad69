import MLPTensor

/// Handwritten digits, 28x28 grey values each.
///
/// This file is the word; `Mnist+Files.swift` finds and fetches the four files.
package struct Mnist: DataSource {
  package static let schema = Schema(
    "mnist",
    "MNIST: 60000 training and 10000 test images of handwritten digits, 28x28 bytes, 10 classes.",
    source: "LeCun, Cortes, Burges, \"The MNIST database of handwritten digits\", 1998",
    settings: [
      Setting(
        "path", .text, .absent,
        "the folder with the four IDX files, with or without .gz, of MNIST or a set like it, counted from"
          + " the spec's folder where it is relative; by default $MLPC_DATA/mnist, the cache folder, or"
          + " a download"),
      Setting(
        "else", .entry(.data, or: []), .absent,
        "the source to use, with a note, where MNIST is in none of these places and can't be fetched;"
          + " by default that is an error"),
    ] + Preparation.settings(scale: "unit", scales: Scaling.ofBytes),
    examples: [
      "data mnist",
      "data mnist path \"data/fashion\" validation last 5000 scale own_mean",
      "data mnist first 2000 validation last 10000 scale raw random_labels 2",
    ])

  static let shape = Shape(28, 28, 1)

  let path: String?
  let fallback: (any DataSource)?
  private let fallbackWord: String

  /// - Throws: `.spec` where the source after `else` is known to have other samples, or has settings
  ///   that are decided here.
  package init(_ values: Values) throws(Problem) {
    path = values.optionalText("path")
    guard case .entry(let type, let settings)? = values["else"] else {
      fallback = nil
      fallbackWord = ""
      return
    }
    guard let type = type as? any DataSource.Type else { preconditionFailure(type.schema.word) }
    fallbackWord = type.schema.word
    guard path == nil else {
      throw Problem(
        .spec, "'else' has no effect where 'path' says which folder to use", setting: "else",
        help: "leave out one of the two")
    }
    try Self.refuseShared(settings, of: fallbackWord)
    do { fallback = try type.init(settings) } catch { throw error.blaming("else") }
    if let same = fallback as? Mnist, same.path == nil {
      throw Problem(
        .spec, "'else' names MNIST again, which can't be had where it is looked at",
        setting: "else",
        help: "name another source, for instance 'else digits'")
    }
    try Self.check(fallback?.sampleShape, fallback?.classes, of: fallbackWord)
  }

  package var sampleShape: Shape? { Self.shape }
  package var classes: Int? { 10 }
  /// MNIST's own; not known for another folder.
  package var counts: (train: Int, test: Int)? { path == nil ? (60_000, 10_000) : nil }

  /// - Throws: `.missing` where the files are nowhere and `else` isn't given, `.data` where a file that
  ///   was found is not what it should be, `.io` where it can't be read.
  package func load(_ world: any World) throws(Problem) -> Dataset {
    if let path { return try load(from: world.location(of: path), world, setting: "path") }
    let fetched: Problem
    do {
      return try find(world)
    } catch {
      guard error.kind == .missing, fallback != nil else { throw error }
      fetched = error
    }
    return try loadFallback(world, because: fetched)
  }

  private func loadFallback(_ world: any World, because reason: Problem) throws(Problem) -> Dataset
  {
    guard let fallback else { throw reason }
    world.note(
      "MNIST can't be had: \(reason.message); using '\(fallbackWord)' instead, as 'else' says."
        + " The results are not those of MNIST.")
    do {
      let dataset = try fallback.load(world)
      try Self.check(dataset.train.shape, dataset.classes, of: fallbackWord)
      return dataset
    } catch {
      throw error.blaming("else")
    }
  }

  /// The settings that each source shares are mnist's own also where another source stands in.
  private static func refuseShared(_ settings: Values, of word: String) throws(Problem) {
    var name: String?
    if settings["first"] != nil { name = "first" }
    if settings["random_labels"] != nil { name = "random_labels" }
    if case .portion(.last)? = settings["validation"] { name = "validation" }
    guard let name else { return }
    throw Problem(
      .spec, "'\(name)' has no effect behind 'else \(word)'", setting: "else",
      help: "put '\(name)' before 'else': it holds for whichever source is used")
  }

  /// A network for MNIST must fit what stands in for it.
  private static func check(
    _ shape: Shape?, _ classes: Int?, of word: String
  ) throws(Problem) {
    if let shape, shape != Self.shape {
      throw Problem(
        .spec, "'\(word)' can't stand in for 'mnist': its samples are \(shape), not \(Self.shape)",
        setting: "else")
    }
    if let classes, classes != 10 {
      throw Problem(
        .spec, "'\(word)' can't stand in for 'mnist': it has \(classes) classes, not 10",
        setting: "else")
    }
  }
}
