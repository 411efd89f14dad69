import MLPLibrary
import MLPSyntax
import MLPTensor

/// What goes through the layer or loss that is written at one place: one passage for each different way in
/// which the combinations and repetitions use it.
package struct LayerShapes: Sendable {
  package struct Passage: Hashable, Sendable {
    package let input: Shape
    /// nil for a loss.
    package let output: Shape?
    package let parameters: Int
  }

  package let span: Span
  package private(set) var passages: [Passage] = []

  /// Of every place, in the order of the text.
  package static func all(_ experiments: [Experiment]) -> [LayerShapes] {
    var shapes: [Span: LayerShapes] = [:]
    var seen: Set<Seen> = []
    func add(_ passage: Passage, at span: Span) {
      guard seen.insert(Seen(span: span, passage: passage)).inserted else { return }
      shapes[span, default: LayerShapes(span: span)].passages.append(passage)
    }
    for net in experiments.map({ $0.net }) {
      for layer in net.layers {
        add(
          Passage(input: layer.input, output: layer.output, parameters: layer.trainedCount),
          at: layer.span)
      }
      add(Passage(input: net.output, output: nil, parameters: 0), at: net.lossSpan)
    }
    return shapes.values.sorted {
      ($0.span.source, $0.span.lower, $0.span.upper) < (
        $1.span.source, $1.span.lower, $1.span.upper
      )
    }
  }

  private init(span: Span) { self.span = span }

  private struct Seen: Hashable {
    let span: Span
    let passage: Passage
  }
}

/// A note that an editor shows behind a layer: the shape of what comes out.
package struct InlayHint: Equatable, Sendable {
  /// Where it stands, in UTF-8.
  package let offset: Int
  package let text: String

  /// How many different shapes one hint names.
  private static let limit = 3

  /// One behind each layer in `range`, in order.
  package static func all(_ analysis: Analysis, in range: Range<Int>) -> [InlayHint] {
    LayerShapes.all(analysis.experiments).compactMap { shapes in
      var outputs: [String] = []
      for output in shapes.passages.compactMap({ $0.output?.description })
      where !outputs.contains(output) && outputs.count <= limit { outputs.append(output) }
      guard !outputs.isEmpty, shapes.span.source == 0,
        range.lowerBound <= shapes.span.upper, shapes.span.upper <= range.upperBound
      else { return nil }
      let rest = outputs.count > limit ? " | …" : ""
      return InlayHint(
        offset: shapes.span.upper, text: outputs.prefix(limit).joined(separator: " | ") + rest)
    }
  }
}
