import MLPSyntax

/// Alternatives that tell experiments of a spec apart.
package struct Axis: Equatable, Sendable {
  /// No two axes of a spec have the same: `lr`, `lr_2`.
  package let name: String
  /// Where they stand.
  package let span: Span
  /// The branches' texts.
  package let branches: [String]
  /// Whether they are seeds of `train`: the same experiment, repeated.
  package let repeats: Bool
  /// The branches' words and values.
  let items: [[Item]]

  /// The axes of all combinations, in the order of the text.
  static func all(of combinations: [[Choice]]) -> [Axis] {
    var firsts: [Choice] = []
    var met: [Span: [Int: Choice]] = [:]
    for choice in combinations.joined() {
      if met[choice.span] == nil { firsts.append(choice) }
      met[choice.span, default: [:]][choice.branch] = choice
    }
    var names: [String: Int] = [:]
    firsts.sort { $0.span.precedes($1.span) }
    return firsts.map { first in
      let count = names[first.name, default: 0] + 1
      names[first.name] = count
      let branches = (0..<first.branches).map { met[first.span]?[$0] }
      return Axis(
        name: count == 1 ? first.name : "\(first.name)_\(count)", span: first.span,
        branches: branches.map { $0?.text ?? "" }, repeats: first.repeats,
        items: branches.map { $0?.items ?? [] })
    }
  }

  /// How many earlier branches have the same text.
  func equals(before branch: Int) -> Int {
    branches[..<branch].count { $0 == branches[branch] }
  }

  /// Whether more than one of its branches is taken.
  func differs(in combinations: [[Choice]]) -> Bool {
    let taken = combinations.lazy.compactMap { $0.branch(at: span) }
    guard let first = taken.first else { return false }
    return taken.contains { $0 != first }
  }
}

extension Span {
  /// Whether it begins earlier; a merged statement's comes after the file's.
  fileprivate func precedes(_ other: Span) -> Bool {
    (source, lower) < (other.source, other.lower)
  }
}

extension [Choice] {
  var inOrderOfText: [Choice] { sorted { $0.span.precedes($1.span) } }

  /// The branch that is taken of the alternatives at `span`; nil where they are not met.
  func branch(at span: Span) -> Int? { first { $0.span == span }?.branch }
}

extension Experiment {
  /// The branch's text that this combination takes of an axis; empty where the axis is not met.
  package func text(of axis: Axis) -> String {
    choices.branch(at: axis.span).map { axis.branches[$0] } ?? ""
  }
}
