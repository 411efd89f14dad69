import MLPRun

/// What is being typed: keys in, a text to draw or a line to answer out. It knows no terminal.
struct LineEditor {
  enum Outcome: Equatable {
    /// Nothing but what is drawn has changed.
    case edited
    /// The line is sent.
    case entered(String)
    /// What was typed is dropped.
    case interrupted
    case ended
    case clearScreen
    case suspended
    /// There is nothing to do.
    case refused
    /// Words that may stand here.
    case choices([ReplCandidate])
  }

  private(set) var buffer = EditBuffer()
  private(set) var history: History
  private var search: Search?

  /// Going through the history by what entries contain.
  private struct Search {
    var query = ""
    var match: Int?
    var isFailed = false
    let before: EditBuffer
  }

  init(history: History = History()) { self.history = history }

  /// What is searched for, and whether nothing has it.
  var searched: (query: String, isFailed: Bool)? { search.map { ($0.query, $0.isFailed) } }

  /// - Parameters:
  ///   - isOpen: whether a text needs more lines.
  ///   - candidates: the words that may stand at an offset of a text.
  mutating func handle(
    _ key: Key, isOpen: (String) -> Bool,
    candidates: (_ text: String, _ offset: Int) -> [ReplCandidate]
  ) -> Outcome {
    if let outcome = searchOutcome(key) { return outcome }
    switch key {
    case .enter: return enter(isOpen)
    case .interrupt:
      begin()
      return .interrupted
    case .endOfInput where buffer.isEmpty: return .ended
    case .tab: return complete(candidates)
    case .clearScreen: return .clearScreen
    case .suspend: return .suspended
    case .searchBack:
      search = Search(before: buffer)
      return .edited
    default: return edit(key)
    }
  }

  /// A line end in the place of sending the line.
  mutating func breakLine() {
    buffer.moveToEnd()
    buffer.insert("\n")
  }

  /// An empty line.
  mutating func begin() {
    buffer.replace(with: "")
    history.leave()
    search = nil
  }

  /// Goes on with this text.
  mutating func set(_ buffer: EditBuffer) { self.buffer = buffer }

  /// Remembers what was entered.
  mutating func remember(_ text: String) { history.add(text) }

  private mutating func enter(_ isOpen: (String) -> Bool) -> Outcome {
    let text = buffer.text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let endsBlank = lines.count > 1 && lines[lines.count - 1].allSatisfy { $0 == " " }
    guard isOpen(text), !endsBlank else {
      buffer.moveToEnd()
      return .entered(endsBlank ? lines.dropLast().joined(separator: "\n") : text)
    }
    breakLine()
    buffer.insert("  ")
    return .edited
  }

  private mutating func edit(_ key: Key) -> Outcome {
    let before = buffer
    switch key {
    case .text(let text): buffer.insert(text)
    case .paste(let text): buffer.insert(text.droppingLineEnds)
    case .newLine: buffer.insert("\n")
    case .left: buffer.moveLeft()
    case .right: buffer.moveRight()
    case .home: buffer.moveToLineStart()
    case .end: buffer.moveToLineEnd()
    case .wordLeft: buffer.moveWordLeft()
    case .wordRight: buffer.moveWordRight()
    case .backspace: buffer.deleteBefore()
    case .delete, .endOfInput: buffer.deleteBehind()
    case .killBefore: buffer.killBefore()
    case .killBehind: buffer.killBehind()
    case .killWordBefore: buffer.killWordBefore()
    case .killWordBehind: buffer.killWordBehind()
    case .yank: buffer.yank()
    case .transpose: buffer.transpose()
    case .up: if !buffer.moveUp() { recall(history.previous(from: buffer.text)) }
    case .down: if !buffer.moveDown() { recall(history.next()) }
    case .previous: recall(history.previous(from: buffer.text))
    case .next: recall(history.next())
    default: break
    }
    return buffer == before ? .refused : .edited
  }

  private mutating func recall(_ entry: String?) {
    if let entry { buffer.replace(with: entry) }
  }

  // MARK: Completion

  private mutating func complete(_ candidates: (String, Int) -> [ReplCandidate]) -> Outcome {
    let (text, offset) = (buffer.text, buffer.offset)
    let found = candidates(text, offset)
    guard let first = found.first else { return .refused }
    guard found.count > 1 else {
      let isFollowed = text.utf8.dropFirst(first.range.upperBound).starts(with: first.ending.utf8)
      buffer.replace(first.range, with: first.text + (isFollowed ? "" : first.ending))
      return .edited
    }
    let common = found.dropFirst().reduce(first.text) { $0.commonBeginning(with: $1.text) }
    guard common.utf8.count > offset - first.range.lowerBound else { return .choices(found) }
    buffer.replace(first.range, with: common)
    return .edited
  }

  // MARK: Searching

  /// nil where the key is not the search's affair; a search that was going on is over then.
  private mutating func searchOutcome(_ key: Key) -> Outcome? {
    guard var search else { return nil }
    switch key {
    case .text(let text), .paste(let text):
      search.query += text
      find(&search, from: search.match ?? history.entries.count - 1)
    case .backspace:
      search.query = String(search.query.dropLast())
      find(&search, from: history.entries.count - 1)
    case .searchBack: find(&search, from: (search.match ?? history.entries.count) - 1)
    case .searchForth: find(&search, from: (search.match ?? -1) + 1, forth: true)
    case .escape, .interrupt:
      buffer = search.before
      self.search = nil
      return .edited
    default:
      self.search = nil
      return nil
    }
    self.search = search
    return search.isFailed ? .refused : .edited
  }

  private mutating func find(_ search: inout Search, from start: Int, forth: Bool = false) {
    guard !search.query.isEmpty else {
      (search.match, search.isFailed) = (nil, false)
      return buffer = search.before
    }
    let match = history.search(search.query, from: start, forth: forth)
    search.isFailed = match == nil
    guard let match else { return }
    search.match = match
    buffer.replace(with: history.entries[match])
  }
}

extension String {
  /// Without line ends at its end: what is pasted is still to be looked at, and sent by a key.
  fileprivate var droppingLineEnds: String {
    var rest = self[...]
    while rest.last == "\n" { rest.removeLast() }
    return String(rest)
  }

  fileprivate func commonBeginning(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map { $0.0 })
  }
}
