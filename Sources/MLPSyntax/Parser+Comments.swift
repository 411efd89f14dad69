/// Deals out the comments to the statements, in order.
struct CommentCursor {
  let source: Source
  let comments: [Comment]
  private var next = 0

  init(source: Source, comments: [Comment]) {
    self.source = source
    self.comments = comments
  }

  /// Those before the statement's end stand above it; the one behind it on its last line trails.
  mutating func attach(to statement: inout Statement, isFirst: Bool) {
    let above = take(before: statement.span.lower)
    let within = take(before: statement.span.upper)
    if next < comments.count, isOnOneLine(statement.span.upper, comments[next].span.lower) {
      statement.trailingComment = comments[next]
      next += 1
    }
    statement.comments = above + within
    moveBlankLine(of: &statement, to: above.count)
    if isFirst { removeBlankLine(of: &statement) }
  }

  /// A comment within goes above the statement, so the blank line goes above the comment.
  private func moveBlankLine(of statement: inout Statement, to index: Int) {
    guard index < statement.comments.count else { return }
    for other in index..<statement.comments.count {
      statement.comments[other].followsBlankLine = false
    }
    statement.comments[index].followsBlankLine = statement.followsBlankLine
    statement.followsBlankLine = false
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
    let lower = next
    while next < comments.count, comments[next].span.lower < offset { next += 1 }
    return Array(comments[lower..<next])
  }

  private func isOnOneLine(_ lower: Int, _ upper: Int) -> Bool {
    !source.bytes[lower..<upper].contains(UInt8(ascii: "\n"))
  }
}
