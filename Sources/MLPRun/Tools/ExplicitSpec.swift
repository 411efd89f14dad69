import MLPLibrary
import MLPSyntax

/// A spec's texts with each default written out.
package struct ExplicitSpec: Sendable {
  /// A text that can be run, with what it chose among the alternatives; nothing where they are kept.
  package struct Part: Equatable, Sendable {
    package let choices: [String]
    package let text: String
  }

  /// One that describes all combinations, where that can be written; else one a combination.
  package let parts: [Part]

  package init(_ checked: CheckedSpec) {
    let experiments = checked.experiments
    if let text = Merging(experiments)?.text {
      parts = [Part(choices: [], text: Self.canonical(text))]
    } else {
      parts = experiments.map { experiment in
        Part(
          choices: experiment.choices.map { $0.text },
          text: Self.canonical(experiment.explicitText))
      }
    }
  }

  /// Explicit text has no mistakes.
  private static func canonical(_ text: String) -> String {
    Printer.canonical(Source(name: "explicit", text: text)).text ?? text
  }
}

/// The explicit texts of all combinations as one with alternatives.
///
/// The texts along each axis are compared with the first combination's, and what differs becomes `{a | b}`.
/// Whether that describes the same experiments is then checked; their order may be another.
private struct Merging {
  let text: String

  /// nil where there is no such text, or none was found.
  init?(_ experiments: [Experiment]) {
    guard let first = experiments.first, let axes = Self.axes(experiments) else { return nil }
    let base = Parser.parse(Source(name: "explicit", text: first.explicitText)).spec
    var holes: [Hole] = []
    for axis in axes {
      let variants = axis.map { index in
        Parser.parse(Source(name: "explicit", text: experiments[index].explicitText)).spec
      }
      guard let hole = Hole(variants) else { return nil }
      holes.append(hole)
    }
    for (index, hole) in holes.enumerated() {
      if holes[..<index].contains(where: { $0.overlaps(hole) }) { return nil }
    }
    text = Self.fill(base, holes)
    let source = Source(name: "explicit", text: text)
    let again = Checker.check([Parser.parse(source).spec]).checked
    guard
      again?.experiments.map({ $0.explicitText }).sorted()
        == experiments.map({ $0.explicitText }).sorted()
    else { return nil }
  }

  /// For each axis the experiments that differ from the first in nothing else; nil where the combinations
  /// are not all of some axes.
  private static func axes(_ experiments: [Experiment]) -> [[Int]]? {
    let choices = experiments[0].choices.filter { $0.branches > 1 }
    let product = choices.reduce(1) { $0 * $1.branches }
    guard product == experiments.count else { return nil }
    var stride = product
    return choices.map { choice in
      stride /= choice.branches
      return (0..<choice.branches).map { $0 * stride }
    }
  }

  private static func fill(_ spec: Spec, _ holes: [Hole]) -> String {
    var spec = spec
    // From the last to the first, so that places before a hole stay what they are.
    for hole in holes.sorted(by: { $1.isBefore($0) }) {
      var links = spec.statements[hole.statement].body.links
      if let items = hole.items {
        links[hole.links.lowerBound].items.replaceSubrange(items, with: [hole.alternatives])
      } else {
        let span = links[hole.links.lowerBound].span
        links.replaceSubrange(hole.links, with: [Link([hole.alternatives], span)])
      }
      spec.statements[hole.statement].body.links = links
    }
    return Printer.print(spec)
  }
}

/// The part of a spec in which some texts differ, and what they say there.
private struct Hole {
  let statement: Int
  let links: Range<Int>
  /// Of the only link; nil where the links are replaced as a whole.
  let items: Range<Int>?
  let alternatives: Item

  /// nil where the specs differ in several statements, or in none.
  init?(_ specs: [Spec]) {
    let specs = specs.map { $0.withoutSpans() }
    let base = specs[0]
    guard specs.allSatisfy({ $0.statements.count == base.statements.count }) else { return nil }
    let differing = base.statements.indices.filter { index in
      specs.contains { $0.statements[index] != base.statements[index] }
    }
    guard differing.count == 1 else { return nil }
    statement = differing[0]
    let chains = specs.map { $0.statements[differing[0]].body.links }
    guard let parts = Self.difference(chains) else { return nil }
    links = parts[0]
    if parts.allSatisfy({ $0.count == 1 }),
      let within = Self.difference(zip(chains, parts).map { $0[$1.lowerBound].items }),
      within.allSatisfy({ $0.lowerBound > 0 })
    {
      items = within[0]
      let texts = zip(zip(chains, parts), within).map { chain, range in
        [Link(Array(chain.0[chain.1.lowerBound].items[range]), nowhere)]
      }
      alternatives = Self.item(texts)
    } else {
      items = nil
      alternatives = Self.item(zip(chains, parts).map { Array($0[$1]) })
    }
  }

  func overlaps(_ other: Hole) -> Bool {
    guard statement == other.statement, links.overlaps(other.links) else { return false }
    guard let items, let others = other.items else { return true }
    return items.overlaps(others)
  }

  func isBefore(_ other: Hole) -> Bool {
    (statement, links.lowerBound, items?.lowerBound ?? 0)
      < (other.statement, other.links.lowerBound, other.items?.lowerBound ?? 0)
  }

  private static func item(_ branches: [[Link]]) -> Item {
    Item(.alternatives(branches.map { Chain($0, nowhere) }), nowhere)
  }

  /// The smallest range of each sequence outside of which all are the same, none of them empty; nil where
  /// that can't be.
  private static func difference<E: Equatable>(_ sequences: [[E]]) -> [Range<Int>]? {
    let base = sequences[0]
    let shortest = sequences.map { $0.count }.min() ?? 0
    guard shortest > 0 else { return nil }
    let head =
      (0..<shortest).first { index in sequences.contains { $0[index] != base[index] } } ?? shortest
    // One element is left to each, however much is the same.
    let start = min(head, shortest - 1)
    let room = shortest - start - 1
    let tail =
      (0..<room).first { index in
        sequences.contains { $0[$0.count - 1 - index] != base[base.count - 1 - index] }
      } ?? room
    return sequences.map { start..<($0.count - tail) }
  }
}

private let nowhere = Span(0, 0)
