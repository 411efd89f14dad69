extension Diagnostic {
  /// How many diagnostics of one source are shown.
  package static let limit = 100

  /// In the order of the sources and of their text, errors first; one of each code at a place, and
  /// none that another one explains.
  package static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Key> = []
    let unique = withoutConsequences(diagnostics).filter {
      seen.insert(Key(code: $0.code, span: $0.span)).inserted
    }
    return unique.enumerated().sorted { a, b in
      (a.element.order, a.offset) < (b.element.order, b.offset)
    }.map { $0.element }
  }

  /// The sorted diagnostics of one source up to the limit, and what says so if there are more.
  package static func limited(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let sorted = sorted(diagnostics)
    guard sorted.count > limit else { return sorted }
    return sorted.prefix(limit) + [.tooManyDiagnostics(at: sorted[limit].span)]
  }

  /// Leaves out what begins in another one's scope; of two that lie in each other's the first stays.
  private static func withoutConsequences(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let causes = diagnostics.enumerated().filter { $0.element.scope != nil }
    if causes.isEmpty { return diagnostics }
    return diagnostics.enumerated().filter { index, diagnostic in
      !causes.contains { other, cause in
        other != index && cause.explains(diagnostic)
          && (other < index || !diagnostic.explains(cause))
      }
    }.map { $0.element }
  }

  private func explains(_ other: Diagnostic) -> Bool {
    guard let scope, scope.source == other.span.source else { return false }
    return scope.lower <= other.span.lower && other.span.lower < scope.upper
  }

  private struct Key: Hashable {
    var code: String
    var span: Span
  }

  private struct Order: Comparable {
    var source: Int
    var lower: Int
    var severity: Int

    static func < (a: Order, b: Order) -> Bool {
      (a.source, a.lower, a.severity) < (b.source, b.lower, b.severity)
    }
  }

  private var order: Order {
    Order(source: span.source, lower: span.lower, severity: severity == .error ? 0 : 1)
  }
}
