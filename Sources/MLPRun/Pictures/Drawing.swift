/// A picture of lines and text, as SVG. It follows the reader's choice of light or dark.
package struct Drawing: Sendable {
  package let width: Double
  package let height: Double
  /// What is said of it to who can't see it.
  package let title: String
  let body: String

  init(width: Double, height: Double, title: String, body: String) {
    self.width = width
    self.height = height
    self.title = title
    self.body = body
  }

  /// A whole file.
  package var file: String {
    let style = Markup.element("style", [], Theme.drawingRules)
    let ground = Markup.element(
      "rect", [("class", "ground"), ("width", "100%"), ("height", "100%")])
    return #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + svg(style + ground) + "\n"
  }

  /// An element of a page that has `Theme.drawingRules`.
  package var inline: String { svg("") }

  private func svg(_ head: String) -> String {
    let size = (Markup.number(width), Markup.number(height))
    return Markup.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("class", "plot"), ("role", "img"),
        ("aria-label", title), ("width", size.0), ("height", size.1),
        ("viewBox", "0 0 \(size.0) \(size.1)"),
      ], head + body)
  }
}

/// Parts of a drawing.
enum Shapes {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  static func text(
    _ content: String, _ x: Double, _ y: Double, size: Double, _ role: String = "text",
    anchor: Anchor = .start, turned: Bool = false
  ) -> String {
    let place = (Markup.number(x), Markup.number(y))
    var attributes = [
      ("class", role), ("x", place.0), ("y", place.1), ("font-size", Markup.number(size)),
    ]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if turned { attributes.append(("transform", "rotate(-90 \(place.0) \(place.1))")) }
    return Markup.element("text", attributes, Markup.escaped(content))
  }

  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ role: String) -> String
  {
    path([(x1, y1), (x2, y2)], role: "line " + role)
  }

  /// A line through points; closed where it is the border of an area.
  static func path(
    _ points: [(x: Double, y: Double)], role: String, dash: String? = nil, isClosed: Bool = false
  ) -> String {
    let places = points.map { "\(Markup.number($0.x)) \(Markup.number($0.y))" }
    let data = "M" + places.joined(separator: "L") + (isClosed ? "Z" : "")
    return Markup.element(
      "path", [("class", role), ("d", data)] + (dash.map { [("stroke-dasharray", $0)] } ?? []))
  }

  /// The mark of a point on a curve.
  static func marker(_ kind: Int, _ x: Double, _ y: Double) -> String {
    let r = 3.6
    switch kind {
    case 0: return circle(x, y, r: 3.4, "point solid")
    case 1: return polygon([(-r, -r), (r, -r), (r, r), (-r, r)], x, y, "point hollow")
    case 2: return polygon([(0, -4.4), (4.2, 3), (-4.2, 3)], x, y, "point solid")
    case 3: return polygon([(0, -4.8), (4.8, 0), (0, 4.8), (-4.8, 0)], x, y, "point hollow")
    case 4: return circle(x, y, r: 3.6, "point hollow")
    case 5: return polygon([(0, 4.4), (4.2, -3), (-4.2, -3)], x, y, "point hollow")
    default: return polygon([(-3, -3), (3, -3), (3, 3), (-3, 3)], x, y, "point solid")
    }
  }

  /// Where a curve is no longer finite.
  static func cross(_ x: Double, _ y: Double) -> String {
    let r = 4.0
    return path([(x - r, y - r), (x + r, y + r)], role: "point")
      + path([(x - r, y + r), (x + r, y - r)], role: "point")
  }

  private static func circle(_ x: Double, _ y: Double, r: Double, _ role: String) -> String {
    Markup.element(
      "circle",
      [
        ("class", role), ("cx", Markup.number(x)), ("cy", Markup.number(y)),
        ("r", Markup.number(r)),
      ])
  }

  private static func polygon(
    _ corners: [(Double, Double)], _ x: Double, _ y: Double, _ role: String
  ) -> String {
    path(corners.map { ($0.0 + x, $0.1 + y) }, role: role, isClosed: true)
  }
}
