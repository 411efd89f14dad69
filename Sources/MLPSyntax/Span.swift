/// A half-open range of UTF-8 offsets in one source.
///
/// Each piece of a tree has one, so it is kept small: no source is larger than 2 GB.
package struct Span: Hashable, Sendable {
  private let sourceIndex: Int32
  private let lowerOffset: Int32
  private let upperOffset: Int32

  package init(_ lower: Int, _ upper: Int, source: Int = 0) {
    precondition(lower <= upper)
    sourceIndex = Int32(source)
    lowerOffset = Int32(lower)
    upperOffset = Int32(upper)
  }

  /// Which source: its index in the `[Source]` that is being checked. The file is 0.
  package var source: Int { Int(sourceIndex) }
  package var lower: Int { Int(lowerOffset) }
  package var upper: Int { Int(upperOffset) }

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
