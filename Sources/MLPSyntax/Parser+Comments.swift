/// Deals out the comments to the statements, in order.
struct CommentCursor {
  let source: Source
  let comments: [Comment]
  private var next = 0

  init(source: Source, comments: [Comment]) {
    self.source = source
    self.comments = comments
  }

  /// Those before the statement stand above it; the one behind it on its last line trails.
  mutating func attach(to statement: inout Statement, isFirst: Bool) {
    statement.comments = take(before: statement.span.lower)
    statement.innerComments = take(before: statement.span.upper).map { $0.withoutBlankLine }
    if next < comments.count, isOnOneLine(statement.span.upper, comments[next].span.lower) {
      statement.trailingComment = comments[next]
      next += 1
    }
    if isFirst { removeBlankLine(of: &statement) }
  }

  private func removeBlankLine(of statement: inout Statement) {
    if statement.comments.isEmpty {
      statement.followsBlankLine = false
    } else {
      statement.comments[0].followsBlankLine = false
    }
  }

  /// Drops those that belong to a broken statement.
  mutating func skip(to offset: Int) {
    _ = take(before: offset)
    if next < comments.count, isOnOneLine(offset, comments[next].span.lower) { next += 1 }
  }

  mutating func rest(isFirst: Bool) -> [Comment] {
    var rest = take(before: .max)
    if isFirst, !rest.isEmpty { rest[0].followsBlankLine = false }
    return rest
  }

  private mutating func take(before offset: Int) -> [Comment] {
    guard next < comments.count, comments[next].span.lower < offset else { return [] }
    let lower = next
    while next < comments.count, comments[next].span.lower < offset { next += 1 }
    return Array(comments[lower..<next])
  }

  private func isOnOneLine(_ lower: Int, _ upper: Int) -> Bool {
    !source.bytes[lower..<upper].contains(UInt8(ascii: "\n"))
  }
}

extension Comment {
  /// Within a statement blank lines aren't kept.
  fileprivate var withoutBlankLine: Comment {
    var comment = self
    comment.followsBlankLine = false
    return comment
  }
}
