import MLPLibrary
import MLPSyntax

// What the checker can say about expectations and their conditions, in the order of the codes.

extension Diagnostic {
  static func namedTwice(at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0304", "the condition names a branch twice", at: span,
      labels: [Label(first, "first named here")], help: "leave one of them out")
  }

  /// A setting beside another one that says it already.
  static func noEffectBeside(_ setting: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0311", "'\(name)' has no effect beside '\(setting)'", at: span,
      help: "leave one of the two out, or write a second 'expect'")
  }

  static func repeatedTwice(at span: Span, seeds: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0311", "'repeat' would run a seed several times, for 'seed' has alternatives",
      at: span, labels: [Label(seeds, "repeats the run, too")], help: "leave one of the two out")
  }

  static func unknownCondition(found item: Item, axes: [Axis]) -> Diagnostic {
    guard !axes.isEmpty else {
      return Diagnostic(
        .error, "E0351", "'when' finds no alternatives to tell apart in this spec", at: item.span,
        help: "leave 'when' out: what is expected is expected of the only combination")
    }
    let words = axes.flatMap { axis in
      [axis.name] + axis.items.compactMap { $0.first.flatMap { $0.word } }
    }
    let mend = item.word.flatMap { Suggestion.mend($0, among: words) }
    let branches = axes.prefix(5).map {
      "\($0.name) {\($0.branches.joined(separator: " | ").brief)}"
    }
    return Diagnostic(
      .error, "E0351", "no alternatives have a branch \(item.described)", at: item.span,
      note: "the alternatives are " + branches.joined(separator: ", ")
        + (axes.count > 5 ? ", …" : ""),
      help: mend?.help, edit: mend?.edit(at: item.span))
  }

  static func unknownBranch(of axis: Axis, found item: Item) -> Diagnostic {
    guard !axis.repeats else {
      return Diagnostic(
        .error, "E0351", "what is expected can't be tied to one of several seeds", at: item.span,
        labels: [Label(axis.span, "the same experiment, repeated")],
        help: "leave '\(axis.name)' out: the mean over the seeds is judged")
    }
    let mend = item.word.flatMap { word in
      Suggestion.mend(word, among: axis.items.compactMap { $0.first.flatMap { $0.word } })
    }
    return Diagnostic(
      .error, "E0351", "'\(axis.name.brief)' has no branch \(item.described)", at: item.span,
      labels: [Label(axis.span, "the alternatives")], help: mend?.help,
      edit: mend?.edit(at: item.span))
  }

  static func ambiguousCondition(_ text: String, _ axes: [Axis], at span: Span) -> Diagnostic {
    var labels: [Label] = []
    for axis in axes.prefix(5) where !labels.contains(where: { $0.span == axis.span }) {
      labels.append(Label(axis.span, "in \(axis.name.brief)"))
    }
    return Diagnostic(
      .error, "E0352", "'\(text.brief)' may mean more than one branch", at: span, labels: labels,
      help: labels.count > 1
        ? "write the name of the alternatives before it, for instance '\(axes[0].name) …'"
        : "write more of the branch")
  }

  static func conditionNeverHolds(at spans: [Span]) -> Diagnostic {
    Diagnostic(
      .error, "E0353", "no combination takes all of these branches", at: spans[spans.count - 1],
      labels: spans.dropLast().map { Label($0, "and this one") },
      help: "write one 'expect' for each combination")
  }
}

extension Item {
  fileprivate var word: String? {
    if case .word(let word) = kind { word } else { nil }
  }
}
