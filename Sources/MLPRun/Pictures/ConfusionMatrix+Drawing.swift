import MLPLibrary

extension ConfusionMatrix {
  /// Above so many classes numbers would be too small to read, and only the shades are drawn.
  static let mostWithCounts = 24

  /// For a browser: a cell for each pair of classes, shaded by its share of the row, with its count; the
  /// diagonal, which is right, in another colour than the rest.
  package func drawing(title: String) -> Drawing {
    ConfusionDrawing(self, title: title).drawing
  }
}

private struct ConfusionDrawing {
  private let matrix: ConfusionMatrix
  private let title: String
  private let cell: Double
  private let left: Double
  private let top: Double

  private static let edge = 14.0
  private static let size = 12.0

  init(_ matrix: ConfusionMatrix, title: String) {
    self.matrix = matrix
    self.title = title
    let widest =
      (0..<matrix.classes).flatMap { label in
        (0..<matrix.classes).map { matrix.count(label, takenFor: $0) }
      }.max() ?? 0
    let needed = TextLayout.width(String(widest), Self.size) + 8
    cell =
      matrix.classes <= ConfusionMatrix.mostWithCounts
      ? max(34, needed) : max(3, 640 / Double(matrix.classes))
    left = Self.edge + 20 + 12 + TextLayout.width(String(matrix.classes - 1), Self.size)
    top = Self.edge + (title.isEmpty ? 0 : 24) + 44
  }

  private var side: Double { cell * Double(matrix.classes) }
  private var recallWidth: Double { showsCounts ? 64 : 0 }
  private var showsCounts: Bool { matrix.classes <= ConfusionMatrix.mostWithCounts }

  var drawing: Drawing {
    let titleWidth = TextLayout.width(title, 15) + 2 * Self.edge
    let width = max(left + side + recallWidth + Self.edge, titleWidth)
    return Drawing(
      width: width, height: top + side + Self.edge,
      title: "\(title): counts by true and predicted class",
      body: [heading, axes, cells, recalls].joined())
  }

  private var heading: String {
    guard !title.isEmpty else { return "" }
    return Shapes.text(title, Self.edge, Self.edge + 13, size: 15, "text title")
  }

  private var axes: String {
    var parts = [
      Shapes.text(
        "predicted class", left + side / 2, top - 28, size: 13, "muted", anchor: .middle),
      Shapes.text(
        "true class", Self.edge + 11, top + side / 2, size: 13, "muted", anchor: .middle,
        turned: true),
    ]
    let stride = max(1, Int((16 / cell).rounded(.up)))
    for label in Swift.stride(from: 0, to: matrix.classes, by: stride) {
      let middle = (Double(label) + 0.5) * cell
      parts.append(
        Shapes.text(
          String(label), left + middle, top - 8, size: Self.size, "text", anchor: .middle))
      parts.append(
        Shapes.text(
          String(label), left - 8, top + middle + 4, size: Self.size, "text", anchor: .end))
    }
    return parts.joined()
  }

  private var cells: String {
    (0..<matrix.classes).map { label in
      let total = matrix.total(of: label)
      return (0..<matrix.classes).map { predicted in
        let count = matrix.count(label, takenFor: predicted)
        return cell(label, predicted, count, of: total)
      }.joined()
    }.joined()
  }

  private func cell(_ label: Int, _ predicted: Int, _ count: Int, of total: Int) -> String {
    let x = left + Double(predicted) * cell
    let y = top + Double(label) * cell
    let share = total == 0 ? 0 : Double(count) / Double(total)
    let isRight = label == predicted
    // The root makes the few mistakes visible.
    let shade = isRight ? share : share.squareRoot()
    let tip = Markup.element(
      "title", [], "true \(label), predicted \(predicted): \(count) of \(total)")
    let square = Markup.element(
      "rect",
      [
        ("class", "shade faint"), ("x", Markup.number(x)), ("y", Markup.number(y)),
        ("width", Markup.number(cell)), ("height", Markup.number(cell)),
        ("fill-opacity", Format.fixed(shade, 3)),
      ], tip)
    let group = Markup.element("g", [("class", isRight ? "c0" : "c1")], square)
    guard showsCounts, count > 0 else { return group }
    return group
      + Shapes.text(
        String(count), x + cell / 2, y + cell / 2 + 4.2, size: Self.size,
        Self.ink(shade, isRight: isRight), anchor: .middle)
  }

  /// What is readable on a shade, in light and in dark.
  private static func ink(_ shade: Double, isRight: Bool) -> String {
    guard shade > 0.72 else { return "text" }
    return isRight ? "onfill" : "onmistake"
  }

  /// Beside each row the share that was recognised.
  private var recalls: String {
    guard showsCounts else { return "" }
    let x = left + side + recallWidth - 4
    let head = Shapes.text("recall", x, top - 8, size: Self.size, "muted", anchor: .end)
    return head
      + (0..<matrix.classes).map { label in
        let y = top + (Double(label) + 0.5) * cell + 4
        let text = matrix.recall(of: label).map { Format.fixed($0, 3) } ?? "–"
        return Shapes.text(text, x, y, size: Self.size, "muted", anchor: .end)
      }.joined()
  }
}
