import MLPLibrary
import MLPSyntax

/// What a training's numbers come from: who has the same gets the same.
package struct Provenance: Equatable, Sendable {
  /// The spec with every default written out.
  package let spec: String
  /// The file that the spec was read from.
  package let file: String
  package let seed: Int
  /// What the data are, in words: `mnist, 55000 train, 5000 validation, 10000 test, 784 numbers each`.
  package let data: String
  package let dataHash: String
  /// The program's.
  package let version: String

  package init(_ experiment: Experiment, _ data: PreparedData, file: String) {
    spec = experiment.explicitText
    self.file = file
    seed = experiment.training.seed
    let test = data.test.map { "\($0.count) test, " } ?? ""
    let validation = data.validation.isEmpty ? "" : "\(data.validation.count) validation, "
    self.data =
      "\(data.name), \(data.train.count) train, \(validation)\(test)"
      + "\(data.shape) numbers each"
    dataHash = data.hash
    version = Version.text
  }

  /// Of weights that were never trained here, and whose spec names no data.
  init(withoutData experiment: Experiment, file: String) {
    spec = experiment.explicitText
    self.file = file
    seed = experiment.training.seed
    data = "none"
    dataHash = ""
    version = Version.text
  }

  /// - Throws: where the metadata don't say it.
  init(_ file: Safetensors) throws(Problem) {
    spec = try file.needed("spec")
    self.file = try file.needed("file")
    guard let seed = Int(try file.needed("seed")) else {
      throw Problem(.data, "'seed' in the metadata is no number")
    }
    self.seed = seed
    data = try file.needed("data")
    dataHash = try file.needed("data_hash")
    version = try file.needed("version")
  }

  func write(to file: inout Safetensors) {
    file.set("spec", to: spec)
    file.set("file", to: self.file)
    file.set("seed", to: String(seed))
    file.set("data", to: data)
    file.set("data_hash", to: dataHash)
    file.set("version", to: version)
  }
}

extension Safetensors {
  /// - Throws: where there is no such text.
  func needed(_ name: String) throws(Problem) -> String {
    guard let text = text(name) else { throw Problem(.data, "the metadata have no '\(name)'") }
    return text
  }
}

// MARK: - What has changed

extension Provenance {
  /// Something that was otherwise.
  package struct Change: Equatable, Sendable {
    package enum Kind: String, Sendable {
      case spec
      case data
    }

    package let kind: Kind
    /// The statement's keyword; empty where the change is none of a statement.
    package let keyword: String
    package let before: String
    package let now: String

    /// - Parameter before: from a file, which may hold anything.
    init(_ kind: Kind, _ keyword: String, before: String, now: String) {
      self.kind = kind
      self.keyword = keyword
      self.before = Format.plain(before)
      self.now = now
    }
  }

  /// What was otherwise in `earlier`, as far as it matters to training: not what is expected of it.
  ///
  /// - Parameter besidePaths: whether texts in quotes may be otherwise.
  package func changes(since earlier: Provenance, besidePaths: Bool = false) -> [Change] {
    var changes: [Change] = []
    func statements(_ spec: String) -> [String: String] {
      Self.statements(besidePaths ? Self.withoutTexts(spec) : spec)
    }
    let (old, new) = (statements(earlier.spec), statements(spec))
    for keyword in Keyword.allCases.map({ $0.rawValue }) where keyword != "expect" {
      let (before, now) = (old[keyword] ?? "", new[keyword] ?? "")
      if before != now {
        let (before, now) = Self.difference(before, now)
        changes.append(Change(.spec, keyword, before: before, now: now))
      }
    }
    if changes.isEmpty, seed != earlier.seed {
      changes.append(Change(.spec, "train", before: "seed \(earlier.seed)", now: "seed \(seed)"))
    }
    if data != earlier.data {
      changes.append(Change(.data, "data", before: earlier.data, now: data))
    } else if dataHash != earlier.dataHash {
      changes.append(
        Change(.data, "data", before: "hash \(earlier.dataHash)", now: "hash \(dataHash)"))
    }
    return changes
  }

  /// The spec with nothing between its quotes.
  private static func withoutTexts(_ spec: String) -> String {
    spec.replacing("\\\"", with: "").split(separator: "\"", omittingEmptySubsequences: false)
      .enumerated().map { $0.isMultiple(of: 2) ? String($1) : "" }.joined(separator: "\"")
  }

  /// What two statements don't share at their ends, with the word before.
  private static func difference(_ before: String, _ now: String) -> (before: String, now: String) {
    let (old, new) = (before.split(separator: " "), now.split(separator: " "))
    let start = max(0, zip(old, new).prefix { $0 == $1 }.count - 1)
    let most = min(old.count, new.count) - start
    let end = min(zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count, max(0, most))
    return (
      old[start..<old.count - end].joined(separator: " "),
      new[start..<new.count - end].joined(separator: " ")
    )
  }

  /// The lines of an explicit text by their keywords, without what is between words.
  private static func statements(_ spec: String) -> [String: String] {
    var statements: [String: String] = [:]
    for line in spec.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let keyword = words.first else { continue }
      statements[String(keyword)] = words.joined(separator: " ")
    }
    return statements
  }
}

extension Experiment {
  /// Where a statement stands, as near as is known.
  func place(of keyword: String) -> Span {
    switch keyword {
    case "data": data?.span ?? net.lossSpan
    case "solver": solver?.span ?? net.lossSpan
    case "train": training.repeatSpan
    default: net.lossSpan
    }
  }
}
