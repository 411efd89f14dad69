// Which of a curve's points are drawn, and how they hang together.

extension LineSeries {
  /// The pieces of the curve between values that aren't finite.
  var runs: [[Point]] {
    points.split { !$0.isDrawable }.map { Array($0) }
  }

  /// The first of each row of points without a place, with the point before it.
  var losses: [(last: Point?, lost: Point)] {
    points.indices.compactMap { index in
      guard !points[index].isDrawable, abs(points[index].x) < 1e300 else { return nil }
      guard index > 0 else { return (nil, points[index]) }
      return points[index - 1].isDrawable ? (points[index - 1], points[index]) : nil
    }
  }

  /// As many points as can be told apart: of each stretch the least and the greatest value, in order, so that
  /// no peak is lost.
  var thinned: LineSeries {
    let stretch = (points.count + 499) / 500
    guard stretch > 2 else { return self }
    var result = self
    result.points = stride(from: 0, to: points.count, by: stretch).flatMap { start in
      Self.extremes(points[start..<min(start + stretch, points.count)])
    }
    return result
  }

  private static func extremes(_ points: ArraySlice<Point>) -> [Point] {
    if let lost = points.first(where: { !$0.isDrawable }) { return [lost] }
    guard let low = points.indices.min(by: { points[$0].y < points[$1].y }),
      let high = points.indices.max(by: { points[$0].y < points[$1].y })
    else { return [] }
    return low == high ? [points[low]] : [points[min(low, high)], points[max(low, high)]]
  }

  /// The points that get a marker where there is no other curve to tell this one from.
  var markedAlone: [Point] {
    let drawable = points.filter { $0.isDrawable }
    return drawable.count > 12 ? runs.filter { $0.count == 1 }.map { $0[0] } : drawable
  }

  /// The points that get a marker: all of a few, else some; curves beside each other get theirs at different
  /// places. A point that stands alone always has one.
  func marked(offset: Int) -> [Point] {
    let drawable = points.filter { $0.isDrawable }
    guard drawable.count > 12 else { return drawable }
    let spacing = drawable.count / 6
    let start = spacing / 2 + offset * spacing / 5 % spacing
    let spaced = stride(from: start, to: drawable.count, by: spacing).map { drawable[$0] }
    return spaced + runs.filter { $0.count == 1 }.map { $0[0] }
  }
}
