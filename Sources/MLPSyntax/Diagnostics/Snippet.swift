/// The lines of one source that a diagnostic points into.
struct Snippet {
  let source: Int
  /// Where its first mention is: the diagnostic's span, or the first label's.
  let offset: Int
  /// Upwards by number, each with at least one mark.
  let lines: [SnippetLine]

  /// The diagnostic's own source first, then those of its labels in order of mention.
  static func all(of diagnostic: Diagnostic, _ sources: [Source]) -> [Snippet] {
    let annotations = annotations(of: diagnostic)
    var order: [Int] = []
    for annotation in annotations where !order.contains(annotation.span.source) {
      order.append(annotation.span.source)
    }
    return order.filter { sources.indices.contains($0) }.map { index in
      Snippet(annotations.filter { $0.span.source == index }, sources[index], index)
    }
  }

  /// The main place first; a label at the same place is its text.
  private static func annotations(of diagnostic: Diagnostic) -> [Annotation] {
    let texts = diagnostic.labels.filter { $0.span == diagnostic.span }.map { $0.message }
    let main = Annotation(
      span: diagnostic.span, message: texts.joined(separator: "; "), isMain: true)
    let others = diagnostic.labels.filter { $0.span != diagnostic.span }
    return [main] + others.map { Annotation(span: $0.span, message: $0.message, isMain: false) }
  }

  private init(_ annotations: [Annotation], _ source: Source, _ index: Int) {
    self.source = index
    offset = annotations[0].span.lower
    let numbered = annotations.map { (source.position(of: $0.span.lower).line, $0) }
    let numbers = numbered.map { $0.0 }.sorted()
    var lines: [SnippetLine] = []
    for number in numbers where lines.last?.number != number {
      var rest = numbered.filter { $0.0 == number }.map { $0.1 }
      while let first = rest.first {
        let line = SnippetLine(source, number, [first] + rest.dropFirst())
        lines.append(line)
        rest = line.unseen
      }
    }
    self.lines = lines
  }
}

/// A place to mark.
struct Annotation {
  var span: Span
  var message: String
  var isMain: Bool
}

/// A source line, or as much of it as is shown, with marks below.
struct SnippetLine {
  /// An annotation's columns, from 0, on the line as shown.
  private struct Mark {
    var columns: Range<Int>
    var message: String
    var isMain: Bool
  }

  let number: Int
  /// Annotations of the line that the shown part doesn't reach.
  let unseen: [Annotation]
  private let display: DisplayLine
  private let marks: [Mark]

  /// - Parameter annotations: at least one; the first is surely seen.
  init(_ source: Source, _ number: Int, _ annotations: [Annotation]) {
    let display = DisplayLine(source, number, focus: annotations[0].span.lower)
    var marks: [Mark] = []
    var unseen: [Annotation] = []
    for (index, annotation) in annotations.enumerated() {
      let columns = display.columns(of: annotation.span)
      if let columns = columns ?? (index == 0 ? 0..<1 : nil) {
        marks.append(
          Mark(
            columns: columns, message: harmless(annotation.message), isMain: annotation.isMain))
      } else {
        unseen.append(annotation)
      }
    }
    self.number = number
    self.unseen = unseen
    self.display = display
    self.marks = marks.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
  }

  /// The text, the underlines, and the messages: the last one beside its underline, the others
  /// below theirs.
  func rows(severity: Diagnostic.Severity) -> [Paint.Row] {
    var text = Paint.Row()
    text.append(display.text.droppingTrailingBlanks, .plain)
    var hanging = marks.filter { !$0.message.isEmpty }
    var underlines = underlineRow(severity)
    let end = marks.map { $0.columns.upperBound }.max() ?? 0
    if let last = hanging.last, last.columns.upperBound == end {
      underlines.append(" " + last.message, style(of: last, severity))
      hanging.removeLast()
    }
    return [text, underlines] + hangingRows(hanging, severity)
  }

  private func underlineRow(_ severity: Diagnostic.Severity) -> Paint.Row {
    var row = Paint.Row()
    let end = marks.map { $0.columns.upperBound }.max() ?? 0
    for column in 0..<end {
      let here = marks.filter { $0.columns.contains(column) }
      guard let mark = here.first(where: { $0.isMain }) ?? here.first else {
        row.append(" ", .plain)
        continue
      }
      row.append(mark.isMain ? "^" : "-", style(of: mark, severity))
    }
    return row
  }

  /// A row of bars, then each message from the right to the left, with bars for those to come.
  private func hangingRows(_ marks: [Mark], _ severity: Diagnostic.Severity) -> [Paint.Row] {
    if marks.isEmpty { return [] }
    var rows = [barRow(marks[...], severity)]
    for (index, mark) in marks.enumerated().reversed() {
      let isShared = index > 0 && marks[index - 1].columns.lowerBound == mark.columns.lowerBound
      var row = barRow(marks[..<index], severity, before: mark.columns.lowerBound)
      row.append(mark.message, style(of: mark, severity))
      rows.append(row)
      if isShared { continue }
      if index > 0 { rows.append(barRow(marks[..<index], severity)) }
    }
    return rows
  }

  private func barRow(
    _ marks: ArraySlice<Mark>, _ severity: Diagnostic.Severity, before end: Int? = nil
  ) -> Paint.Row {
    var row = Paint.Row()
    var column = 0
    for mark in marks where mark.columns.lowerBound >= column {
      if let end, mark.columns.lowerBound >= end { break }
      row.append(blanks(mark.columns.lowerBound - column), .plain)
      row.append("|", style(of: mark, severity))
      column = mark.columns.lowerBound + 1
    }
    if let end { row.append(blanks(end - column), .plain) }
    return row
  }

  private func style(of mark: Mark, _ severity: Diagnostic.Severity) -> Paint.Style {
    mark.isMain ? .main(severity) : .label
  }
}

extension String {
  fileprivate var droppingTrailingBlanks: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
