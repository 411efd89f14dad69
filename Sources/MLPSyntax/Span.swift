/// A half-open range of UTF-8 offsets in one source.
package struct Span: Hashable, Sendable {
  /// Which source: its index in the `[Source]` that is being checked. The file is 0.
  package var source: Int
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int, source: Int = 0) {
    precondition(lower <= upper)
    self.source = source
    self.lower = lower
    self.upper = upper
  }

  /// The smallest span that holds both; both lie in one source.
  package func union(_ other: Span) -> Span {
    precondition(source == other.source)
    return Span(min(lower, other.lower), max(upper, other.upper), source: source)
  }

  /// The empty span at this one's start.
  package var start: Span { Span(lower, lower, source: source) }

  /// The empty span at this one's end.
  package var end: Span { Span(upper, upper, source: source) }
}
