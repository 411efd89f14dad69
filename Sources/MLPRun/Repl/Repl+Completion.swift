import MLPLibrary
import MLPSyntax

/// A word that may stand where the cursor is.
package struct ReplCandidate: Equatable, Sendable {
  package let text: String
  package let help: String
  /// The UTF-8 offsets of what it replaces.
  package let range: Range<Int>
  /// What follows it where there is no other word to choose.
  package let ending: String

  package init(text: String, help: String, range: Range<Int>, ending: String = " ") {
    self.text = text
    self.help = help
    self.range = range
    self.ending = ending
  }
}

extension Repl {
  /// The words that may stand at an offset of what is being typed.
  package func candidates(in text: String, at offset: Int) -> [ReplCandidate] {
    let before = String(decoding: Array(text.utf8).prefix(offset), as: UTF8.self)
    guard ReplInput.isCommand(before) else {
      return pathCandidates(in: text, at: offset)
        ?? statementCandidates(text, at: offset, behind: "")
    }
    let start = before.prefix { $0 != ":" }.utf8.count + 1
    let body = before.utf8.dropFirst(start)
    guard let blank = body.firstIndex(of: UInt8(ascii: " ")) else {
      return Self.beginning(
        String(body) ?? "", ReplCommand.allCases.map { ($0.rawValue, $0.help) },
        start..<offset)
    }
    guard let command = ReplCommand(String(body[..<blank]) ?? "") else { return [] }
    return argumentCandidates(of: command, text, at: offset, behind: body[..<blank].count + start)
  }

  private func argumentCandidates(
    of command: ReplCommand, _ text: String, at offset: Int, behind start: Int
  ) -> [ReplCandidate] {
    let typed = Array(text.utf8)[start..<offset]
    let word = typed.suffix(while: { $0 != UInt8(ascii: " ") })
    let range = word.startIndex..<offset
    let beginning = String(decoding: word, as: UTF8.self)
    // Only the first word behind these commands.
    let isFirst = typed.dropLast(word.count).allSatisfy { $0 == UInt8(ascii: " ") }
    switch command {
    case .set:
      return pathCandidates(in: text, at: offset)
        ?? settingCandidates(text, at: offset, behind: start)
    case .load, .save:
      let path = typed.drop { $0 == blank }
      return specCandidates(String(decoding: path, as: UTF8.self), endingAt: offset)
    case .help where isFirst:
      return Self.beginning(beginning, WordHelp.names.map { ($0, "") }, range)
    case .explain where isFirst:
      let codes = DiagnosticCodes.all.map { ($0.code, $0.meaning) }
      return Self.beginning(beginning.uppercased(), codes, range)
    case .drop where isFirst:
      let names = spec.spec.statements.map { ($0.name?.text ?? $0.keyword.rawValue, "") }
      return Self.beginning(beginning, names, range)
    case .plot where isFirst:
      return Self.beginning(beginning, [("loss", ""), ("accuracy", "")], range)
    default: return []
    }
  }

  /// The settings of the spec's words, and their values, as in the statement to which they belong.
  private func settingCandidates(
    _ text: String, at offset: Int, behind start: Int
  ) -> [ReplCandidate] {
    let bytes = Array(text.utf8)
    let first = String(
      decoding: bytes[start...].drop { $0 == blank }.prefix { $0 != blank }, as: UTF8.self)
    let isFirst = !bytes[start..<offset].drop { $0 == blank }.contains(blank)
    guard !isFirst else {
      let everything = settable.flatMap { keyword in
        contexts(of: keyword).flatMap {
          statementCandidates(text, from: start, at: offset, behind: $0)
        }
      }
      return everything.withoutRepetitions
    }
    if let keyword = Keyword(rawValue: first), settable.contains(keyword) {
      let before = bytes[start...].prefix { $0 == blank }
      let behind = before.endIndex + first.utf8.count
      let found = contexts(of: keyword).flatMap {
        statementCandidates(text, from: behind, at: offset, behind: $0)
      }
      return (found + statementCandidates(text, from: start, at: offset, behind: ""))
        .withoutRepetitions
    }
    let keywords = owner(of: first).map { [$0] } ?? settable
    return keywords.flatMap { contexts(of: $0) }
      .flatMap { statementCandidates(text, from: start, at: offset, behind: $0) }
      .withoutRepetitions
  }

  private var settable: [Keyword] { [.solver, .train, .data, .`init`] }

  /// The spec's statement without settings, so that all of them are offered; then with those words that have
  /// settings of their own.
  private func contexts(of keyword: Keyword) -> [String] {
    let body = spec.statement(keyword).map { " " + Printer.text(of: $0.body) } ?? ""
    let list = SettingList(keyword.rawValue + body)
    return list.bare == list.skeleton ? [list.bare] : [list.skeleton, list.bare]
  }

  /// - Parameters:
  ///   - start: where the statement begins in the text.
  ///   - context: what stands before it.
  private func statementCandidates(
    _ text: String, from start: Int = 0, at offset: Int, behind context: String
  ) -> [ReplCandidate] {
    let bytes = Array(text.utf8)
    let whole =
      Array((preface(of: text, context) + context).utf8) + Array(repeating: blank, count: start)
      + bytes[start...]
    let shift = whole.count - bytes.count
    let found = Completion.candidates(
      in: String(decoding: whole, as: UTF8.self), at: offset + shift)
    return found.compactMap { found in
      guard found.range.lowerBound >= shift else { return nil }
      return ReplCandidate(
        text: found.text, help: found.help,
        range: found.range.lowerBound - shift..<found.range.upperBound - shift)
    }
  }

  /// What of the spec is to be known in what is typed: its names; and behind `expect`, whose condition names
  /// alternatives, all that stays of it.
  private func preface(of text: String, _ context: String) -> String {
    let typed =
      context.isEmpty ? Parser.parse(Source(name: "", text: text)).spec : Spec(statements: [])
    let isExpected = typed.statements.contains { $0.keyword == .expect }
    var rest = isExpected ? spec.without(typed) : spec.spec
    rest.statements.removeAll { isExpected ? $0.keyword == .expect : $0.keyword != .let }
    rest.trailingComments = []
    return Printer.print(rest)
  }

  private static func beginning(
    _ typed: String, _ words: [(String, String)], _ range: Range<Int>
  ) -> [ReplCandidate] {
    words.filter { $0.0.hasPrefix(typed) }
      .map { ReplCandidate(text: $0.0, help: $0.1, range: range) }
  }
}

private let blank = UInt8(ascii: " ")

extension [ReplCandidate] {
  /// The first of each text.
  fileprivate var withoutRepetitions: [ReplCandidate] {
    var seen: Set<String> = []
    return filter { seen.insert($0.text).inserted }
  }
}

extension ArraySlice<UInt8> {
  /// The longest end of which each byte satisfies `predicate`.
  fileprivate func suffix(while predicate: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    var rest = self[endIndex...]
    while rest.startIndex > startIndex, predicate(self[rest.startIndex - 1]) {
      rest = self[(rest.startIndex - 1)...]
    }
    return rest
  }
}
