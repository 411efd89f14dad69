/// What differs between two texts, line by line, in the unified format that `patch` reads.
///
/// ```
/// --- a.mlp
/// +++ a.mlp
/// @@ -1,2 +1,2 @@
/// -net fc 784 10->softmax_ce
/// +net     fc 784 10 -> softmax_ce
///  data    mnist
/// ```
package enum UnifiedDiff {
  /// Lines that are the same, around those that differ.
  private static let context = 3

  /// - Parameter colour: whether it is shown to a person; then what could move the cursor is replaced.
  /// - Returns: empty where the texts are the same.
  package static func text(
    from old: [UInt8], to new: [UInt8], name: String, colour: Bool
  ) -> String {
    let rows = Self.rows(lines(of: old), lines(of: new))
    let hunks = Self.hunks(rows)
    if hunks.isEmpty { return "" }
    let pen = Pen(isOn: colour)
    return pen("--- \(name)", "1") + pen("+++ \(name)", "1")
      + hunks.map { text(of: $0, rows, pen) }.joined()
  }

  private struct Row {
    let step: EditScript.Step
    let line: ArraySlice<UInt8>
    /// How many lines of each text come before.
    let old: Int
    let new: Int
  }

  /// Each with its line end, where it has one.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private static func rows(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Row] {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int {
      if let known = numbers[line] { return known }
      let next = numbers.count
      numbers[line] = next
      return next
    }
    var (x, y) = (0, 0)
    return EditScript.steps(from: old.map(number), to: new.map(number)).map { step in
      let row = Row(step: step, line: step == .add ? new[y] : old[x], old: x, new: y)
      if step != .add { x += 1 }
      if step != .remove { y += 1 }
      return row
    }
  }

  /// Ranges of rows: each change with its context, those that touch in one.
  private static func hunks(_ rows: [Row]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in rows.indices where rows[index].step != .keep {
      let lower = max(0, index - context)
      let upper = min(rows.count, index + context + 1)
      if let last = hunks.last, lower <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<upper
      } else {
        hunks.append(lower..<upper)
      }
    }
    return hunks
  }

  private static func text(of hunk: Range<Int>, _ rows: [Row], _ pen: Pen) -> String {
    let shown = rows[hunk]
    let removed = shown.count { $0.step != .add }
    let added = shown.count { $0.step != .remove }
    let first = rows[hunk.lowerBound]
    // A range of no lines is named by the line before it.
    let old = "\(first.old + (removed > 0 ? 1 : 0)),\(removed)"
    let new = "\(first.new + (added > 0 ? 1 : 0)),\(added)"
    return pen("@@ -\(old) +\(new) @@", "36") + shown.map { text(of: $0, pen) }.joined()
  }

  private static func text(of row: Row, _ pen: Pen) -> String {
    let isWhole = row.line.last == UInt8(ascii: "\n")
    let line = String(decoding: isWhole ? row.line.dropLast() : row.line, as: UTF8.self)
    let text =
      switch row.step {
      case .keep: pen(" " + line, nil)
      case .remove: pen("-" + line, "31")
      case .add: pen("+" + line, "32")
      }
    return isWhole ? text : text + "\\ No newline at end of file\n"
  }

  private struct Pen {
    let isOn: Bool

    func callAsFunction(_ line: String, _ parameters: String?) -> String {
      guard isOn else { return line + "\n" }
      let shown = harmless(line)
      guard let parameters else { return shown + "\n" }
      return "\u{1B}[\(parameters)m\(shown)\u{1B}[0m\n"
    }
  }
}
