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
    var divergence: Int?
    var pairs: [(Int, Int)] = []
    // There may be very many: nothing is copied.
    for index in expectations.indices where expectations[index].isJudged {
      guard case .score(let set, let measure, let target) = expectations[index].claim else {
        divergence = divergence ?? index
        continue
      }
      let band = bands.firstIndex { $0.set == set && $0.measure == measure } ?? bands.count
      if band == bands.count { bands.append(Band(set: set, measure: measure, first: index)) }
      if let other = bands[band].narrow(to: target, by: index) { pairs.append((index, other)) }
    }
    if let divergence, let band = bands.first { pairs.append((divergence, band.first)) }
    return pairs.map { (expectations[$0], expectations[$1]) }
  }
}

/// What the expectations of one number leave for it; they are known by their indices.
private struct Band {
  let set: String
  let measure: String
  let first: Int
  private var lower = (value: -Double.infinity, of: 0)
  private var upper = (value: Double.infinity, of: 0)
  private var isEmpty = false

  init(set: String, measure: String, first: Int) {
    self.set = set
    self.measure = measure
    self.first = first
  }

  /// - Returns: the expectation that leaves nothing of what this one asks for; only once.
  mutating func narrow(to target: Expectation.Target, by index: Int) -> Int? {
    let (least, most) = target.range
    if least > lower.value { lower = (least, index) }
    if most < upper.value { upper = (most, index) }
    // What is judged has some slack.
    guard !isEmpty, lower.value > upper.value + 1e-9 else { return nil }
    isEmpty = true
    return lower.of == index ? upper.of : lower.of
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
