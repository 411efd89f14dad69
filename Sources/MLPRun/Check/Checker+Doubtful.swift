import MLPLibrary
import MLPSyntax

// What all combinations together say that can't be meant.
extension Checker {
  /// Warns of alternatives that are written twice: the same would be done twice.
  mutating func warnOfEqualBranches(of axes: [Axis]) {
    for axis in axes {
      var firsts: [String: Int] = [:]
      for (branch, text) in axis.branches.enumerated() {
        // Dots stand for alternatives within, which may be others.
        guard !text.isEmpty, !text.contains("…"), let span = axis.span(of: branch) else { continue }
        guard let first = firsts[text] else {
          firsts[text] = branch
          continue
        }
        lints.append(.equalBranches(text, at: span, first: axis.span(of: first)))
        break
      }
    }
  }

  /// Warns of expectations of one combination that can't all be met.
  mutating func warnOfContradictions(in experiments: [Experiment]) {
    var known: Set<Span> = []
    for experiment in experiments {
      for (later, earlier) in experiment.contradictions where known.insert(later.span).inserted {
        lints.append(.contradiction(later, earlier))
      }
    }
  }
}

extension Axis {
  /// Where a branch stands.
  fileprivate func span(of branch: Int) -> Span? {
    guard let first = items[branch].first else { return nil }
    return items[branch].reduce(first.span) { $0.union($1.span, ifSameSource: true) }
  }
}

extension Experiment {
  /// Pairs of expectations that no run meets both of: at most one for each number that is measured.
  fileprivate var contradictions: [(Expectation, Expectation)] {
    guard expectations.count > 1 else { return [] }
    var bands: [Band] = []
    var divergence: Expectation?
    var pairs: [(Expectation, Expectation)] = []
    for expectation in expectations where expectation.isJudged {
      guard case .score(let set, let measure, let target) = expectation.claim else {
        divergence = divergence ?? expectation
        continue
      }
      let index = bands.firstIndex { $0.set == set && $0.measure == measure } ?? bands.count
      if index == bands.count { bands.append(Band(set: set, measure: measure)) }
      if let other = bands[index].narrow(to: target, by: expectation) {
        pairs.append((expectation, other))
      }
    }
    if let divergence, let other = bands.first?.first { pairs.append((divergence, other)) }
    return pairs
  }
}

/// What the expectations of one number leave for it.
private struct Band {
  let set: String
  let measure: String
  private(set) var first: Expectation?
  private var lower = (value: -Double.infinity, of: Expectation?.none)
  private var upper = (value: Double.infinity, of: Expectation?.none)
  private var isEmpty = false

  init(set: String, measure: String) {
    self.set = set
    self.measure = measure
  }

  /// - Returns: the expectation that leaves nothing of what this one asks for.
  mutating func narrow(to target: Expectation.Target, by expectation: Expectation) -> Expectation? {
    first = first ?? expectation
    let (least, most) = target.range
    if least > lower.value { lower = (least, expectation) }
    if most < upper.value { upper = (most, expectation) }
    // What is judged has some slack.
    guard !isEmpty, lower.value > upper.value + 1e-9 else { return nil }
    isEmpty = true
    return lower.of?.span == expectation.span ? upper.of : lower.of
  }
}

extension Expectation.Target {
  fileprivate var range: (Double, Double) {
    switch self {
    case .near(let value, let within): (value - within, value + within)
    case .bound(.least(let value)): (value, .infinity)
    case .bound(.most(let value)): (-.infinity, value)
    }
  }
}
